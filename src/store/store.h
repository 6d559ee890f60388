/* store/store.h - one SQLite file that keeps what was read: articles, entities, claims, and nothing computed over them
 *
 * The store only keeps; who is the same as whom and which ties follow is worked out by resolve/ at each question, so the
 * order in which articles arrived cannot matter (I3). One transaction an article, write-ahead log: a crash or a full disk
 * leaves whole articles only (I7). An article that is there already changes nothing (I4).
 *
 * A ds_store is used by one thread at a time; several processes may read while one writes.
 */
#ifndef DS_STORE_STORE_H
#define DS_STORE_STORE_H

#include "claim/record.h"

/* Stores of a newer version are refused with a message that says so. */
#define DS_STORE_VERSION 1

typedef struct ds_store ds_store;

typedef enum ds_store_mode {
  DS_STORE_READ, /* must exist; nothing is ever written */
  DS_STORE_WRITE /* made where it does not exist */
} ds_store_mode;

/* DOSSIER_INPUT for a file that is no store, is of a newer version, or (READ) does not exist. */
dossier_status ds_store_open(ds_store **out, const char *path, ds_store_mode mode, dossier_error *err);
void ds_store_free(ds_store *store);

/* Whether this article is there: the same text (by its sha256), publisher, date, address and title. The same text published
 * elsewhere is another article (a copy, which resolve/ recognises). Its path does not count. */
dossier_status ds_store_has(ds_store *store, const ds_article *article, bool *has, dossier_error *err);
/* Adds one record in a transaction of its own; *added is false where the article was there already. Of the paths that an article
 * was read from the smallest is kept, so that the order of arrival cannot matter (I3). */
dossier_status ds_store_add(ds_store *store, const ds_record *record, bool *added, dossier_error *err);
/* The number of articles. */
dossier_status ds_store_count(ds_store *store, size_t *count, dossier_error *err);
/* All records, sorted by the sha256 of their text, in the arena. */
dossier_status ds_store_read(ds_store *store, ds_arena *arena, ds_record **records, size_t *count, dossier_error *err);

/* A place in the evidence found by its words. */
typedef struct ds_store_hit {
  char sha256[65];     /* article */
  uint32_t start, end; /* bytes of its text: the claim's quote */
} ds_store_hit;
/* Claims whose quotes hold all the words (SQLite FTS5, unicode61, without marks), best first, at most `limit`. */
dossier_status ds_store_search(ds_store *store, ds_arena *arena, ds_str words, size_t limit, ds_store_hit **hits,
                               size_t *count, dossier_error *err);

/* Verifies the file (SQLite's own integrity check) and the invariants I1 and I2 of every row; calls `problem` with one
 * sentence for each fault. DOSSIER_INPUT if there was any. */
dossier_status ds_store_check(ds_store *store, void (*problem)(void *context, const char *message), void *context,
                              dossier_error *err);

#endif
