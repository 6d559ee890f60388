#include "parse/labels.h"

static dossier_status unknown(dossier_error *err, const char *path, const char *list, ds_str label) {
  return ds_fail_at(err, DOSSIER_INPUT, path, 0, -1,
                    "not a usable model: labels.%s has \"%.*s\", which this version does not know", list,
                    DS_STR_ARG(label));
}

/* The list's metadata and its number of lines, at least one. */
static dossier_status open_list(const ds_safetensors *st, const char *path, const char *list, ds_str *lines,
                                size_t *count, dossier_error *err) {
  char key[32] = "labels.";
  for (size_t i = 0; list[i] && i < sizeof key - 8; i++) key[7 + i] = list[i];
  *lines = ds_safetensors_meta(st, key);
  if (!lines->ptr || lines->len == 0)
    return ds_fail_at(err, DOSSIER_INPUT, path, 0, -1, "not a usable model: it lacks the list %s", key);
  *count = 1;
  for (size_t i = 0; i < lines->len; i++) *count += lines->ptr[i] == '\n';
  if (*count > DS_LABELS_MAX)
    return ds_fail_at(err, DOSSIER_INPUT, path, 0, -1, "not a usable model: %s is too long", key);
  return DOSSIER_OK;
}

static bool upos_number(ds_str label, uint8_t *out) {
  ds_upos value;
  if (!ds_upos_from(label, &value)) return false;
  *out = (uint8_t)value;
  return true;
}
static bool xpos_number(ds_str label, uint8_t *out) {
  ds_xpos value;
  if (!ds_xpos_from(label, &value)) return false;
  *out = (uint8_t)value;
  return true;
}
static bool rel_number(ds_str label, uint8_t *out) {
  ds_deprel value;
  if (!ds_deprel_from(label, &value)) return false;
  *out = (uint8_t)value;
  return true;
}

static dossier_status read_numbers(ds_arena *arena, const ds_safetensors *st, const char *path, const char *list,
                                   bool (*number)(ds_str, uint8_t *), uint8_t **out, size_t *count,
                                   dossier_error *err) {
  ds_str lines;
  dossier_status status = open_list(st, path, list, &lines, count, err);
  if (status) return status;
  *out = DS_NEW_ARRAY(arena, uint8_t, *count);
  if (!*out) return ds_fail_memory(err);
  for (size_t i = 0; i < *count; i++) {
    ds_str label = DS_STR_NONE;
    ds_str_split(&lines, '\n', &label);
    if (!number(label, &(*out)[i])) return unknown(err, path, list, label);
  }
  return DOSSIER_OK;
}

/* One feature; true where it is known or of no use here. */
static bool set_feature(ds_morph *morph, ds_str key, ds_str value) {
  static const struct {
    const char *key, *value;
    size_t offset;
    uint8_t number;
  } known[] = {
      {"Number", "Sing", offsetof(ds_morph, number), DS_NUMBER_SING},
      {"Number", "Plur", offsetof(ds_morph, number), DS_NUMBER_PLUR},
      {"Number", "Ptan", offsetof(ds_morph, number), DS_NUMBER_PLUR}, /* plurals alone: scissors */
      {"Tense", "Past", offsetof(ds_morph, tense), DS_TENSE_PAST},
      {"Tense", "Pres", offsetof(ds_morph, tense), DS_TENSE_PRES},
      {"VerbForm", "Fin", offsetof(ds_morph, verbform), DS_VERBFORM_FIN},
      {"VerbForm", "Inf", offsetof(ds_morph, verbform), DS_VERBFORM_INF},
      {"VerbForm", "Part", offsetof(ds_morph, verbform), DS_VERBFORM_PART},
      {"VerbForm", "Ger", offsetof(ds_morph, verbform), DS_VERBFORM_GER},
      {"Voice", "Act", offsetof(ds_morph, voice), DS_VOICE_ACT},
      {"Voice", "Pass", offsetof(ds_morph, voice), DS_VOICE_PASS},
      {"Mood", "Ind", offsetof(ds_morph, mood), DS_MOOD_IND},
      {"Mood", "Imp", offsetof(ds_morph, mood), DS_MOOD_IMP},
      {"Mood", "Sub", offsetof(ds_morph, mood), DS_MOOD_SUB},
      {"Person", "1", offsetof(ds_morph, person), 1},
      {"Person", "2", offsetof(ds_morph, person), 2},
      {"Person", "3", offsetof(ds_morph, person), 3},
  };
  bool mine = false;
  for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
    if (!ds_str_eqz(key, known[i].key)) continue;
    mine = true;
    if (!ds_str_eqz(value, known[i].value)) continue;
    *((uint8_t *)morph + known[i].offset) = known[i].number;
    return true;
  }
  if (ds_str_eqz(key, "Polarity")) morph->negative = ds_str_eqz(value, "Neg");
  if (ds_str_eqz(key, "Poss")) morph->possessive = ds_str_eqz(value, "Yes");
  return !mine;
}

