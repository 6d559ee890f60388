#include <stdlib.h>
#include <string.h>

#include "claim/frames.h"

static const char *const part_names[RULE_PARTS] = {"verb", "noun", "adjective", "name", "office"};

static dossier_status copy(ds_frames *frames, ds_str s, ds_str *out, dossier_error *err) {
  *out = ds_arena_str(&frames->arena, s);
  return out->ptr ? DOSSIER_OK : ds_fail_memory(err);
}

dossier_status frames_check_keys(const char *path, const ds_yaml *at, const char *const *names, dossier_error *err) {
  if (at->type != DS_YAML_MAPPING) return ds_yaml_fail(err, path, at, "a mapping (name: value) must stand here");
  for (size_t i = 0; i < at->count; i++) {
    size_t n = 0;
    while (names[n] && !ds_str_eqz(at->keys[i]->scalar, names[n])) n++;
    if (!names[n]) return ds_yaml_fail(err, path, at->keys[i], "unknown key \"%.*s\"", DS_STR_ARG(at->keys[i]->scalar));
  }
  return DOSSIER_OK;
}

dossier_status frames_read_words(ds_frames *frames, const char *path, const ds_yaml *list, ds_str **out, size_t *count,
                                 dossier_error *err) {
  if (!list || list->type != DS_YAML_SEQUENCE || !list->count)
    return ds_fail_at(err, DOSSIER_INPUT, path, list ? list->line : 0, -1, "a list of words must stand here");
  *count = list->count;
  *out = DS_NEW_ARRAY(&frames->arena, ds_str, list->count);
  if (!*out) return ds_fail_memory(err);
  for (size_t i = 0; i < list->count; i++) {
    const ds_yaml *item = list->items[i];
    if (item->type != DS_YAML_SCALAR || !item->scalar.len) return ds_yaml_fail(err, path, item, "a word must stand here");
    dossier_status status = copy(frames, item->scalar, &(*out)[i], err);
    if (!status && !frames_know(frames, (*out)[i])) status = ds_fail_memory(err);
    if (status) return status;
  }
  return DOSSIER_OK;
}

bool frames_know(ds_frames *frames, ds_str words) {
  ds_str word;
  while (ds_str_split(&words, ' ', &word))
    if (!ds_map_get(&frames->vocabulary, word, NULL) && !ds_map_put(&frames->vocabulary, word, frames->vocabulary.len)) return false;
  return true;
}

/* "object.of+" with "_" for a blank */
static dossier_status read_slot(ds_frames *frames, const char *path, const ds_yaml *at, ds_str text, slot *out,
                                dossier_error *err) {
  text = ds_str_trim(text);
  if (text.len && text.ptr[text.len - 1] == '+') {
    out->owner = true;
    text.len--;
  }
  size_t dot;
  ds_str name = text, below = DS_STR("");
  if (ds_str_find(text, DS_STR("."), &dot)) {
    name = ds_str_sub(text, 0, dot);
    below = ds_str_sub(text, dot + 1, text.len);
    if (!below.len) return ds_yaml_fail(err, path, at, "nothing stands behind the dot in \"%.*s\"", DS_STR_ARG(text));
  }
  if (!name.len) return ds_yaml_fail(err, path, at, "an empty place in the pattern");
  dossier_status status = copy(frames, name, &out->name, err);
  if (!status) status = copy(frames, below, &out->below, err);
  if (status) return status;
  for (char *c = (char *)out->name.ptr; *c; c++)
    if (*c == '_') *c = ' ';
  return DOSSIER_OK;
}

static dossier_status read_side(ds_frames *frames, const char *path, const ds_yaml *at, ds_str text, slot **out, size_t *count,
                                dossier_error *err) {
  size_t most = 1;
  for (size_t i = 0; i < text.len; i++) most += text.ptr[i] == '|';
  *out = DS_NEW_ARRAY(&frames->arena, slot, most);
  if (!*out) return ds_fail_memory(err);
  ds_str part;
  *count = 0;
  while (ds_str_split(&text, '|', &part)) {
    dossier_status status = read_slot(frames, path, at, part, &(*out)[(*count)++], err);
    if (status) return status;
  }
  return *count ? DOSSIER_OK : ds_yaml_fail(err, path, at, "a pattern needs a place on both sides of its arrow");
}

