/* store/internal.h - what the files of store/ share */
#ifndef DS_STORE_INTERNAL_H
#define DS_STORE_INTERNAL_H

#include "store/schema.h"
#include "store/store.h"

#include <sqlite3.h>

struct ds_store {
  sqlite3 *db;
  sqlite3_stmt *statements[DS_SQL_STATEMENTS];
  char path[512]; /* for messages */
};

/* The error for what SQLite reported last: DOSSIER_SYSTEM for a full disk, no memory or no permission, else DOSSIER_INPUT. */
dossier_status ds_store_fail(ds_store *store, dossier_error *err, const char *doing);

/* A statement ready to be bound; NULL after an error was filled in. Ended by sqlite3_reset. */
sqlite3_stmt *ds_store_statement_get(ds_store *store, ds_store_statement which, dossier_error *err);

/* Where an article stands. */
typedef struct ds_store_place {
  bool found;
  bool later_path; /* under a path that sorts after this one's */
  sqlite3_int64 id;
} ds_store_place;
dossier_status ds_store_look_up(ds_store *store, const ds_article *article, ds_store_place *place, dossier_error *err);

#endif
