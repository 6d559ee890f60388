#include "claim/frames.h"

#include <stdlib.h>
#include <string.h>

#include "base/file.h"

uint32_t frames_first(const ds_frames *frames, rule_part part, ds_str lemma) {
  uint64_t first;
  return ds_map_get(&frames->words[part], lemma, &first) ? (uint32_t)first : FRAMES_NONE;
}

const effect *frames_effect(const ds_frames *frames, const ds_map *map, ds_str word) {
  uint64_t index;
  return ds_map_get(map, word, &index) ? &frames->effects.items[index] : NULL;
}

const light *frames_light(const ds_frames *frames, ds_str verb, ds_str preposition) {
  char key[64];
  if (verb.len + preposition.len + 1 > sizeof key) return NULL;
  size_t len = verb.len;
  memcpy(key, verb.ptr, verb.len);
  if (preposition.len) {
    key[len++] = ' ';
    memcpy(key + len, preposition.ptr, preposition.len);
    len += preposition.len;
  }
  uint64_t index;
  return ds_map_get(&frames->light_verbs, (ds_str){key, len}, &index) ? &frames->lights.items[index] : NULL;
}

/* denied, reported, possible, speaker: one word or a list */
static dossier_status read_effect(const char *path, const ds_yaml *at, effect *out, dossier_error *err) {
  if (!at) return ds_fail_at(err, DOSSIER_INPUT, path, 0, -1, "words without an \"effect\"");
  size_t count = at->type == DS_YAML_SEQUENCE ? at->count : 1;
  for (size_t i = 0; i < count; i++) {
    ds_str name = at->type == DS_YAML_SEQUENCE ? at->items[i]->scalar : at->scalar;
    if (ds_str_eqz(name, "denied")) {
      out->denies = true;
    } else if (ds_str_eqz(name, "speaker")) {
      out->speaks = true;
    } else if (ds_str_eqz(name, "reported")) {
      out->certainty = DS_REPORTED;
    } else if (ds_str_eqz(name, "possible")) {
      out->certainty = DS_POSSIBLE;
    } else if (!ds_str_eqz(name, "none")) {
      return ds_yaml_fail(err, path, at, "an effect is denied, reported, possible, speaker or none");
    }
  }
  return DOSSIER_OK;
}

static dossier_status put_words(ds_frames *frames, const char *path, const ds_yaml *list, ds_map *map, uint64_t value,
                                dossier_error *err) {
  ds_str *words;
  size_t count;
  dossier_status status = frames_read_words(frames, path, list, &words, &count, err);
  for (size_t i = 0; !status && i < count; i++)
    if (!ds_map_put(map, words[i], value)) status = ds_fail_memory(err);
  return status;
}

static dossier_status read_effects(ds_frames *frames, const char *path, const ds_yaml *list, ds_map *map, dossier_error *err) {
  static const char *const keys[] = {"words", "effect", NULL};
  if (list->type != DS_YAML_SEQUENCE) return ds_yaml_fail(err, path, list, "a list must stand here");
  dossier_status status = DOSSIER_OK;
  for (size_t i = 0; !status && i < list->count; i++) {
    const ds_yaml *at = list->items[i];
    effect e = {0};
    status = frames_check_keys(path, at, keys, err);
    if (!status) status = read_effect(path, ds_yaml_get(at, "effect"), &e, err);
    if (!status && !DS_PUSH(frames->effects, e)) status = ds_fail_memory(err);
    if (!status) status = put_words(frames, path, ds_yaml_get(at, "words"), map, frames->effects.len - 1, err);
  }
  return status;
}

/* Every verb with every preposition ("" for an object). */
static dossier_status put_light(ds_frames *frames, const char *path, const ds_yaml *at, uint64_t value, dossier_error *err) {
  const ds_yaml *list = ds_yaml_get(at, "preposition");
  ds_str none = DS_STR(""), *verbs, *prepositions = &none;
  size_t verb_count, count = 1;
  dossier_status status = frames_read_words(frames, path, ds_yaml_get(at, "verbs"), &verbs, &verb_count, err);
  if (!status && list) status = frames_read_words(frames, path, list, &prepositions, &count, err);
  for (size_t i = 0; !status && i < verb_count * count; i++) {
    ds_str verb = verbs[i / count], preposition = prepositions[i % count];
    ds_str key = preposition.len ? ds_arena_printf(&frames->arena, "%.*s %.*s", DS_STR_ARG(verb), DS_STR_ARG(preposition)) : verb;
    if (!key.ptr || !ds_map_put(&frames->light_verbs, key, value)) status = ds_fail_memory(err);
  }
  return status;
}