/* "subject -> object|for", "between <-> between" */
static dossier_status read_pattern(ds_frames *frames, const char *path, const ds_yaml *at, pattern *out, dossier_error *err) {
  size_t arrow, size = 2;
  ds_str text = at->scalar;
  if (at->type != DS_YAML_SCALAR || !ds_str_find(text, DS_STR("->"), &arrow))
    return ds_yaml_fail(err, path, at, "a pattern looks like \"subject -> object\" or \"between <-> between\"");
  if (arrow > 0 && text.ptr[arrow - 1] == '<') {
    out->pairs = true;
    arrow--;
    size = 3;
  }
  dossier_status status = read_side(frames, path, at, ds_str_sub(text, 0, arrow), &out->from, &out->from_count, err);
  if (!status) status = read_side(frames, path, at, ds_str_sub(text, arrow + size, text.len), &out->to, &out->to_count, err);
  return status;
}

static dossier_status read_patterns(ds_frames *frames, const char *path, const ds_yaml *at, rule *out, dossier_error *err) {
  const ds_yaml *list = ds_yaml_get(at, "patterns");
  if (!list || list->type != DS_YAML_SEQUENCE || !list->count)
    return ds_yaml_fail(err, path, list ? list : at, "a rule needs a list of \"patterns\"");
  out->patterns = DS_NEW_ARRAY(&frames->arena, pattern, list->count);
  if (!out->patterns) return ds_fail_memory(err);
  out->pattern_count = list->count;
  for (size_t i = 0; i < list->count; i++) {
    dossier_status status = read_pattern(frames, path, list->items[i], &out->patterns[i], err);
    if (status) return status;
  }
  return DOSSIER_OK;
}

static dossier_status read_conditions(ds_frames *frames, const char *path, const ds_yaml *at, condition **out, size_t *count,
                                      dossier_error *err) {
  *count = 0;
  if (!at) return DOSSIER_OK;
  if (at->type != DS_YAML_MAPPING) return ds_yaml_fail(err, path, at, "conditions look like {object: [word, word]}");
  *out = DS_NEW_ARRAY(&frames->arena, condition, at->count);
  if (!*out) return ds_fail_memory(err);
  *count = at->count;
  for (size_t i = 0; i < at->count; i++) {
    dossier_status status = copy(frames, at->keys[i]->scalar, &(*out)[i].slot, err);
    if (!status) status = frames_read_words(frames, path, at->items[i], &(*out)[i].words, &(*out)[i].word_count, err);
    if (status) return status;
  }
  return DOSSIER_OK;
}

static dossier_status read_kinds(const ds_ontology *ontology, const char *path, const ds_yaml *list, uint64_t *out,
                                 dossier_error *err) {
  *out = UINT64_MAX;
  if (!list) return DOSSIER_OK;
  if (list->type != DS_YAML_SEQUENCE) return ds_yaml_fail(err, path, list, "a list of kinds must stand here");
  *out = 0;
  for (size_t i = 0; i < list->count; i++) {
    uint8_t kind = ds_ontology_kind(ontology, list->items[i]->scalar);
    if (kind == DS_NO_KIND)
      return ds_yaml_fail(err, path, list->items[i], "unknown kind \"%.*s\"", DS_STR_ARG(list->items[i]->scalar));
    *out |= UINT64_C(1) << kind;
  }
  return DOSSIER_OK;
}

bool frames_to_confidence(ds_str text, float *out) {
  char digits[16] = {0}, *end;
  if (!text.len || text.len >= sizeof digits) return false;
  memcpy(digits, text.ptr, text.len);
  *out = strtof(digits, &end);
  return !*end && *out > 0 && *out <= 1;
}

