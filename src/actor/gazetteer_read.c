/* Reading the tables of schema/gazetteers (their columns: schema/gazetteers/README.md). */
#include <string.h>

#include "actor/gazetteer.h"
#include "base/file.h"
#include "base/utf8.h"

#define MOST_FIELDS 8
#define LONGEST_ACRONYM 5 /* letters; longer names in capitals are found in any case */

typedef struct reader {
  ds_gazetteer *gazetteer;
  const ds_ontology *ontology;
  const char *path;
  long line;
  ds_str field[MOST_FIELDS];
  size_t field_count;
  dossier_error *err;
} reader;

#define FAIL(r, ...) ds_fail_at((r)->err, DOSSIER_INPUT, (r)->path, (r)->line, -1, __VA_ARGS__)

/* The field without blanks; empty for "-" and for one that the line lacks. */
static ds_str field(const reader *r, size_t n) {
  if (n >= r->field_count) return DS_STR_NONE;
  ds_str s = ds_str_trim(r->field[n]);
  return ds_str_eqz(s, "-") ? DS_STR_NONE : s;
}

static dossier_status need(const reader *r, size_t count) {
  if (r->field_count >= count) return DOSSIER_OK;
  return FAIL(r, "this line has %zu columns and needs %zu, separated by tabs", r->field_count, count);
}

static dossier_status read_kind(const reader *r, ds_str name, uint8_t *kind) {
  *kind = ds_ontology_kind(r->ontology, name);
  if (*kind == DS_NO_KIND) return FAIL(r, "the ontology has no kind '%.*s'", DS_STR_ARG(name));
  return DOSSIER_OK;
}

static dossier_status read_gender(const reader *r, ds_str name, uint8_t *gender) {
  *gender = DS_GENDER_UNKNOWN;
  if (ds_str_eqz(name, "m"))
    *gender = DS_GENDER_HE;
  else if (ds_str_eqz(name, "f"))
    *gender = DS_GENDER_SHE;
  else if (name.len)
    return FAIL(r, "'%.*s' should be m, f or -", DS_STR_ARG(name));
  return DOSSIER_OK;
}

static dossier_status add_phrase(const reader *r, ds_phrases *phrases, ds_str words, uint64_t value) {
  if (!words.len) return FAIL(r, "the first column is empty");
  if (ds_phrases_get(phrases, words, NULL)) return FAIL(r, "'%.*s' is listed twice", DS_STR_ARG(words));
  if (!ds_phrases_add(phrases, &r->gazetteer->arena, words, value)) return ds_fail_memory(r->err);
  return DOSSIER_OK;
}

/* --- names of actors ------------------------------------------------------------------------------------------------- */

static bool is_acronym(ds_str name) {
  size_t letters = 0;
  for (size_t i = 0; i < name.len; i++) {
    char c = name.ptr[i];
    if (c == '.') continue;
    if (!(c >= 'A' && c <= 'Z')) return false;
    letters++;
  }
  return letters > 0 && letters <= LONGEST_ACRONYM;
}

/* The first word of a key may start a name of that many words. */
static bool note_start(ds_gazetteer *g, ds_str key) {
  const char *blank = memchr(key.ptr, ' ', key.len);
  ds_str first = {key.ptr, blank ? (size_t)(blank - key.ptr) : key.len};
  uint64_t words = 1, most = 0;
  for (size_t i = 0; i < key.len; i++) words += key.ptr[i] == ' ';
  if (ds_map_get(&g->starts, first, &most) && most >= words) return true;
  return ds_map_put(&g->starts, first, words);
}

/* Appends to an array in the arena; the old array is left behind. */
static bool append_use(ds_gazetteer *g, ds_uses *uses, ds_known_use use) {
  ds_known_use *items = DS_NEW_ARRAY(&g->arena, ds_known_use, uses->count + 1);
  if (!items) return false;
  if (uses->count) memcpy(items, uses->items, uses->count * sizeof *items);
  items[uses->count++] = use;
  uses->items = items;
  return true;
}

static dossier_status add_name(const reader *r, const ds_known *row, ds_str name, ds_known_form form) {
  ds_gazetteer *g = r->gazetteer;
  ds_known_use use = {.row = row, .form = (uint8_t)form, .written = name};
  if (name.len && name.ptr[0] == '~') {
    use.weak = true;
    use.written = ds_str_sub(name, 1, name.len);
  } else if (name.len && name.ptr[0] == '=') {
    use.exact = true;
    use.written = ds_str_sub(name, 1, name.len);
  }
  use.exact |= is_acronym(use.written);
  char key[DS_KEY_SIZE];
  size_t len = ds_name_key(use.written, key);
  if (!len) return FAIL(r, "'%.*s' is no name", DS_STR_ARG(name));
  uint64_t at = 0;
  if (!ds_map_get(&g->keys, (ds_str){key, len}, &at)) {
    ds_str kept = ds_arena_str(&g->arena, (ds_str){key, len});
    at = g->uses.len;
    if (!kept.ptr || !DS_PUSH(g->uses, (ds_uses){0}) || !ds_map_put(&g->keys, kept, at) || !note_start(g, kept))
      return ds_fail_memory(r->err);
  }
  ds_uses *uses = &g->uses.items[at];
  for (size_t i = 0; i < uses->count; i++)
    if (uses->items[i].row == row && uses->items[i].form == form) return DOSSIER_OK;
  return append_use(g, uses, use) ? DOSSIER_OK : ds_fail_memory(r->err);
}

