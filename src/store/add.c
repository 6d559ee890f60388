/* Writing one record: one transaction, all or nothing (I7). */
#include "store/internal.h"

static void bind_str(sqlite3_stmt *statement, int at, ds_str s) {
  sqlite3_bind_text64(statement, at, s.ptr ? s.ptr : "", s.len, SQLITE_STATIC, SQLITE_UTF8);
}

static void bind_index(sqlite3_stmt *statement, int at, uint32_t index) {
  if (index == DS_NO_ENTITY)
    sqlite3_bind_null(statement, at);
  else
    sqlite3_bind_int64(statement, at, index);
}

static dossier_status finish(ds_store *store, sqlite3_stmt *statement, dossier_error *err) {
  int code = sqlite3_step(statement);
  dossier_status status = code == SQLITE_DONE ? DOSSIER_OK : ds_store_fail(store, err, "cannot add an article");
  sqlite3_reset(statement);
  sqlite3_clear_bindings(statement);
  return status;
}

static dossier_status add_article(ds_store *store, const ds_article *article, sqlite3_int64 *id, dossier_error *err) {
  sqlite3_stmt *statement = ds_store_statement_get(store, DS_SQL_ADD_ARTICLE, err);
  if (!statement) return DOSSIER_SYSTEM;
  bind_str(statement, 1, ds_str_from(article->sha256));
  bind_str(statement, 2, article->path);
  bind_str(statement, 3, article->title);
  bind_str(statement, 4, article->publisher);
  bind_str(statement, 5, article->published);
  bind_str(statement, 6, article->url);
  bind_str(statement, 7, article->text);
  dossier_status status = finish(store, statement, err);
  *id = sqlite3_last_insert_rowid(store->db);
  for (size_t i = 0; i < article->author_count && status == DOSSIER_OK; i++) {
    statement = ds_store_statement_get(store, DS_SQL_ADD_AUTHOR, err);
    if (!statement) return DOSSIER_SYSTEM;
    sqlite3_bind_int64(statement, 1, *id);
    sqlite3_bind_int64(statement, 2, (sqlite3_int64)i);
    bind_str(statement, 3, article->authors[i]);
    status = finish(store, statement, err);
  }
  return status;
}

static dossier_status add_entity(ds_store *store, sqlite3_int64 article, size_t number, const ds_record_entity *entity,
                                 dossier_error *err) {
  sqlite3_stmt *statement = ds_store_statement_get(store, DS_SQL_ADD_ENTITY, err);
  if (!statement) return DOSSIER_SYSTEM;
  sqlite3_bind_int64(statement, 1, article);
  sqlite3_bind_int64(statement, 2, (sqlite3_int64)number);
  bind_str(statement, 3, entity->kind);
  bind_str(statement, 4, entity->label);
  bind_str(statement, 5, entity->known);
  sqlite3_bind_int64(statement, 6, entity->mentions);
  bind_index(statement, 7, entity->owner);
  dossier_status status = finish(store, statement, err);
  for (size_t i = 0; i < entity->name_count && status == DOSSIER_OK; i++) {
    statement = ds_store_statement_get(store, DS_SQL_ADD_NAME, err);
    if (!statement) return DOSSIER_SYSTEM;
    sqlite3_bind_int64(statement, 1, article);
    sqlite3_bind_int64(statement, 2, (sqlite3_int64)number);
    sqlite3_bind_int64(statement, 3, (sqlite3_int64)i);
    bind_str(statement, 4, entity->names[i]);
    status = finish(store, statement, err);
  }
  return status;
}

static dossier_status add_evidence(ds_store *store, ds_str quote, dossier_error *err) {
  sqlite3_int64 claim = sqlite3_last_insert_rowid(store->db);
  sqlite3_stmt *statement = ds_store_statement_get(store, DS_SQL_ADD_EVIDENCE, err);
  if (!statement) return DOSSIER_SYSTEM;
  sqlite3_bind_int64(statement, 1, claim);
  bind_str(statement, 2, quote);
  return finish(store, statement, err);
}

static dossier_status add_claim(ds_store *store, sqlite3_int64 article, size_t number, const ds_record *record,
                                dossier_error *err) {
  const ds_record_claim *claim = &record->claims[number];
  sqlite3_stmt *statement = ds_store_statement_get(store, DS_SQL_ADD_CLAIM, err);
  if (!statement) return DOSSIER_SYSTEM;
  sqlite3_bind_int64(statement, 1, article);
  sqlite3_bind_int64(statement, 2, (sqlite3_int64)number);
  bind_index(statement, 3, claim->subject);
  bind_str(statement, 4, claim->relation);
  bind_index(statement, 5, claim->object);
  bind_index(statement, 6, claim->speaker);
  bind_str(statement, 7, ds_str_from(ds_polarity_name(claim->polarity)));
  bind_str(statement, 8, ds_str_from(ds_certainty_name(claim->certainty)));
  bind_str(statement, 9, claim->role);
  bind_str(statement, 10, claim->date);
  const char *basis = ds_date_basis_name(claim->date_basis);
  if (basis) bind_str(statement, 11, ds_str_from(basis));
  sqlite3_bind_int64(statement, 12, claim->start);
  sqlite3_bind_int64(statement, 13, claim->end);
  sqlite3_bind_double(statement, 14, (double)claim->confidence);
  bind_str(statement, 15, claim->rule);
  bind_str(statement, 16, claim->subject_words);
  bind_str(statement, 17, claim->object_words);
  dossier_status status = finish(store, statement, err);
  return status == DOSSIER_OK ? add_evidence(store, ds_str_sub(record->article.text, claim->start, claim->end), err)
                              : status;
}

static dossier_status add_all(ds_store *store, const ds_record *record, dossier_error *err) {
  sqlite3_int64 article = 0;
  dossier_status status = add_article(store, &record->article, &article, err);
  for (size_t i = 0; i < record->entity_count && status == DOSSIER_OK; i++)
    status = add_entity(store, article, i, &record->entities[i], err);
  for (size_t i = 0; i < record->claim_count && status == DOSSIER_OK; i++)
    status = add_claim(store, article, i, record, err);
  return status;
}

static dossier_status move(ds_store *store, sqlite3_int64 article, ds_str path, dossier_error *err) {
  sqlite3_stmt *statement = ds_store_statement_get(store, DS_SQL_MOVE, err);
  if (!statement) return DOSSIER_SYSTEM;
  bind_str(statement, 1, path);
  sqlite3_bind_int64(statement, 2, article);
  return finish(store, statement, err);
}

dossier_status ds_store_add(ds_store *store, const ds_record *record, bool *added, dossier_error *err) {
  *added = false;
  if (sqlite3_exec(store->db, "BEGIN IMMEDIATE", NULL, NULL, NULL) != SQLITE_OK)
    return ds_store_fail(store, err, "cannot write to the store");
  ds_store_place place;
  dossier_status status = ds_store_look_up(store, &record->article, &place, err);
  if (status == DOSSIER_OK && !place.found) status = add_all(store, record, err);
  if (status == DOSSIER_OK && place.later_path) status = move(store, place.id, record->article.path, err);
  if (status == DOSSIER_OK && sqlite3_exec(store->db, "COMMIT", NULL, NULL, NULL) != SQLITE_OK)
    status = ds_store_fail(store, err, "cannot write to the store");
  if (status != DOSSIER_OK) {
    sqlite3_exec(store->db, "ROLLBACK", NULL, NULL, NULL);
    return status;
  }
  *added = !place.found;
  return DOSSIER_OK;
}
