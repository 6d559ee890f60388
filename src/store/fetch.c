/* Reading records back, searching the evidence, checking what is stored. */
#include "base/sha256.h"
#include "base/utf8.h"
#include "store/internal.h"

#include <stdio.h>
#include <string.h>

/* A column's text in the arena. */
static ds_str column_str(ds_arena *arena, sqlite3_stmt *statement, int column, bool *memory) {
  const unsigned char *text = sqlite3_column_text(statement, column);
  int size = sqlite3_column_bytes(statement, column);
  ds_str copy = ds_arena_str(arena, (ds_str){(const char *)text, text ? (size_t)size : 0});
  if (!copy.ptr) *memory = false;
  return copy;
}

static uint32_t column_index(sqlite3_stmt *statement, int column) {
  return sqlite3_column_type(statement, column) == SQLITE_NULL ? DS_NO_ENTITY
                                                               : (uint32_t)sqlite3_column_int64(statement, column);
}

/* The rows of one article: calls `row` for each. `row` returns false where memory ran out. */
static dossier_status each_row(ds_store *store, ds_store_statement which, sqlite3_int64 article,
                               bool (*row)(void *context, sqlite3_stmt *statement), void *context, dossier_error *err) {
  sqlite3_stmt *statement = ds_store_statement_get(store, which, err);
  if (!statement) return DOSSIER_SYSTEM;
  sqlite3_bind_int64(statement, 1, article);
  dossier_status status = DOSSIER_OK;
  int code;
  while ((code = sqlite3_step(statement)) == SQLITE_ROW && status == DOSSIER_OK)
    if (!row(context, statement)) status = ds_fail_memory(err);
  if (status == DOSSIER_OK && code != SQLITE_DONE) status = ds_store_fail(store, err, "cannot read the store");
  sqlite3_reset(statement);
  return status;
}

/* Growing arrays in the arena: a record's lists are read before their lengths are known. */
typedef struct reading {
  ds_arena *arena;
  ds_record *record;
  size_t capacity;
  size_t names_read;
} reading;

static void *grown(reading *r, void *items, size_t count, size_t size) {
  if (count < r->capacity) return items;
  size_t capacity = r->capacity ? r->capacity * 2 : 8;
  void *bigger = ds_arena_array(r->arena, capacity, size);
  if (bigger && count) memcpy(bigger, items, count * size);
  if (bigger) r->capacity = capacity;
  return bigger;
}

static bool read_author(void *context, sqlite3_stmt *statement) {
  reading *r = context;
  ds_article *article = &r->record->article;
  ds_str *authors = grown(r, article->authors, article->author_count, sizeof *authors);
  bool memory = authors != NULL;
  if (memory) {
    article->authors = authors;
    authors[article->author_count++] = column_str(r->arena, statement, 0, &memory);
  }
  return memory;
}

static bool read_entity(void *context, sqlite3_stmt *statement) {
  reading *r = context;
  ds_record_entity *entities = grown(r, r->record->entities, r->record->entity_count, sizeof *entities);
  if (!entities) return false;
  r->record->entities = entities;
  bool memory = true;
  ds_record_entity *entity = &entities[r->record->entity_count++];
  entity->kind = column_str(r->arena, statement, 0, &memory);
  entity->label = column_str(r->arena, statement, 1, &memory);
  entity->known = column_str(r->arena, statement, 2, &memory);
  entity->mentions = (uint32_t)sqlite3_column_int64(statement, 3);
  entity->owner = column_index(statement, 4);
  return memory;
}

static bool read_name(void *context, sqlite3_stmt *statement) {
  reading *r = context;
  size_t number = (size_t)sqlite3_column_int64(statement, 0);
  if (number >= r->record->entity_count) return true;
  ds_record_entity *entity = &r->record->entities[number];
  if (entity->name_count == 0) r->capacity = 0;
  ds_str *names = grown(r, entity->names, entity->name_count, sizeof *names);
  bool memory = names != NULL;
  if (memory) {
    entity->names = names;
    names[entity->name_count++] = column_str(r->arena, statement, 1, &memory);
  }
  return memory;
}

static uint8_t value_of(const char *text, const char *second, const char *third) {
  return (uint8_t)(text && second && !strcmp(text, second) ? 1 : text && third && !strcmp(text, third) ? 2 : 0);
}

