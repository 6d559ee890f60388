#include "base/file.h"
#include "store/internal.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

dossier_status ds_store_fail(ds_store *store, dossier_error *err, const char *doing) {
  int code = sqlite3_errcode(store->db) & 0xff;
  if (code == SQLITE_NOTADB)
    return ds_fail_at(err, DOSSIER_INPUT, store->path, 0, -1, "this is no dossier store; give another name after -d");
  bool machine = code == SQLITE_FULL || code == SQLITE_NOMEM || code == SQLITE_IOERR || code == SQLITE_PERM ||
                 code == SQLITE_READONLY || code == SQLITE_BUSY || code == SQLITE_LOCKED;
  return ds_fail_at(err, machine ? DOSSIER_SYSTEM : DOSSIER_INPUT, store->path, 0, -1, "%s: %s", doing,
                    sqlite3_errmsg(store->db));
}

sqlite3_stmt *ds_store_statement_get(ds_store *store, ds_store_statement which, dossier_error *err) {
  sqlite3_stmt **statement = &store->statements[which];
  if (!*statement &&
      sqlite3_prepare_v3(store->db, ds_store_sql[which], -1, SQLITE_PREPARE_PERSISTENT, statement, NULL) != SQLITE_OK) {
    ds_store_fail(store, err, "cannot use the store");
    return NULL;
  }
  return *statement;
}

static dossier_status pragma_int(ds_store *store, const char *sql, int *out, dossier_error *err) {
  sqlite3_stmt *statement = NULL;
  if (sqlite3_prepare_v2(store->db, sql, -1, &statement, NULL) != SQLITE_OK || sqlite3_step(statement) != SQLITE_ROW) {
    dossier_status status = ds_store_fail(store, err, "cannot read the store");
    sqlite3_finalize(statement);
    return status;
  }
  *out = sqlite3_column_int(statement, 0);
  sqlite3_finalize(statement);
  return DOSSIER_OK;
}

static dossier_status create_tables(ds_store *store, dossier_error *err) {
  char pragmas[128];
  snprintf(pragmas, sizeof pragmas, "PRAGMA application_id = %d; PRAGMA user_version = %d; COMMIT",
           DS_STORE_APPLICATION_ID, DS_STORE_VERSION);
  if (sqlite3_exec(store->db, "PRAGMA journal_mode = WAL; BEGIN IMMEDIATE", NULL, NULL, NULL) != SQLITE_OK ||
      sqlite3_exec(store->db, ds_store_schema, NULL, NULL, NULL) != SQLITE_OK ||
      sqlite3_exec(store->db, pragmas, NULL, NULL, NULL) != SQLITE_OK) {
    dossier_status status = ds_store_fail(store, err, "cannot make the store");
    sqlite3_exec(store->db, "ROLLBACK", NULL, NULL, NULL);
    return status;
  }
  return DOSSIER_OK;
}

/* A file of ours, an empty one to be made into one, or an error. */
static dossier_status check_identity(ds_store *store, ds_store_mode mode, dossier_error *err) {
  int application = 0, version = 0, tables = 0;
  dossier_status status = pragma_int(store, "PRAGMA application_id", &application, err);
  if (status == DOSSIER_OK) status = pragma_int(store, "PRAGMA user_version", &version, err);
  if (status == DOSSIER_OK) status = pragma_int(store, "SELECT count(*) FROM sqlite_master", &tables, err);
  if (status != DOSSIER_OK) return status;
  if (application == DS_STORE_APPLICATION_ID && version > DS_STORE_VERSION)
    return ds_fail_at(err, DOSSIER_INPUT, store->path, 0, -1,
                      "this store has version %d and this dossier knows versions up to %d; use a newer dossier",
                      version, DS_STORE_VERSION);
  if (application == DS_STORE_APPLICATION_ID && version >= 1) return DOSSIER_OK;
  if (tables == 0 && application == 0 && mode == DS_STORE_WRITE) return create_tables(store, err);
  return ds_fail_at(err, DOSSIER_INPUT, store->path, 0, -1, "this is no dossier store; give another name after -d");
}

static dossier_status open_file(ds_store *store, const char *path, ds_store_mode mode, dossier_error *err) {
  int flags = mode == DS_STORE_WRITE ? SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE : SQLITE_OPEN_READONLY;
  if (mode == DS_STORE_READ && !ds_file_exists(path))
    return ds_fail_at(err, DOSSIER_INPUT, path, 0, -1, "no such store; make one with: dossier build PATH... -d %s",
                      path);
  if (sqlite3_open_v2(path, &store->db, flags | SQLITE_OPEN_NOMUTEX, NULL) != SQLITE_OK)
    return store->db ? ds_store_fail(store, err, "cannot open the store (does its folder exist?)")
                     : ds_fail_memory(err);
  sqlite3_busy_timeout(store->db, 10000);
  /* WAL with NORMAL: a crash at any moment leaves whole transactions (I7). */
  if (mode == DS_STORE_WRITE &&
      sqlite3_exec(store->db, "PRAGMA synchronous = NORMAL; PRAGMA foreign_keys = ON", NULL, NULL, NULL) != SQLITE_OK)
    return ds_store_fail(store, err, "cannot open the store");
  return check_identity(store, mode, err);
}

