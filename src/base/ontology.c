#include "base/ontology.h"

#include "base/yaml.h"

#define MOST_KINDS 64
#define MOST_RELATIONS 200

static const struct {
  const char *name;
  ds_kind_like like;
} likes[] = {
    {"other", DS_LIKE_OTHER}, {"person", DS_LIKE_PERSON},
    {"state", DS_LIKE_STATE}, {"organization", DS_LIKE_ORGANIZATION},
    {"place", DS_LIKE_PLACE},
};

/* Every key of a mapping is one of the names (NULL ends them), so that a misspelt key is not passed over. */
static dossier_status check_keys(const char *path, const ds_yaml *at, const char *const *names, dossier_error *err) {
  if (at->type != DS_YAML_MAPPING) return ds_yaml_fail(err, path, at, "a mapping (name: value) must stand here");
  for (size_t i = 0; i < at->count; i++) {
    size_t n = 0;
    while (names[n] && !ds_str_eqz(at->keys[i]->scalar, names[n])) n++;
    if (!names[n]) return ds_yaml_fail(err, path, at->keys[i], "unknown key \"%.*s\"", DS_STR_ARG(at->keys[i]->scalar));
    if (at->items[i]->type == DS_YAML_SCALAR && !at->items[i]->scalar.len)
      return ds_yaml_fail(err, path, at->keys[i], "\"%s\" has no value", names[n]);
  }
  return DOSSIER_OK;
}

/* A scalar of the mapping, copied into the arena; required ones must be there. */
static dossier_status get_str(ds_arena *arena, const char *path, const ds_yaml *at, const char *key, bool required,
                              ds_str *out, dossier_error *err) {
  const ds_yaml *value = ds_yaml_get(at, key);
  if (!value && required) return ds_yaml_fail(err, path, at, "\"%s\" is missing", key);
  if (value && value->type != DS_YAML_SCALAR)
    return ds_yaml_fail(err, path, value, "\"%s\" must be one word or text", key);
  *out = ds_arena_str(arena, value ? value->scalar : DS_STR(""));
  return out->ptr ? DOSSIER_OK : ds_fail_memory(err);
}

static dossier_status get_flag(const char *path, const ds_yaml *at, const char *key, bool *out, dossier_error *err) {
  const ds_yaml *value = ds_yaml_get(at, key);
  if (!value) return DOSSIER_OK;
  *out = ds_str_eqz(value->scalar, "yes") || ds_str_eqz(value->scalar, "true");
  if (!*out && !ds_str_eqz(value->scalar, "no") && !ds_str_eqz(value->scalar, "false"))
    return ds_yaml_fail(err, path, value, "\"%s\" must be yes or no", key);
  return DOSSIER_OK;
}

static dossier_status get_kinds(const ds_ontology *ontology, const char *path, const ds_yaml *at, const char *key,
                                uint64_t *out, dossier_error *err) {
  const ds_yaml *list = ds_yaml_get(at, key);
  *out = UINT64_MAX;
  if (!list) return DOSSIER_OK;
  if (list->type != DS_YAML_SEQUENCE) return ds_yaml_fail(err, path, list, "\"%s\" must be a list of kinds", key);
  *out = 0;
  for (size_t i = 0; i < list->count; i++) {
    uint8_t kind = ds_ontology_kind(ontology, list->items[i]->scalar);
    if (kind == DS_NO_KIND)
      return ds_yaml_fail(err, path, list->items[i], "unknown kind \"%.*s\"", DS_STR_ARG(list->items[i]->scalar));
    *out |= UINT64_C(1) << kind;
  }
  return DOSSIER_OK;
}

static dossier_status read_kind(ds_arena *arena, const char *path, const ds_yaml *at, ds_ontology *out,
                                dossier_error *err) {
  static const char *const keys[] = {"name", "like", "color", NULL};
  ds_kind kind = {.like = DS_LIKE_OTHER};
  ds_str like;
  dossier_status status = check_keys(path, at, keys, err);
  if (!status) status = get_str(arena, path, at, "name", true, &kind.name, err);
  if (!status) status = get_str(arena, path, at, "like", true, &like, err);
  if (!status) status = get_str(arena, path, at, "color", false, &kind.color, err);
  if (status) return status;
  size_t n = 0;
  while (n < sizeof likes / sizeof *likes && !ds_str_eqz(like, likes[n].name)) n++;
  if (n == sizeof likes / sizeof *likes)
    return ds_yaml_fail(err, path, at, "\"like\" must be person, state, organization, place or other");
  kind.like = likes[n].like;
  if (ds_ontology_kind(out, kind.name) != DS_NO_KIND)
    return ds_yaml_fail(err, path, at, "the kind \"%.*s\" stands here twice", DS_STR_ARG(kind.name));
  if (!kind.color.len) kind.color = DS_STR("#bab0ac");
  out->kinds[out->kind_count++] = kind;
  return DOSSIER_OK;
}

