#include "api/internal.h"
#include "base/file.h"

#include <stdlib.h>
#include <string.h>

const char *dossier_version(void) {
  return DOSSIER_VERSION;
}

static dossier_status copy_option(ds_arena *arena, const char *option, ds_str *out, dossier_error *err) {
  *out = ds_arena_str(arena, ds_str_from(option));
  return out->ptr ? DOSSIER_OK : ds_fail_memory(err);
}

/* schema_dir/name, or the installed schema/name. */
static dossier_status schema_path(const dossier_engine *engine, ds_arena *arena, const char *name, ds_str *path,
                                  dossier_error *err) {
  if (engine->schema_dir.len) {
    *path = ds_path_join(arena, engine->schema_dir, ds_str_from(name));
    return path->ptr ? DOSSIER_OK : ds_fail_memory(err);
  }
  ds_str installed = ds_arena_printf(arena, "schema/%s", name);
  if (!installed.ptr) return ds_fail_memory(err);
  return ds_data_path(arena, engine->data_dir.len ? engine->data_dir.ptr : NULL, installed.ptr, path, err);
}

/* The ontology in the words of the public header. */
static dossier_status make_views(dossier_engine *engine, dossier_error *err) {
  const ds_ontology *ontology = &engine->ontology;
  engine->relations = DS_NEW_ARRAY(&engine->arena, dossier_relation, ontology->relation_count);
  engine->kinds = DS_NEW_ARRAY(&engine->arena, const char *, ontology->kind_count);
  engine->kind_colors = DS_NEW_ARRAY(&engine->arena, const char *, ontology->kind_count);
  if (!engine->relations || !engine->kinds || !engine->kind_colors) return ds_fail_memory(err);
  bool memory = true;
  for (size_t i = 0; i < ontology->relation_count; i++) {
    const ds_relation *relation = &ontology->relations[i];
    dossier_relation *view = &engine->relations[i];
    view->name = ds_arena_str(&engine->arena, relation->name).ptr;
    view->label = ds_arena_str(&engine->arena, relation->label).ptr;
    view->class_name = ds_arena_str(&engine->arena, relation->class_name).ptr;
    view->symmetric = relation->symmetric;
    memory = memory && view->name && view->label && view->class_name;
  }
  for (size_t i = 0; i < ontology->kind_count; i++) {
    engine->kinds[i] = ds_arena_str(&engine->arena, ontology->kinds[i].name).ptr;
    engine->kind_colors[i] = ds_arena_str(&engine->arena, ontology->kinds[i].color).ptr;
    memory = memory && engine->kinds[i] && engine->kind_colors[i];
  }
  return memory ? DOSSIER_OK : ds_fail_memory(err);
}

static dossier_status open_ontology(dossier_engine *engine, const dossier_engine_options *options, dossier_error *err) {
  static const dossier_engine_options none;
  if (!options) options = &none;
  ds_str path;
  dossier_status status = copy_option(&engine->arena, options->data_dir, &engine->data_dir, err);
  if (status == DOSSIER_OK) status = copy_option(&engine->arena, options->schema_dir, &engine->schema_dir, err);
  if (status == DOSSIER_OK) status = copy_option(&engine->arena, options->model, &engine->model_path, err);
  if (status == DOSSIER_OK) status = schema_path(engine, &engine->arena, "ontology.yaml", &path, err);
  if (status == DOSSIER_OK) status = ds_ontology_read(&engine->arena, path.ptr, &engine->ontology, err);
  return status == DOSSIER_OK ? make_views(engine, err) : status;
}

dossier_status dossier_engine_open(dossier_engine **out, const dossier_engine_options *options, dossier_error *err) {
  *out = NULL;
  dossier_engine *engine = calloc(1, sizeof *engine);
  if (!engine || pthread_mutex_init(&engine->lock, NULL) != 0) {
    free(engine);
    return ds_fail_memory(err);
  }
  ds_arena_init(&engine->arena);
  dossier_status status = open_ontology(engine, options, err);
  if (status != DOSSIER_OK) {
    dossier_engine_free(engine);
    return status;
  }
  *out = engine;
  return DOSSIER_OK;
}