static bool read_claim(void *context, sqlite3_stmt *statement) {
  reading *r = context;
  ds_record_claim *claims = grown(r, r->record->claims, r->record->claim_count, sizeof *claims);
  if (!claims) return false;
  r->record->claims = claims;
  ds_record_claim *claim = &claims[r->record->claim_count++];
  bool memory = true;
  claim->subject = column_index(statement, 0);
  claim->object = column_index(statement, 1);
  claim->speaker = column_index(statement, 2);
  claim->polarity = value_of((const char *)sqlite3_column_text(statement, 3), ds_polarity_name(DS_DENIED), NULL);
  claim->certainty = value_of((const char *)sqlite3_column_text(statement, 4), ds_certainty_name(DS_REPORTED),
                              ds_certainty_name(DS_POSSIBLE));
  claim->date_basis = value_of((const char *)sqlite3_column_text(statement, 5), ds_date_basis_name(DS_DATE_TEXT),
                               ds_date_basis_name(DS_DATE_PUBLISHED));
  claim->start = (uint32_t)sqlite3_column_int64(statement, 6);
  claim->end = (uint32_t)sqlite3_column_int64(statement, 7);
  claim->confidence = (float)sqlite3_column_double(statement, 8);
  claim->relation = column_str(r->arena, statement, 9, &memory);
  claim->role = column_str(r->arena, statement, 10, &memory);
  claim->date = column_str(r->arena, statement, 11, &memory);
  claim->rule = column_str(r->arena, statement, 12, &memory);
  claim->subject_words = column_str(r->arena, statement, 13, &memory);
  claim->object_words = column_str(r->arena, statement, 14, &memory);
  return memory;
}

static bool read_article(ds_arena *arena, sqlite3_stmt *statement, ds_article *article) {
  bool memory = true;
  const char *sha256 = (const char *)sqlite3_column_text(statement, 1);
  snprintf(article->sha256, sizeof article->sha256, "%s", sha256 ? sha256 : "");
  article->path = column_str(arena, statement, 2, &memory);
  article->title = column_str(arena, statement, 3, &memory);
  article->publisher = column_str(arena, statement, 4, &memory);
  article->published = column_str(arena, statement, 5, &memory);
  article->url = column_str(arena, statement, 6, &memory);
  article->text = column_str(arena, statement, 7, &memory);
  return memory;
}

static dossier_status read_lists(ds_store *store, ds_arena *arena, sqlite3_int64 id, ds_record *record,
                                 dossier_error *err) {
  static const struct {
    ds_store_statement which;
    bool (*row)(void *, sqlite3_stmt *);
  } lists[] = {{DS_SQL_AUTHORS, read_author},
               {DS_SQL_ENTITIES, read_entity},
               {DS_SQL_NAMES, read_name},
               {DS_SQL_CLAIMS, read_claim}};
  dossier_status status = DOSSIER_OK;
  for (size_t i = 0; i < sizeof lists / sizeof *lists && status == DOSSIER_OK; i++) {
    reading r = {.arena = arena, .record = record};
    status = each_row(store, lists[i].which, id, lists[i].row, &r, err);
  }
  return status;
}

dossier_status ds_store_read(ds_store *store, ds_arena *arena, ds_record **records, size_t *count, dossier_error *err) {
  size_t expected = 0;
  *records = NULL;
  *count = 0;
  dossier_status status = ds_store_count(store, &expected, err);
  if (status != DOSSIER_OK) return status;
  sqlite3_stmt *statement = ds_store_statement_get(store, DS_SQL_ARTICLES, err);
  if (!statement) return DOSSIER_SYSTEM;
  *records = DS_NEW_ARRAY(arena, ds_record, expected);
  if (!*records) return ds_fail_memory(err);
  int code = SQLITE_DONE;
  /* Another process may add articles meanwhile: what was counted is what is read. */
  while (*count < expected && (code = sqlite3_step(statement)) == SQLITE_ROW && status == DOSSIER_OK) {
    ds_record *record = &(*records)[(*count)++];
    status = read_article(arena, statement, &record->article)
                 ? read_lists(store, arena, sqlite3_column_int64(statement, 0), record, err)
                 : ds_fail_memory(err);
  }
  if (status == DOSSIER_OK && code != SQLITE_DONE && code != SQLITE_ROW)
    status = ds_store_fail(store, err, "cannot read the store");
  sqlite3_reset(statement);
  return status;
}

/* Each word of the question in quotes: whatever the user types is words, never FTS5's syntax. */
static bool match_expression(ds_str words, ds_buf *out) {
  ds_str word;
  while (ds_str_split(&words, ' ', &word)) {
    if (!word.len) continue;
    ds_buf_byte(out, '"');
    for (size_t i = 0; i < word.len; i++) {
      if (word.ptr[i] == '"') ds_buf_byte(out, '"');
      ds_buf_byte(out, word.ptr[i]);
    }
    ds_buf_appendz(out, "\" ");
  }
  return out->len > 0;
}