static dossier_status read_relation(ds_arena *arena, const char *path, const ds_yaml *at, ds_ontology *out,
                                    dossier_error *err) {
  static const char *const keys[] = {"name", "class",   "label",  "plover", "symmetric",
                                     "role", "subject", "object", NULL};
  ds_relation relation = {0};
  dossier_status status = check_keys(path, at, keys, err);
  if (!status) status = get_str(arena, path, at, "name", true, &relation.name, err);
  if (!status) status = get_str(arena, path, at, "class", true, &relation.class_name, err);
  if (!status) status = get_str(arena, path, at, "label", true, &relation.label, err);
  if (!status) status = get_str(arena, path, at, "plover", false, &relation.plover, err);
  if (!status) status = get_flag(path, at, "symmetric", &relation.symmetric, err);
  if (!status) status = get_flag(path, at, "role", &relation.has_role, err);
  if (!status) status = get_kinds(out, path, at, "subject", &relation.subject_kinds, err);
  if (!status) status = get_kinds(out, path, at, "object", &relation.object_kinds, err);
  if (status) return status;
  if (ds_ontology_relation(out, relation.name) != DS_NO_RELATION)
    return ds_yaml_fail(err, path, at, "the relation \"%.*s\" stands here twice", DS_STR_ARG(relation.name));
  out->relations[out->relation_count++] = relation;
  return DOSSIER_OK;
}

/* The list under a key of the file: there, not empty, not too long. */
static dossier_status get_list(const char *path, const ds_yaml *root, const char *key, size_t most, const ds_yaml **out,
                               dossier_error *err) {
  *out = ds_yaml_get(root, key);
  if (!*out || (*out)->type != DS_YAML_SEQUENCE || !(*out)->count)
    return ds_yaml_fail(err, path, *out ? *out : root, "a list \"%s\" must stand here", key);
  if ((*out)->count > most) return ds_yaml_fail(err, path, *out, "\"%s\" has more than %zu lines", key, most);
  return DOSSIER_OK;
}

dossier_status ds_ontology_read(ds_arena *arena, const char *path, ds_ontology *out, dossier_error *err) {
  static const char *const keys[] = {"kinds", "relations", NULL};
  *out = (ds_ontology){0};
  ds_yaml *root;
  const ds_yaml *kinds, *relations;
  dossier_status status = ds_yaml_read(arena, path, &root, err);
  if (!status) status = check_keys(path, root, keys, err);
  if (!status) status = get_list(path, root, "kinds", MOST_KINDS, &kinds, err);
  if (!status) status = get_list(path, root, "relations", MOST_RELATIONS, &relations, err);
  if (status) return status;
  out->kinds = DS_NEW_ARRAY(arena, ds_kind, kinds->count);
  out->relations = DS_NEW_ARRAY(arena, ds_relation, relations->count);
  if (!out->kinds || !out->relations) return ds_fail_memory(err);
  for (size_t i = 0; !status && i < kinds->count; i++) status = read_kind(arena, path, kinds->items[i], out, err);
  for (size_t i = 0; !status && i < relations->count; i++)
    status = read_relation(arena, path, relations->items[i], out, err);
  return status;
}

uint8_t ds_ontology_kind(const ds_ontology *ontology, ds_str name) {
  for (size_t i = 0; i < ontology->kind_count; i++)
    if (ds_str_eq(ontology->kinds[i].name, name)) return (uint8_t)i;
  return DS_NO_KIND;
}

uint8_t ds_ontology_relation(const ds_ontology *ontology, ds_str name) {
  for (size_t i = 0; i < ontology->relation_count; i++)
    if (ds_str_eq(ontology->relations[i].name, name)) return (uint8_t)i;
  return DS_NO_RELATION;
}