static dossier_status add_names(const reader *r, const ds_known *row, ds_str cell, ds_known_form form) {
  ds_str part;
  dossier_status status = DOSSIER_OK;
  while (status == DOSSIER_OK && ds_str_split(&cell, '|', &part)) status = add_name(r, row, ds_str_trim(part), form);
  return status;
}

/* The row's own list of names: the label, then the second cell's. */
static bool list_names(ds_gazetteer *g, ds_known *row, ds_str cell) {
  size_t count = 1;
  for (size_t i = 0; i < cell.len; i++) count += cell.ptr[i] == '|';
  count += cell.len > 0;
  row->names = DS_NEW_ARRAY(&g->arena, ds_str, count);
  if (!row->names) return false;
  row->names[row->name_count++] = row->label;
  ds_str part;
  while (ds_str_split(&cell, '|', &part)) {
    part = ds_str_trim(part);
    if (part.len && (part.ptr[0] == '~' || part.ptr[0] == '=')) part = ds_str_sub(part, 1, part.len);
    if (part.len) row->names[row->name_count++] = part;
  }
  return true;
}

/* Columns id, kind, label, names; common to the two tables of actors. */
static dossier_status read_known(const reader *r, ds_known **out) {
  ds_gazetteer *g = r->gazetteer;
  ds_known *row = DS_NEW(&g->arena, ds_known);
  if (!row) return ds_fail_memory(r->err);
  row->id = field(r, 0);
  dossier_status status = read_kind(r, field(r, 1), &row->kind);
  if (status != DOSSIER_OK) return status;
  ds_str label = field(r, 2);
  if (!label.len) return FAIL(r, "the label is empty");
  row->label = label.ptr[0] == '~' || label.ptr[0] == '=' ? ds_str_sub(label, 1, label.len) : label;
  if (row->id.len) {
    if (ds_map_get(&g->ids, row->id, NULL)) return FAIL(r, "the id '%.*s' is used twice", DS_STR_ARG(row->id));
    if (!ds_map_put(&g->ids, row->id, g->rows.len)) return ds_fail_memory(r->err);
  }
  if (!DS_PUSH(g->rows, row) || !list_names(g, row, field(r, 3))) return ds_fail_memory(r->err);
  *out = row;
  status = add_name(r, row, label, DS_FORM_NAME);
  return status == DOSSIER_OK ? add_names(r, row, field(r, 3), DS_FORM_NAME) : status;
}

static dossier_status read_actor(reader *r) {
  ds_known *row;
  dossier_status status = need(r, 3);
  if (status == DOSSIER_OK) status = read_known(r, &row);
  if (status == DOSSIER_OK) row->owner = field(r, 4);
  return status;
}

static dossier_status read_state(reader *r) {
  ds_known *row;
  dossier_status status = need(r, 7);
  if (status == DOSSIER_OK) status = read_known(r, &row);
  if (status != DOSSIER_OK) return status;
  ds_str adjectives = field(r, 4);
  (void)ds_str_split(&adjectives, '|', &row->adjective);
  status = add_names(r, row, field(r, 4), DS_FORM_ADJECTIVE);
  if (status == DOSSIER_OK) status = add_names(r, row, field(r, 5), DS_FORM_PEOPLE);
  if (status == DOSSIER_OK) status = add_names(r, row, field(r, 6), DS_FORM_CAPITAL);
  return status;
}

/* --- words ----------------------------------------------------------------------------------------------------------- */

static dossier_status read_office(reader *r) {
  ds_gazetteer *g = r->gazetteer;
  dossier_status status = need(r, 2);
  if (status != DOSSIER_OK) return status;
  ds_str relation = field(r, 1);
  if (ds_ontology_relation(r->ontology, relation) == DS_NO_RELATION)
    return FAIL(r, "the ontology has no relation '%.*s'", DS_STR_ARG(relation));
  status = add_phrase(r, &g->offices, field(r, 0), g->office_rows.len);
  if (status != DOSSIER_OK) return status;
  return DS_PUSH(g->office_rows, (ds_office){field(r, 0), relation}) ? DOSSIER_OK : ds_fail_memory(r->err);
}