static dossier_status read_force(const char *path, const ds_yaml *at, rule *out, dossier_error *err) {
  const ds_yaml *polarity = ds_yaml_get(at, "polarity"), *certainty = ds_yaml_get(at, "certainty");
  const ds_yaml *confidence = ds_yaml_get(at, "confidence"), *alone = ds_yaml_get(at, "alone");
  const ds_yaml *plain = ds_yaml_get(at, "plain");
  if (polarity) {
    if (!ds_str_eqz(polarity->scalar, "denied")) return ds_yaml_fail(err, path, polarity, "\"polarity\" can only be denied");
    out->polarity = DS_DENIED;
  }
  if (certainty) {
    out->certainty = ds_str_eqz(certainty->scalar, "possible") ? DS_POSSIBLE : DS_REPORTED;
    if (out->certainty == DS_REPORTED && !ds_str_eqz(certainty->scalar, "reported"))
      return ds_yaml_fail(err, path, certainty, "\"certainty\" can only be reported or possible");
  }
  if (alone) out->alone = ds_str_eqz(alone->scalar, "yes");
  if (plain) out->plain = ds_str_eqz(plain->scalar, "yes");
  out->confidence = 0.7f;
  if (!confidence) return DOSSIER_OK;
  if (!frames_to_confidence(confidence->scalar, &out->confidence))
    return ds_yaml_fail(err, path, confidence, "\"confidence\" must be a number between 0 and 1");
  return DOSSIER_OK;
}

/* Appends the rule behind the others of the list that *first begins. */
static bool add_link(ds_frames *frames, uint32_t *first, uint32_t rule_index) {
  if (!DS_PUSH(frames->links, (rule_link){rule_index, FRAMES_NONE})) return false;
  uint32_t added = (uint32_t)frames->links.len - 1;
  if (*first == FRAMES_NONE) {
    *first = added;
    return true;
  }
  uint32_t last = *first;
  while (frames->links.items[last].next != FRAMES_NONE) last = frames->links.items[last].next;
  frames->links.items[last].next = added;
  return true;
}

static dossier_status add_rule(ds_frames *frames, const rule *r, const ds_str *words, size_t count, dossier_error *err) {
  if (!DS_PUSH(frames->rules, *r)) return ds_fail_memory(err);
  uint32_t index = (uint32_t)frames->rules.len - 1;
  if (!count && !add_link(frames, &frames->all[r->part], index)) return ds_fail_memory(err);
  for (size_t i = 0; i < count; i++) {
    uint64_t first = FRAMES_NONE;
    ds_map_get(&frames->words[r->part], words[i], &first);
    uint32_t link = (uint32_t)first;
    if (!add_link(frames, &link, index) || !ds_map_put(&frames->words[r->part], words[i], link)) return ds_fail_memory(err);
  }
  return DOSSIER_OK;
}

dossier_status frames_read_rule(ds_frames *frames, const char *path, const ds_yaml *at, rule_part part, uint8_t relation,
                                dossier_error *err) {
  static const char *const keys[] = {"id",      "words",    "patterns",  "when",  "unless",     "subject",
                                     "object", "polarity", "certainty", "alone", "plain",      "confidence", NULL};
  rule r = {.part = part, .relation = relation};
  ds_str *words = NULL;
  size_t count = 0;
  dossier_status status = frames_check_keys(path, at, keys, err);
  if (!status && ds_yaml_get(at, "words"))
    status = frames_read_words(frames, path, ds_yaml_get(at, "words"), &words, &count, err);
  if (!status) status = read_patterns(frames, path, at, &r, err);
  if (!status) status = read_conditions(frames, path, ds_yaml_get(at, "when"), &r.when, &r.when_count, err);
  if (!status) status = read_conditions(frames, path, ds_yaml_get(at, "unless"), &r.unless, &r.unless_count, err);
  if (!status) status = read_kinds(frames->ontology, path, ds_yaml_get(at, "subject"), &r.subject_kinds, err);
  if (!status) status = read_kinds(frames->ontology, path, ds_yaml_get(at, "object"), &r.object_kinds, err);
  if (!status) status = read_force(path, at, &r, err);
  if (status) return status;
  ds_str id = ds_yaml_get_str(at, "id");
  if (!id.len && count) id = words[0];
  if (!id.len) return ds_yaml_fail(err, path, at, "a rule without words needs an \"id\"");
  ds_str name = relation == DS_NO_RELATION ? DS_STR("post") : frames->ontology->relations[relation].name;
  r.id = ds_arena_printf(&frames->arena, "%.*s.%s.%.*s", DS_STR_ARG(name), part_names[part], DS_STR_ARG(id));
  if (!r.id.ptr) return ds_fail_memory(err);
  return add_rule(frames, &r, words, count, err);
}
