/* read/read.h - from files to articles
 *
 * This room turns whatever a user points at (a text file, a web page, JSON Lines, each also gzipped, a folder, standard
 * input) into clean articles, one at a time. It knows nothing of language beyond what tells an article from a menu.
 */
#ifndef DS_READ_READ_H
#define DS_READ_READ_H

#include "base/arena.h"
#include "base/error.h"
#include "base/str.h"

/* One article as it is stored. All slices are valid UTF-8, without control characters but tab and newline; an unknown one
 * is empty. They live in the arena that was given to ds_reader_next. */
typedef struct ds_article {
  ds_str path;      /* the file as the user named it (for a JSON line with "path": that path, resolved) */
  ds_str text;      /* the article's own text; paragraphs are separated by an empty line or a newline, as in the source */
  ds_str title;     /* from metadata alone; a title that is part of a plain text stays in the text only */
  ds_str publisher;
  ds_str *authors;
  size_t author_count;
  ds_str published; /* EDTF, the day of publication: 2023-09-20, 2024-08~ */
  ds_str url;
  char sha256[65];  /* of the text */
} ds_article;

typedef struct ds_reader ds_reader;

/* Opens a list of paths: .txt, .html/.htm, .jsonl (each also .gz), folders of them (sorted by name, without recursion into
 * names that start with a dot), "-" for plain text, HTML or JSON Lines on standard input. Nothing is read yet. */
dossier_status ds_reader_open(ds_reader **out, const char *const *paths, size_t count, dossier_error *err);
void ds_reader_free(ds_reader *reader);

/* The next article. DOSSIER_OK, DOSSIER_NONE at the end, DOSSIER_INPUT for a file or line that cannot be an article (the
 * error names it and why: binary, empty, no sentence, no such file, broken JSON); the reader can go on after DOSSIER_INPUT. */
dossier_status ds_reader_next(ds_reader *reader, ds_arena *arena, ds_article *article, dossier_error *err);
/* How many files and lines were passed so far, and how many are known of in all (grows while folders are opened). */
void ds_reader_progress(const ds_reader *reader, size_t *done, size_t *known);

/* Fills in an article from text that is already at hand (repaired and hashed here). DOSSIER_INPUT where it holds no words. */
dossier_status ds_article_from_text(ds_arena *arena, ds_str text, ds_article *article, dossier_error *err);
/* Fills in an article from the bytes of an HTML page, in any encoding. */
dossier_status ds_article_from_html(ds_arena *arena, ds_str bytes, ds_article *article, dossier_error *err);

/* Whether s is a valid EDTF date or interval of the levels 0 and 1 that this project writes (dates of publication). */
bool ds_edtf_valid(ds_str s);

#endif
