/* dossier/error.h - the one way in which calls of this library report failure
 *
 * Every call that can fail returns a dossier_status and takes, as its last parameter, a pointer to a dossier_error that may
 * be NULL. On DOSSIER_OK the error object is left as it was. On any other status its fields are filled in once, at the place
 * that knows most (the lowest level), and never overwritten on the way up.
 *
 * The object is a plain struct that the caller owns, mostly on its stack: reporting that memory ran out needs no memory.
 * The library keeps no error state of its own, so threads cannot see each other's errors.
 */
#ifndef DOSSIER_ERROR_H
#define DOSSIER_ERROR_H

#ifdef __cplusplus
extern "C" {
#endif

/* The values are also the exit statuses of the command. */
typedef enum dossier_status {
  DOSSIER_OK = 0,    /* done */
  DOSSIER_NONE = 1,  /* nothing found, or the end of an iteration: no failure; a message only where the call says so */
  DOSSIER_USAGE = 2, /* the call or the command line asks for something that makes no sense; a name that fits two actors */
  DOSSIER_INPUT = 3, /* a file, article, schema or store that cannot be used as it is */
  DOSSIER_SYSTEM = 4 /* memory, disk, threads: the machine failed */
} dossier_status;

typedef struct dossier_error {
  dossier_status status;
  char message[512]; /* one sentence in English, without a full stop at its end, saying what is wrong and what to do */
  char file[512];    /* the file it is about, or "" */
  long line;         /* 1-based line in that file, or 0 where it does not apply */
  long byte;         /* 0-based byte offset in that file, or -1 where it does not apply */
} dossier_error;

/* An error object to start from: dossier_error err = DOSSIER_ERROR_INIT; */
#define DOSSIER_ERROR_INIT {DOSSIER_OK, {0}, {0}, 0, -1}

#ifdef __cplusplus
}
#endif
#endif