static dossier_status read_gendered(reader *r, ds_phrases *phrases) {
  uint8_t gender;
  dossier_status status = need(r, 2);
  if (status == DOSSIER_OK) status = read_gender(r, field(r, 1), &gender);
  /* "Mr" and "Mr." have one key. */
  if (status == DOSSIER_OK && ds_phrases_get(phrases, field(r, 0), NULL)) return DOSSIER_OK;
  return status == DOSSIER_OK ? add_phrase(r, phrases, field(r, 0), gender) : status;
}

static dossier_status read_title(reader *r) {
  return read_gendered(r, &r->gazetteer->titles);
}
static dossier_status read_given_name(reader *r) {
  return read_gendered(r, &r->gazetteer->given);
}

static dossier_status read_kind_word(reader *r) {
  ds_gazetteer *g = r->gazetteer;
  ds_kind_word word = {0};
  dossier_status status = need(r, 2);
  if (status != DOSSIER_OK) return status;
  if (field(r, 1).len)
    status = read_kind(r, field(r, 1), &word.kind);
  else
    word.kind = DS_NO_KIND;
  if (status != DOSSIER_OK) return status;
  ds_str sure = field(r, 2);
  if (sure.len && !ds_str_eqz(sure, "sure")) return FAIL(r, "'%.*s' should be sure or -", DS_STR_ARG(sure));
  word.sure = sure.len > 0;
  status = add_phrase(r, &g->kind_words, field(r, 0), g->kind_word_rows.len);
  if (status != DOSSIER_OK) return status;
  return DS_PUSH(g->kind_word_rows, word) ? DOSSIER_OK : ds_fail_memory(r->err);
}

static dossier_status read_model_kind(reader *r) {
  dossier_status status = need(r, 2);
  if (status != DOSSIER_OK) return status;
  uint8_t kind = DS_NO_KIND;
  if (field(r, 1).len) status = read_kind(r, field(r, 1), &kind);
  if (status != DOSSIER_OK) return status;
  for (int i = 0; i <= DS_NAME_MISC; i++)
    if (ds_str_eqz(field(r, 0), ds_name_kind_label((ds_name_kind)i))) {
      r->gazetteer->model_kinds[i] = kind;
      return DOSSIER_OK;
    }
  return FAIL(r, "the model has no kind of name '%.*s'", DS_STR_ARG(field(r, 0)));
}

static dossier_status read_description(reader *r) {
  ds_gazetteer *g = r->gazetteer;
  ds_description row = {0};
  dossier_status status = need(r, 4);
  if (status != DOSSIER_OK) return status;
  ds_str kinds = field(r, 1), part;
  while (ds_str_split(&kinds, '|', &part)) {
    uint8_t kind;
    status = read_kind(r, ds_str_trim(part), &kind);
    if (status != DOSSIER_OK) return status;
    row.kinds |= UINT64_C(1) << kind;
  }
  if (!ds_str_eqz(field(r, 2), "s") && !ds_str_eqz(field(r, 2), "p"))
    return FAIL(r, "the third column should be s or p");
  row.plural = ds_str_eqz(field(r, 2), "p");
  status = read_gender(r, field(r, 3), &row.gender);
  if (status == DOSSIER_OK) status = add_phrase(r, &g->descriptions, field(r, 0), g->description_rows.len);
  if (status != DOSSIER_OK) return status;
  return DS_PUSH(g->description_rows, row) ? DOSSIER_OK : ds_fail_memory(r->err);
}

static dossier_status read_part(reader *r) {
  ds_gazetteer *g = r->gazetteer;
  ds_part row = {.kind = DS_NO_KIND, .local = DS_NO_KIND};
  dossier_status status = need(r, 3);
  if (status != DOSSIER_OK) return status;
  ds_str what = field(r, 1), alone = field(r, 2);
  row.of_group = ds_str_eqz(what, "+");
  if (!row.of_group && !ds_str_eqz(what, "=")) status = read_kind(r, what, &row.kind);
  if (status != DOSSIER_OK) return status;
  if (ds_str_eqz(alone, "owner"))
    row.alone = DS_ALONE_OWNER;
  else if (ds_str_eqz(alone, "own"))
    row.alone = DS_ALONE_OWN;
  else if (ds_str_eqz(alone, "named"))
    row.alone = DS_ALONE_NAMED;
  else if (alone.len)
    return FAIL(r, "'%.*s' should be owner, own, named or -", DS_STR_ARG(alone));
  if (field(r, 3).len) status = read_kind(r, field(r, 3), &row.local);
  if (status != DOSSIER_OK) return status;
  status = add_phrase(r, &g->parts, field(r, 0), g->part_rows.len);
  if (status != DOSSIER_OK) return status;
  return DS_PUSH(g->part_rows, row) ? DOSSIER_OK : ds_fail_memory(r->err);
}

