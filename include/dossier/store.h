/* dossier/store.h - one file that keeps articles and their claims */
#ifndef DOSSIER_STORE_H
#define DOSSIER_STORE_H

#include <dossier/engine.h>
#include <dossier/error.h>
#include <dossier/sink.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct dossier_store dossier_store;

typedef enum dossier_mode {
  DOSSIER_READ, /* the file must exist; nothing is written */
  DOSSIER_WRITE /* it is made where it does not exist */
} dossier_mode;

/* DOSSIER_INPUT for a file that is no store, or of a newer version of this library. */
DOSSIER_API dossier_status dossier_store_open(dossier_store **out, const char *path, dossier_mode mode, dossier_error *err);
DOSSIER_API void dossier_store_free(dossier_store *store);

/* How a long job tells where it is. All calls come from the thread that started the job, never at the same time. */
typedef struct dossier_job {
  unsigned jobs; /* worker threads; 0: one a processor */
  void *context;
  /* After each article: how many are done, and how many are known of (may grow). May be NULL. */
  void (*progress)(void *context, size_t done, size_t known);
  /* A file or line that could not be used, with the reason; the job goes on. May be NULL. */
  void (*problem)(void *context, const dossier_error *err);
} dossier_job;

typedef struct dossier_report {
  size_t added;    /* articles */
  size_t known;    /* articles that were there already (same text, publisher, date, address, title): nothing changed */
  size_t skipped;  /* files or lines that could not be used */
  size_t words;    /* tokens read */
  size_t entities; /* of the added articles */
  size_t claims;
} dossier_report;

/* Reads, analyses and stores articles. Paths as in dossier_reader_open. The store's contents do not depend on the number of
 * threads. job and report may be NULL. DOSSIER_OK also where some were skipped (see report); DOSSIER_INPUT where none
 * could be used. What was stored before a failure stays. */
DOSSIER_API dossier_status dossier_build(dossier_store *store, dossier_engine *engine, const char *const *paths, size_t count,
                                         const dossier_job *job, dossier_report *report, dossier_error *err);

/* The same without a store: one line of JSON an article, in the order of the input, whatever the number of threads. */
DOSSIER_API dossier_status dossier_extract(dossier_engine *engine, const char *const *paths, size_t count, const dossier_job *job,
                                           const dossier_sink *sink, dossier_report *report, dossier_error *err);

/* Adds such lines to a store; path "-" is standard input, .gz is understood. */
DOSSIER_API dossier_status dossier_load(dossier_store *store, const char *path, const dossier_job *job, dossier_report *report,
                                        dossier_error *err);

/* Verifies the file and the invariants of what it holds; problem is called with one sentence a fault. */
DOSSIER_API dossier_status dossier_store_check(dossier_store *store, void (*problem)(void *context, const char *message),
                                               void *context, dossier_error *err);

#ifdef __cplusplus
}
#endif
#endif