static dossier_status read_morph(ds_arena *arena, const ds_safetensors *st, const char *path, ds_labels *out,
                                 dossier_error *err) {
  ds_str lines;
  dossier_status status = open_list(st, path, "feats", &lines, &out->morph_count, err);
  if (status) return status;
  out->morph = DS_NEW_ARRAY(arena, ds_morph, out->morph_count);
  if (!out->morph) return ds_fail_memory(err);
  for (size_t i = 0; i < out->morph_count; i++) {
    ds_str label = DS_STR_NONE;
    ds_str_split(&lines, '\n', &label);
    if (ds_str_eqz(label, "_")) continue;
    ds_str rest = label, value, key;
    while (ds_str_split(&rest, '|', &value)) {
      if (!ds_str_split(&value, '=', &key) || !set_feature(&out->morph[i], key, value))
        return unknown(err, path, "feats", label);
    }
  }
  return DOSSIER_OK;
}

static bool read_script(ds_str label, ds_lemma_script *out) {
  if (label.len < 2) return false;
  out->letter_case = label.ptr[0];
  if (out->letter_case != 'l' && out->letter_case != 'k' && out->letter_case != 't') return false;
  ds_str rest = ds_str_sub(label, 2, label.len), cut;
  out->whole = label.ptr[1] == '=';
  out->add = rest;
  if (out->whole) return true;
  size_t plus;
  if (label.ptr[1] != '-' || !ds_str_find(rest, DS_STR("+"), &plus)) return false;
  cut = ds_str_sub(rest, 0, plus);
  out->add = ds_str_sub(rest, plus + 1, rest.len);
  return ds_str_to_u32(cut, &out->cut);
}

static dossier_status read_lemma(ds_arena *arena, const ds_safetensors *st, const char *path, ds_labels *out,
                                 dossier_error *err) {
  ds_str lines;
  dossier_status status = open_list(st, path, "lemma", &lines, &out->lemma_count, err);
  if (status) return status;
  out->lemma = DS_NEW_ARRAY(arena, ds_lemma_script, out->lemma_count);
  if (!out->lemma) return ds_fail_memory(err);
  for (size_t i = 0; i < out->lemma_count; i++) {
    ds_str label = DS_STR_NONE;
    ds_str_split(&lines, '\n', &label);
    if (!read_script(label, &out->lemma[i])) return unknown(err, path, "lemma", label);
  }
  return DOSSIER_OK;
}

static bool read_tag(ds_str label, ds_name_tag *out) {
  static const struct {
    const char *name;
    ds_name_kind kind;
  } kinds[] = {{"PER", DS_NAME_PERSON},   {"ORG", DS_NAME_ORGANIZATION}, {"LOC", DS_NAME_PLACE},
               {"FAC", DS_NAME_FACILITY}, {"NORP", DS_NAME_GROUP},       {"MISC", DS_NAME_MISC}};
  *out = (ds_name_tag){.kind = DS_TAG_OUT};
  if (ds_str_eqz(label, "O")) return true;
  if (label.len < 3 || label.ptr[1] != '-') return false;
  char part = label.ptr[0];
  out->starts = part == 'B' || part == 'S';
  out->inside = part == 'I' || part == 'E';
  out->open = part == 'B' || part == 'I';
  if (!out->starts && !out->inside) return false;
  for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
    if (ds_str_eqz(ds_str_sub(label, 2, label.len), kinds[i].name)) out->kind = (uint8_t)kinds[i].kind;
  }
  return out->kind != DS_TAG_OUT;
}

static bool follows(ds_name_tag before, ds_name_tag tag) {
  if (before.open) return tag.inside && tag.kind == before.kind;
  return !tag.inside;
}

static dossier_status read_names(ds_arena *arena, const ds_safetensors *st, const char *path, ds_labels *out,
                                 dossier_error *err) {
  ds_str lines;
  dossier_status status = open_list(st, path, "names", &lines, &out->name_count, err);
  if (status) return status;
  size_t n = out->name_count;
  if (n > UINT8_MAX || !ds_str_starts(lines, DS_STR("O\n")))
    return ds_fail_at(err, DOSSIER_INPUT, path, 0, -1,
                      "not a usable model: labels.names must begin with O and be at most 255");
  out->names = DS_NEW_ARRAY(arena, ds_name_tag, n);
  out->before = DS_NEW_ARRAY(arena, uint16_t, n + 1);
  out->before_tag = DS_NEW_ARRAY(arena, uint8_t, n * n);
  if (!out->names || !out->before || !out->before_tag) return ds_fail_memory(err);
  for (size_t i = 0; i < n; i++) {
    ds_str label = DS_STR_NONE;
    ds_str_split(&lines, '\n', &label);
    if (!read_tag(label, &out->names[i])) return unknown(err, path, "names", label);
  }
  uint16_t count = 0;
  for (size_t i = 0; i < n; i++) {
    out->before[i] = count;
    for (size_t b = 0; b < n; b++) {
      if (follows(out->names[b], out->names[i])) out->before_tag[count++] = (uint8_t)b;
    }
  }
  out->before[n] = count;
  return DOSSIER_OK;
}

dossier_status ds_labels_read(ds_arena *arena, const ds_safetensors *st, const char *path, ds_labels *out,
                              dossier_error *err) {
  *out = (ds_labels){0};
  dossier_status status = read_numbers(arena, st, path, "upos", upos_number, &out->upos, &out->upos_count, err);
  if (!status) status = read_numbers(arena, st, path, "xpos", xpos_number, &out->xpos, &out->xpos_count, err);
  if (!status) status = read_numbers(arena, st, path, "rel", rel_number, &out->rel, &out->rel_count, err);
  if (!status) status = read_morph(arena, st, path, out, err);
  if (!status) status = read_lemma(arena, st, path, out, err);
  if (!status) status = read_names(arena, st, path, out, err);
  return status;
}