static dossier_status read_place_word(reader *r) {
  return add_phrase(r, &r->gazetteer->place_words, field(r, 0), 0);
}

/* --- files ----------------------------------------------------------------------------------------------------------- */

static const struct {
  const char *name;
  dossier_status (*read)(reader *r);
} TABLES[] = {
    {"actors", read_actor},
    {"states", read_state},
    {"offices", read_office},
    {"titles", read_title},
    {"given-names", read_given_name},
    {"kind-words", read_kind_word},
    {"model-kinds", read_model_kind},
    {"descriptions", read_description},
    {"parts", read_part},
    {"place-words", read_place_word},
};

static dossier_status find_table(const reader *r, ds_str line, size_t *table) {
  ds_str name = ds_str_starts(line, DS_STR("#table ")) ? ds_str_trim(ds_str_sub(line, 7, line.len)) : DS_STR_NONE;
  for (*table = 0; *table < sizeof TABLES / sizeof *TABLES; (*table)++)
    if (ds_str_eqz(name, TABLES[*table].name)) return DOSSIER_OK;
  return FAIL(r, "the first line should name the table: #table actors (README.md there lists the tables)");
}

static dossier_status read_lines(reader *r, ds_str rest) {
  ds_str line, part;
  size_t table = 0;
  dossier_status status = DOSSIER_OK;
  while (status == DOSSIER_OK && ds_str_split(&rest, '\n', &line)) {
    r->line++;
    if (r->line == 1) {
      status = find_table(r, line, &table);
      continue;
    }
    if (!ds_str_trim(line).len || line.ptr[0] == '#') continue;
    r->field_count = 0;
    while (ds_str_split(&line, '\t', &part)) {
      if (r->field_count == MOST_FIELDS) return FAIL(r, "this line has more than %d columns", MOST_FIELDS);
      r->field[r->field_count++] = part;
    }
    status = TABLES[table].read(r);
  }
  if (status == DOSSIER_OK && !r->line) return FAIL(r, "this table is empty");
  return status;
}

dossier_status ds_gazetteer_read(ds_gazetteer *gazetteer, const ds_ontology *ontology, const char *path,
                                 dossier_error *err) {
  ds_buf raw, text;
  ds_buf_init(&raw);
  ds_buf_init(&text);
  dossier_status status = ds_file_read(path, &raw, err);
  if (status != DOSSIER_OK) goto done;
  ds_utf8_repair(ds_buf_str(&raw), &text);
  ds_str kept = ds_arena_str(&gazetteer->arena, ds_buf_str(&text));
  if (text.failed || !kept.ptr) {
    status = ds_fail_memory(err);
    goto done;
  }
  reader r = {.gazetteer = gazetteer, .ontology = ontology, .path = path, .err = err};
  status = read_lines(&r, kept);
done:
  ds_buf_release(&raw);
  ds_buf_release(&text);
  return status;
}

/* States first, else as the files had them. */
static bool order_uses(ds_gazetteer *g, ds_uses *uses, uint64_t states) {
  ds_known_use *items = DS_NEW_ARRAY(&g->arena, ds_known_use, uses->count);
  uses->rows = DS_NEW_ARRAY(&g->arena, const ds_known *, uses->count);
  if (!items || !uses->rows) return false;
  size_t n = 0;
  for (int pass = 0; pass < 2; pass++)
    for (size_t i = 0; i < uses->count; i++)
      if ((states >> uses->items[i].row->kind & 1) == (pass == 0)) items[n++] = uses->items[i];
  uses->items = items;
  for (size_t i = 0; i < uses->count; i++)
    if (items[i].form == DS_FORM_NAME) uses->rows[uses->row_count++] = items[i].row;
  return true;
}

dossier_status ds_gazetteer_finish(ds_gazetteer *gazetteer, const ds_ontology *ontology, dossier_error *err) {
  for (size_t i = 0; i < gazetteer->rows.len; i++) {
    const ds_known *row = gazetteer->rows.items[i];
    if (row->owner.len && !ds_map_get(&gazetteer->ids, row->owner, NULL))
      return ds_fail(err, DOSSIER_INPUT, "the gazetteers have no actor '%.*s', the owner of '%.*s'",
                     DS_STR_ARG(row->owner), DS_STR_ARG(row->label));
  }
  uint64_t states = 0;
  for (size_t i = 0; i < ontology->kind_count; i++)
    if (ontology->kinds[i].like == DS_LIKE_STATE) states |= UINT64_C(1) << i;
  for (size_t i = 0; i < gazetteer->uses.len; i++)
    if (!order_uses(gazetteer, &gazetteer->uses.items[i], states)) return ds_fail_memory(err);
  return DOSSIER_OK;
}