static dossier_status read_lights(ds_frames *frames, const char *path, const ds_yaml *list, dossier_error *err) {
  static const char *const keys[] = {"verbs", "preposition", "subject", "object", "polarity", NULL};
  if (list->type != DS_YAML_SEQUENCE) return ds_yaml_fail(err, path, list, "a list must stand here");
  dossier_status status = DOSSIER_OK;
  for (size_t i = 0; !status && i < list->count; i++) {
    const ds_yaml *at = list->items[i];
    status = frames_check_keys(path, at, keys, err);
    if (status) return status;
    light l = {.denies = ds_str_eqz(ds_yaml_get_str(at, "polarity"), "denied")};
    if (ds_str_eqz(ds_yaml_get_str(at, "subject"), "patient")) l.side = LIGHT_PATIENT;
    if (ds_str_eqz(ds_yaml_get_str(at, "object"), "agent")) l.side = LIGHT_OBJECT;
    if (!DS_PUSH(frames->lights, l)) return ds_fail_memory(err);
    status = put_light(frames, path, at, frames->lights.len - 1, err);
  }
  return status;
}

static dossier_status read_rules(ds_frames *frames, const char *path, const ds_yaml *list, rule_part part, uint8_t relation,
                                 dossier_error *err) {
  if (list->type != DS_YAML_SEQUENCE) return ds_yaml_fail(err, path, list, "a list of rules must stand here");
  dossier_status status = DOSSIER_OK;
  for (size_t i = 0; !status && i < list->count; i++)
    status = frames_read_rule(frames, path, list->items[i], part, relation, err);
  return status;
}

static dossier_status find_relation(const ds_frames *frames, const char *path, const ds_yaml *at, uint8_t *out,
                                    dossier_error *err) {
  if (!at) return ds_fail_at(err, DOSSIER_INPUT, path, 0, -1, "a \"relation\" is missing");
  *out = ds_ontology_relation(frames->ontology, at->scalar);
  if (*out != DS_NO_RELATION) return DOSSIER_OK;
  return ds_yaml_fail(err, path, at, "the ontology has no relation \"%.*s\"", DS_STR_ARG(at->scalar));
}

/* [{words: [former], relation: affiliated_with}, ...] */
static dossier_status read_shifts(ds_frames *frames, const char *path, const ds_yaml *list, dossier_error *err) {
  static const char *const keys[] = {"words", "relation", NULL};
  if (list->type != DS_YAML_SEQUENCE) return ds_yaml_fail(err, path, list, "a list must stand here");
  dossier_status status = DOSSIER_OK;
  for (size_t i = 0; !status && i < list->count; i++) {
    uint8_t relation = DS_NO_RELATION;
    status = frames_check_keys(path, list->items[i], keys, err);
    if (!status) status = find_relation(frames, path, ds_yaml_get(list->items[i], "relation"), &relation, err);
    if (!status) status = put_words(frames, path, ds_yaml_get(list->items[i], "words"), &frames->shifts, relation, err);
  }
  return status;
}

static dossier_status read_confidence(ds_frames *frames, const char *path, const ds_yaml *at, dossier_error *err) {
  if (at->type != DS_YAML_MAPPING) return ds_yaml_fail(err, path, at, "a mapping (rule: number) must stand here");
  for (size_t i = 0; i < at->count; i++) {
    float value;
    ds_str id = ds_arena_str(&frames->arena, at->keys[i]->scalar);
    if (!frames_to_confidence(at->items[i]->scalar, &value))
      return ds_yaml_fail(err, path, at->items[i], "a confidence is a number between 0 and 1");
    if (!id.ptr || !DS_PUSH(frames->measured, (measured){id, value})) return ds_fail_memory(err);
  }
  return DOSSIER_OK;
}

/* Measured shares replace what the rules say of themselves; those of rules that are gone are passed over. */
static bool apply_measured(ds_frames *frames) {
  ds_map rules;
  ds_map_init(&rules);
  bool ok = true;
  for (size_t i = 0; ok && i < frames->rules.len; i++) ok = ds_map_put(&rules, frames->rules.items[i].id, i);
  for (size_t i = 0; ok && i < frames->measured.len; i++) {
    uint64_t at;
    if (ds_map_get(&rules, frames->measured.items[i].id, &at)) frames->rules.items[at].confidence = frames->measured.items[i].share;
  }
  ds_map_release(&rules);
  return ok;
}

