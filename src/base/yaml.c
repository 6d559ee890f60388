#include "base/yaml.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <yaml.h>

#include "base/file.h"
#include "base/map.h"
#include "base/vec.h"

#define DEEPEST 64 /* nesting; a file of brackets must not use up the stack */

typedef struct reader {
  ds_arena *arena;
  const char *path;
  ds_str text;
  yaml_parser_t parser;
  dossier_error *err;
} reader;

typedef DS_VEC(ds_yaml *) node_list;

static dossier_status read_node(reader *r, const yaml_event_t *event, int depth, ds_yaml **out);

static long line_of(yaml_mark_t mark) {
  return (long)mark.line + 1;
}

static dossier_status fail_parse(const reader *r) {
  const yaml_parser_t *p = &r->parser;
  if (p->error == YAML_MEMORY_ERROR) return ds_fail_memory(r->err);
  const char *problem = p->problem ? p->problem : "not YAML";
  if (p->error != YAML_READER_ERROR)
    return ds_fail_at(r->err, DOSSIER_INPUT, r->path, line_of(p->problem_mark), -1, "%s%s%s",
                      p->context ? p->context : "", p->context ? ": " : "", problem);
  /* Broken bytes: libyaml gives their offset alone. */
  long line = 1;
  for (size_t i = 0; i < p->problem_offset && i < r->text.len; i++) line += r->text.ptr[i] == '\n';
  return ds_fail_at(r->err, DOSSIER_INPUT, r->path, line, (long)p->problem_offset, "%s", problem);
}

/* The caller deletes the event, also where this fails. */
static dossier_status next_event(reader *r, yaml_event_t *event) {
  memset(event, 0, sizeof *event);
  return yaml_parser_parse(&r->parser, event) ? DOSSIER_OK : fail_parse(r);
}

static dossier_status fail_event(const reader *r, const yaml_event_t *event, const char *message) {
  return ds_fail_at(r->err, DOSSIER_INPUT, r->path, line_of(event->start_mark), -1, "%s", message);
}

/* Reads the next child. At the end of the sequence or mapping *out is NULL. */
static dossier_status read_child(reader *r, int depth, ds_yaml **out) {
  yaml_event_t event;
  *out = NULL;
  dossier_status status = next_event(r, &event);
  if (status == DOSSIER_OK && event.type != YAML_SEQUENCE_END_EVENT && event.type != YAML_MAPPING_END_EVENT)
    status = read_node(r, &event, depth, out);
  yaml_event_delete(&event);
  return status;
}

static dossier_status check_key(reader *r, ds_map *seen, const ds_yaml *key) {
  uint64_t before;
  if (key->type != DS_YAML_SCALAR)
    return ds_fail_at(r->err, DOSSIER_INPUT, r->path, key->line, -1,
                      "a key must be plain text, not a list or a mapping");
  if (ds_map_get(seen, key->scalar, &before))
    return ds_fail_at(r->err, DOSSIER_INPUT, r->path, key->line, -1, "the key \"%.*s\" stands in line %ld already",
                      DS_STR_ARG(key->scalar), (long)before);
  return ds_map_put(seen, key->scalar, (uint64_t)key->line) ? DOSSIER_OK : ds_fail_memory(r->err);
}

static dossier_status read_children(reader *r, int depth, bool with_keys, node_list *keys, node_list *items) {
  ds_map seen;
  ds_map_init(&seen);
  dossier_status status;
  for (;;) {
    ds_yaml *child;
    status = read_child(r, depth, &child);
    if (status != DOSSIER_OK || !child) break;
    if (with_keys) {
      status = check_key(r, &seen, child);
      if (status == DOSSIER_OK && !DS_PUSH(*keys, child)) status = ds_fail_memory(r->err);
      if (status == DOSSIER_OK) status = read_child(r, depth, &child);
    }
    if (status == DOSSIER_OK && !DS_PUSH(*items, child)) status = ds_fail_memory(r->err);
    if (status != DOSSIER_OK) break;
  }
  ds_map_release(&seen);
  return status;
}

static ds_yaml **copy_list(ds_arena *arena, const node_list *list) {
  ds_yaml **copy = DS_NEW_ARRAY(arena, ds_yaml *, list->len);
  if (copy && list->len) memcpy(copy, list->items, list->len * sizeof(ds_yaml *));
  return copy;
}

static dossier_status read_collection(reader *r, int depth, ds_yaml *node) {
  if (depth >= DEEPEST)
    return ds_fail_at(r->err, DOSSIER_INPUT, r->path, node->line, -1, "nested more than %d deep", DEEPEST);
  node_list keys = {0}, items = {0};
  dossier_status status = read_children(r, depth + 1, node->type == DS_YAML_MAPPING, &keys, &items);
  if (status == DOSSIER_OK) {
    node->count = items.len;
    node->keys = node->type == DS_YAML_MAPPING ? copy_list(r->arena, &keys) : NULL;
    node->items = copy_list(r->arena, &items);
    if (!node->items || (node->type == DS_YAML_MAPPING && !node->keys)) status = ds_fail_memory(r->err);
  }
  DS_VEC_RELEASE(keys);
  DS_VEC_RELEASE(items);
  return status;
}