dossier_status ds_store_search(ds_store *store, ds_arena *arena, ds_str words, size_t limit, ds_store_hit **hits,
                               size_t *count, dossier_error *err) {
  *hits = NULL;
  *count = 0;
  ds_buf expression;
  ds_buf_init(&expression);
  sqlite3_stmt *statement = ds_store_statement_get(store, DS_SQL_SEARCH, err);
  dossier_status status = statement ? DOSSIER_OK : DOSSIER_SYSTEM;
  if (statement && match_expression(words, &expression)) {
    *hits = DS_NEW_ARRAY(arena, ds_store_hit, limit);
    if (!*hits || expression.failed) status = ds_fail_memory(err);
    sqlite3_bind_text(statement, 1, expression.data, (int)expression.len, SQLITE_STATIC);
    sqlite3_bind_int64(statement, 2, (sqlite3_int64)limit);
    int code = SQLITE_DONE;
    while (status == DOSSIER_OK && *count < limit && (code = sqlite3_step(statement)) == SQLITE_ROW) {
      ds_store_hit *hit = &(*hits)[(*count)++];
      snprintf(hit->sha256, sizeof hit->sha256, "%s", (const char *)sqlite3_column_text(statement, 0));
      hit->start = (uint32_t)sqlite3_column_int64(statement, 1);
      hit->end = (uint32_t)sqlite3_column_int64(statement, 2);
    }
    if (status == DOSSIER_OK && code != SQLITE_DONE && code != SQLITE_ROW)
      status = ds_store_fail(store, err, "cannot search the evidence");
    sqlite3_reset(statement);
    sqlite3_clear_bindings(statement);
  }
  ds_buf_release(&expression);
  return status;
}

typedef struct checking {
  void (*problem)(void *context, const char *message);
  void *context;
  size_t faults;
} checking;

static void fault(checking *c, const ds_article *article, const char *format, size_t number) {
  char message[700], what[160];
  snprintf(what, sizeof what, format, number);
  snprintf(message, sizeof message, "%.*s (%.12s): %s", DS_STR_ARG(article->path), article->sha256, what);
  c->faults++;
  c->problem(c->context, message);
}

static void check_record(checking *c, const ds_record *record) {
  char sha256[65];
  ds_sha256_hex(record->article.text, sha256);
  if (strcmp(sha256, record->article.sha256) != 0)
    fault(c, &record->article, "the text was changed: it no longer has the hash it was stored under", 0);
  if (!ds_utf8_valid(record->article.text)) fault(c, &record->article, "the text is not valid UTF-8", 0);
  for (size_t i = 0; i < record->claim_count; i++) {
    const ds_record_claim *claim = &record->claims[i];
    ds_str text = record->article.text;
    bool inside = claim->start < claim->end && claim->end <= text.len;
    if (!inside)
      fault(c, &record->article, "claim %zu has no words: its span is not inside the text (I1, I2)", i + 1);
    else if (((unsigned char)text.ptr[claim->start] & 0xC0) == 0x80 ||
             (claim->end < text.len && ((unsigned char)text.ptr[claim->end] & 0xC0) == 0x80))
      fault(c, &record->article, "claim %zu is cut inside a character (I1)", i + 1);
    if (claim->subject >= record->entity_count || claim->object >= record->entity_count ||
        (claim->speaker != DS_NO_ENTITY && claim->speaker >= record->entity_count))
      fault(c, &record->article, "claim %zu names an entity that is not there (I2)", i + 1);
  }
}

static dossier_status check_file(ds_store *store, checking *c, dossier_error *err) {
  sqlite3_stmt *statement = ds_store_statement_get(store, DS_SQL_INTEGRITY, err);
  if (!statement) return DOSSIER_SYSTEM;
  while (sqlite3_step(statement) == SQLITE_ROW) {
    const char *line = (const char *)sqlite3_column_text(statement, 0);
    if (line && strcmp(line, "ok") != 0) {
      c->faults++;
      c->problem(c->context, line);
    }
  }
  return sqlite3_reset(statement) == SQLITE_OK ? DOSSIER_OK : ds_store_fail(store, err, "cannot check the store");
}

dossier_status ds_store_check(ds_store *store, void (*problem)(void *context, const char *message), void *context,
                              dossier_error *err) {
  checking c = {problem, context, 0};
  ds_record *records;
  size_t count;
  ds_arena arena;
  ds_arena_init(&arena);
  dossier_status status = check_file(store, &c, err);
  if (status == DOSSIER_OK) status = ds_store_read(store, &arena, &records, &count, err);
  for (size_t i = 0; status == DOSSIER_OK && i < count; i++) check_record(&c, &records[i]);
  ds_arena_release(&arena);
  if (status == DOSSIER_OK && c.faults)
    status = ds_fail_at(err, DOSSIER_INPUT, store->path, 0, -1, "%zu faults; read the articles again into a new store",
                        c.faults);
  return status;
}