static dossier_status read_section(ds_frames *frames, const char *path, ds_str key, const ds_yaml *value, uint8_t relation,
                                   dossier_error *err) {
  static const struct {
    const char *name;
    rule_part part;
  } parts[] = {{"verbs", RULE_VERB}, {"nouns", RULE_NOUN}, {"adjectives", RULE_ADJECTIVE}, {"names", RULE_NAME}};
  for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
    if (!ds_str_eqz(key, parts[i].name)) continue;
    if (relation == DS_NO_RELATION) return ds_yaml_fail(err, path, value, "\"relation\" must stand above the rules");
    return read_rules(frames, path, value, parts[i].part, relation, err);
  }
  if (ds_str_eqz(key, "offices")) return read_rules(frames, path, value, RULE_OFFICE, DS_NO_RELATION, err);
  if (ds_str_eqz(key, "measured")) return read_confidence(frames, path, value, err);
  if (ds_str_eqz(key, "shifts")) return read_shifts(frames, path, value, err);
  if (ds_str_eqz(key, "clauses")) return read_effects(frames, path, value, &frames->clause_effects, err);
  if (ds_str_eqz(key, "events")) return read_effects(frames, path, value, &frames->noun_effects, err);
  if (ds_str_eqz(key, "words")) return read_effects(frames, path, value, &frames->word_effects, err);
  if (ds_str_eqz(key, "light")) return read_lights(frames, path, value, err);
  if (ds_str_eqz(key, "through")) return put_words(frames, path, value, &frames->through, 1, err);
  if (ds_str_eqz(key, "groups")) return put_words(frames, path, value, &frames->groups, 1, err);
  return ds_yaml_fail(err, path, value, "unknown section \"%.*s\"", DS_STR_ARG(key));
}

static dossier_status read_file(ds_frames *frames, const char *path, dossier_error *err) {
  ds_yaml *root;
  uint8_t relation = DS_NO_RELATION;
  dossier_status status = ds_yaml_read(&frames->arena, path, &root, err);
  if (status) return status;
  if (root->type != DS_YAML_MAPPING) return ds_yaml_fail(err, path, root, "a mapping (name: value) must stand here");
  const ds_yaml *name = ds_yaml_get(root, "relation");
  if (name) status = find_relation(frames, path, name, &relation, err);
  for (size_t i = 0; !status && i < root->count; i++)
    if (!ds_str_eqz(root->keys[i]->scalar, "relation"))
      status = read_section(frames, path, root->keys[i]->scalar, root->items[i], relation, err);
  return status;
}

static dossier_status read_folder(ds_frames *frames, const char *folder, dossier_error *err) {
  ds_str *names;
  size_t count;
  dossier_status status = ds_folder_list(&frames->arena, folder, &names, &count, err);
  for (size_t i = 0; !status && i < count; i++) {
    if (!ds_str_ends(names[i], DS_STR(".yaml"))) continue;
    ds_str path = ds_path_join(&frames->arena, ds_str_from(folder), names[i]);
    status = path.ptr ? read_file(frames, path.ptr, err) : ds_fail_memory(err);
  }
  if (!status && !frames->rules.len)
    return ds_fail_at(err, DOSSIER_INPUT, folder, 0, -1, "this folder holds no frames (*.yaml)");
  return status || apply_measured(frames) ? status : ds_fail_memory(err);
}

dossier_status ds_frames_open(ds_frames **out, const ds_ontology *ontology, const char *folder, dossier_error *err) {
  *out = NULL;
  ds_frames *frames = calloc(1, sizeof *frames);
  if (!frames) return ds_fail_memory(err);
  ds_arena_init(&frames->arena);
  frames->ontology = ontology;
  for (int part = 0; part < RULE_PARTS; part++) frames->all[part] = FRAMES_NONE;
  dossier_status status = read_folder(frames, folder, err);
  if (status) {
    ds_frames_free(frames);
    return status;
  }
  *out = frames;
  return DOSSIER_OK;
}

void ds_frames_free(ds_frames *frames) {
  if (!frames) return;
  DS_VEC_RELEASE(frames->rules);
  DS_VEC_RELEASE(frames->links);
  DS_VEC_RELEASE(frames->effects);
  DS_VEC_RELEASE(frames->lights);
  DS_VEC_RELEASE(frames->measured);
  ds_map *maps[] = {&frames->clause_effects, &frames->noun_effects, &frames->word_effects, &frames->light_verbs,
                    &frames->through,        &frames->groups,       &frames->shifts,       &frames->vocabulary};
  for (size_t i = 0; i < sizeof maps / sizeof *maps; i++) ds_map_release(maps[i]);
  for (int part = 0; part < RULE_PARTS; part++) ds_map_release(&frames->words[part]);
  ds_arena_release(&frames->arena);
  free(frames);
}