/* A store in a folder that cannot be written to has no place for SQLite's shared memory: it is read as a file that nobody
 * else changes. */
static dossier_status open_unwritable(ds_store *store, const char *path, dossier_error *err) {
  sqlite3_close(store->db);
  store->db = NULL;
  ds_buf uri;
  ds_buf_init(&uri);
  ds_buf_appendz(&uri, "file:");
  for (const char *p = path; *p; p++)
    if (strchr("%?#", *p))
      ds_buf_printf(&uri, "%%%02X", (unsigned char)*p);
    else
      ds_buf_byte(&uri, *p);
  ds_buf_appendz(&uri, "?immutable=1");
  if (uri.failed) {
    ds_buf_release(&uri);
    return ds_fail_memory(err);
  }
  int code = sqlite3_open_v2(uri.data, &store->db, SQLITE_OPEN_READONLY | SQLITE_OPEN_URI | SQLITE_OPEN_NOMUTEX, NULL);
  ds_buf_release(&uri);
  if (code != SQLITE_OK) return store->db ? ds_store_fail(store, err, "cannot open the store") : ds_fail_memory(err);
  return check_identity(store, DS_STORE_READ, err);
}

dossier_status ds_store_open(ds_store **out, const char *path, ds_store_mode mode, dossier_error *err) {
  *out = NULL;
  ds_store *store = calloc(1, sizeof *store);
  if (!store) return ds_fail_memory(err);
  snprintf(store->path, sizeof store->path, "%s", path);
  dossier_status status = open_file(store, path, mode, err);
  int code = store->db ? sqlite3_errcode(store->db) & 0xff : SQLITE_OK;
  if (status != DOSSIER_OK && mode == DS_STORE_READ && (code == SQLITE_CANTOPEN || code == SQLITE_READONLY))
    status = open_unwritable(store, path, err);
  if (status != DOSSIER_OK) {
    ds_store_free(store);
    return status;
  }
  *out = store;
  return DOSSIER_OK;
}

void ds_store_free(ds_store *store) {
  if (!store) return;
  for (int i = 0; i < DS_SQL_STATEMENTS; i++) sqlite3_finalize(store->statements[i]);
  sqlite3_close(store->db);
  free(store);
}

static void bind_str(sqlite3_stmt *statement, int at, ds_str s) {
  sqlite3_bind_text64(statement, at, s.ptr ? s.ptr : "", s.len, SQLITE_STATIC, SQLITE_UTF8);
}

dossier_status ds_store_look_up(ds_store *store, const ds_article *article, ds_store_place *place, dossier_error *err) {
  sqlite3_stmt *statement = ds_store_statement_get(store, DS_SQL_HAS, err);
  if (!statement) return DOSSIER_SYSTEM;
  bind_str(statement, 1, ds_str_from(article->sha256));
  bind_str(statement, 2, article->publisher);
  bind_str(statement, 3, article->published);
  bind_str(statement, 4, article->url);
  bind_str(statement, 5, article->title);
  int code = sqlite3_step(statement);
  *place = (ds_store_place){.found = code == SQLITE_ROW};
  if (place->found) {
    ds_str path = {(const char *)sqlite3_column_text(statement, 1), (size_t)sqlite3_column_bytes(statement, 1)};
    place->id = sqlite3_column_int64(statement, 0);
    place->later_path = ds_str_cmp(path, article->path) > 0;
  }
  sqlite3_reset(statement);
  sqlite3_clear_bindings(statement);
  return code == SQLITE_ROW || code == SQLITE_DONE ? DOSSIER_OK : ds_store_fail(store, err, "cannot read the store");
}

dossier_status ds_store_has(ds_store *store, const ds_article *article, bool *has, dossier_error *err) {
  ds_store_place place = {0};
  dossier_status status = ds_store_look_up(store, article, &place, err);
  /* One whose path is to be replaced is worth a call of ds_store_add. */
  *has = place.found && !place.later_path;
  return status;
}

dossier_status ds_store_count(ds_store *store, size_t *count, dossier_error *err) {
  sqlite3_stmt *statement = ds_store_statement_get(store, DS_SQL_COUNT, err);
  if (!statement) return DOSSIER_SYSTEM;
  int code = sqlite3_step(statement);
  *count = code == SQLITE_ROW ? (size_t)sqlite3_column_int64(statement, 0) : 0;
  sqlite3_reset(statement);
  return code == SQLITE_ROW ? DOSSIER_OK : ds_store_fail(store, err, "cannot read the store");
}