static dossier_status read_scalar(reader *r, const yaml_event_t *event, ds_yaml *node) {
  if (event->data.scalar.tag) return fail_event(r, event, "tags (!) are not allowed here; put the text in quotes");
  if (event->data.scalar.anchor)
    return fail_event(r, event, "anchors (&) are not allowed here; put the text in quotes");
  ds_str text = {(const char *)event->data.scalar.value, event->data.scalar.length};
  node->type = DS_YAML_SCALAR;
  node->scalar = ds_arena_str(r->arena, text);
  node->quoted = event->data.scalar.style == YAML_SINGLE_QUOTED_SCALAR_STYLE ||
                 event->data.scalar.style == YAML_DOUBLE_QUOTED_SCALAR_STYLE;
  return node->scalar.ptr ? DOSSIER_OK : ds_fail_memory(r->err);
}

static dossier_status read_node(reader *r, const yaml_event_t *event, int depth, ds_yaml **out) {
  ds_yaml *node = DS_NEW(r->arena, ds_yaml);
  if (!node) return ds_fail_memory(r->err);
  node->line = line_of(event->start_mark);
  *out = node;
  switch (event->type) {
    case YAML_SCALAR_EVENT: return read_scalar(r, event, node);
    case YAML_SEQUENCE_START_EVENT:
      if (event->data.sequence_start.tag || event->data.sequence_start.anchor) break;
      node->type = DS_YAML_SEQUENCE;
      return read_collection(r, depth, node);
    case YAML_MAPPING_START_EVENT:
      if (event->data.mapping_start.tag || event->data.mapping_start.anchor) break;
      node->type = DS_YAML_MAPPING;
      return read_collection(r, depth, node);
    case YAML_ALIAS_EVENT: return fail_event(r, event, "aliases (*) are not allowed here; put the text in quotes");
    default: return fail_event(r, event, "a value is missing");
  }
  return fail_event(r, event, "tags (!) and anchors (&) are not allowed here");
}

static dossier_status read_document(reader *r, ds_yaml **out) {
  for (;;) {
    yaml_event_t event;
    dossier_status status = next_event(r, &event);
    bool more =
        status == DOSSIER_OK && (event.type == YAML_STREAM_START_EVENT || event.type == YAML_DOCUMENT_START_EVENT);
    if (status == DOSSIER_OK && !more && event.type != YAML_STREAM_END_EVENT) {
      status = read_node(r, &event, 0, out);
    } else if (status == DOSSIER_OK && !more) {
      *out = DS_NEW(r->arena, ds_yaml); /* an empty file */
      if (*out)
        **out = (ds_yaml){.type = DS_YAML_MAPPING, .line = 1};
      else
        status = ds_fail_memory(r->err);
    }
    yaml_event_delete(&event);
    if (!more) return status;
  }
}

dossier_status ds_yaml_read(ds_arena *arena, const char *path, ds_yaml **out, dossier_error *err) {
  reader r = {.arena = arena, .path = path, .err = err};
  ds_yaml *root = NULL;
  ds_buf text;
  ds_buf_init(&text);
  dossier_status status = ds_file_read(path, &text, err);
  if (status == DOSSIER_OK && !yaml_parser_initialize(&r.parser))
    status = ds_fail_memory(err);
  else if (status == DOSSIER_OK) {
    r.text = ds_buf_str(&text);
    yaml_parser_set_encoding(&r.parser, YAML_UTF8_ENCODING);
    yaml_parser_set_input_string(&r.parser, (const unsigned char *)r.text.ptr, r.text.len);
    status = read_document(&r, &root);
    yaml_parser_delete(&r.parser);
  }
  ds_buf_release(&text);
  if (status == DOSSIER_OK) *out = root;
  return status;
}

const ds_yaml *ds_yaml_get(const ds_yaml *mapping, const char *key) {
  if (!mapping || mapping->type != DS_YAML_MAPPING) return NULL;
  for (size_t i = 0; i < mapping->count; i++)
    if (ds_str_eqz(mapping->keys[i]->scalar, key)) return mapping->items[i];
  return NULL;
}

ds_str ds_yaml_get_str(const ds_yaml *mapping, const char *key) {
  const ds_yaml *value = ds_yaml_get(mapping, key);
  return value && value->type == DS_YAML_SCALAR ? value->scalar : DS_STR_NONE;
}

dossier_status ds_yaml_fail(dossier_error *err, const char *path, const ds_yaml *at, const char *format, ...) {
  char message[sizeof err->message + 4];
  va_list args;
  va_start(args, format);
  if (vsnprintf(message, sizeof message, format, args) < 0) message[0] = '\0';
  va_end(args);
  return ds_fail_at(err, DOSSIER_INPUT, path, at ? at->line : 0, -1, "%s", message);
}
