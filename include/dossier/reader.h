/* dossier/reader.h - from files to articles */
#ifndef DOSSIER_READER_H
#define DOSSIER_READER_H

#include <dossier/api.h>
#include <dossier/error.h>

#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct dossier_article {
  const char *path;
  const char *title;
  const char *publisher;
  const char *const *authors;
  size_t author_count;
  const char *published; /* EDTF: 2023-09-20, 2024-08~ */
  const char *url;
  const char *text; /* UTF-8; ends with a zero byte that text_size does not count */
  size_t text_size;
  const char *sha256; /* of the text, in hexadecimal: what makes it the same article; "" in one that the caller made */
} dossier_article;

typedef struct dossier_reader dossier_reader;

/* Files (.txt, .html, .jsonl, each also .gz), folders of them, or "-" for standard input. Nothing is read yet. */
DOSSIER_API dossier_status dossier_reader_open(dossier_reader **out, const char *const *paths, size_t count, dossier_error *err);
DOSSIER_API void dossier_reader_free(dossier_reader *reader);

/* The next article, owned by the reader until the next call. DOSSIER_NONE at the end. DOSSIER_INPUT names a file or line
 * that cannot be an article; the next call goes on behind it. */
DOSSIER_API dossier_status dossier_reader_next(dossier_reader *reader, const dossier_article **out, dossier_error *err);

#ifdef __cplusplus
}
#endif
#endif
