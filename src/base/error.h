/* base/error.h - filling in the caller's error object (the rules stand in dossier/error.h) */
#ifndef DS_BASE_ERROR_H
#define DS_BASE_ERROR_H

#include <dossier/error.h>

/* Stores status and the formatted message in *err (which may be NULL) and returns status, so that a failing function can
 * end with `return ds_fail(err, DOSSIER_INPUT, "...")`. A message that does not fit is cut at a character boundary. */
dossier_status ds_fail(dossier_error *err, dossier_status status, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* The same, with the place: file may be NULL, line 0 and byte -1 where they do not apply. */
dossier_status ds_fail_at(dossier_error *err, dossier_status status, const char *file, long line, long byte,
                          const char *format, ...) __attribute__((format(printf, 6, 7)));

/* DOSSIER_SYSTEM, "out of memory". */
dossier_status ds_fail_memory(dossier_error *err);

#endif