void dossier_engine_free(dossier_engine *engine) {
  if (!engine) return;
  while (engine->idle) {
    ds_idle_parser *next = engine->idle->next;
    ds_parser_free(engine->idle->parser);
    free(engine->idle);
    engine->idle = next;
  }
  ds_frames_free(engine->frames);
  ds_gazetteer_free(engine->gazetteer);
  ds_model_free(engine->model);
  pthread_mutex_destroy(&engine->lock);
  ds_arena_release(&engine->arena);
  free(engine);
}

static dossier_status open_knowledge(dossier_engine *engine, ds_arena *arena, dossier_error *err) {
  ds_str path;
  dossier_status status = schema_path(engine, arena, "gazetteers", &path, err);
  if (status == DOSSIER_OK && !engine->gazetteer)
    status = ds_gazetteer_open(&engine->gazetteer, &engine->ontology, path.ptr, err);
  if (status == DOSSIER_OK) status = schema_path(engine, arena, "frames", &path, err);
  if (status == DOSSIER_OK && !engine->frames)
    status = ds_frames_open(&engine->frames, &engine->ontology, path.ptr, err);
  path = engine->model_path;
  if (status == DOSSIER_OK && !path.len)
    status = ds_data_path(arena, engine->data_dir.len ? engine->data_dir.ptr : NULL, "models/english.safetensors",
                          &path, err);
  if (status == DOSSIER_OK && !engine->model) status = ds_model_open(&engine->model, path.ptr, err);
  return status;
}

dossier_status dossier_engine_prepare(dossier_engine *engine, dossier_error *err) {
  pthread_mutex_lock(&engine->lock);
  dossier_status status = DOSSIER_OK;
  if (!engine->prepared) {
    ds_arena arena;
    ds_arena_init(&arena);
    status = open_knowledge(engine, &arena, err);
    ds_arena_release(&arena);
    engine->prepared = status == DOSSIER_OK;
  }
  pthread_mutex_unlock(&engine->lock);
  return status;
}

dossier_status ds_engine_take_parser(dossier_engine *engine, ds_idle_parser **out, dossier_error *err) {
  dossier_status status = dossier_engine_prepare(engine, err);
  if (status != DOSSIER_OK) return status;
  pthread_mutex_lock(&engine->lock);
  *out = engine->idle;
  if (*out) engine->idle = (*out)->next;
  pthread_mutex_unlock(&engine->lock);
  if (*out) return DOSSIER_OK;
  ds_idle_parser *fresh = calloc(1, sizeof *fresh);
  if (!fresh) return ds_fail_memory(err);
  status = ds_parser_new(&fresh->parser, engine->model, err);
  if (status == DOSSIER_OK)
    *out = fresh;
  else
    free(fresh);
  return status;
}

void ds_engine_give_parser(dossier_engine *engine, ds_idle_parser *parser) {
  if (!parser) return;
  pthread_mutex_lock(&engine->lock);
  parser->next = engine->idle;
  engine->idle = parser;
  pthread_mutex_unlock(&engine->lock);
}

size_t dossier_engine_relation_count(const dossier_engine *engine) {
  return engine->ontology.relation_count;
}

const dossier_relation *dossier_engine_relation(const dossier_engine *engine, size_t index) {
  return index < engine->ontology.relation_count ? &engine->relations[index] : NULL;
}

size_t dossier_engine_kind_count(const dossier_engine *engine) {
  return engine->ontology.kind_count;
}

const char *dossier_engine_kind(const dossier_engine *engine, size_t index) {
  return index < engine->ontology.kind_count ? engine->kinds[index] : "";
}

const char *dossier_engine_kind_color(const dossier_engine *engine, size_t index) {
  return index < engine->ontology.kind_count ? engine->kind_colors[index] : "";
}
