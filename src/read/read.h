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
  ds_str
      path; /* the file as the user named it, "-" for standard input; for a JSON line with "path" that path seen from the
                     * .jsonl file's folder, for one with "text" FILE:LINE */
  ds_str text;  /* the article's own text; paragraphs are separated by an empty line or a newline, as in the source */
  ds_str title; /* from metadata alone; a title that is part of a plain text stays in the text only */
  ds_str publisher;
  ds_str *authors;
  size_t author_count;
  ds_str published; /* EDTF, the day of publication: 2023-09-20, 2024-08~ */
  ds_str url;
  char sha256[65]; /* of the text */
} ds_article;

typedef struct ds_reader ds_reader;

/* Opens a list of paths: .txt, .html/.htm, .jsonl (each also .gz), folders of them with the folders inside (sorted by name, without
 * names that start with a dot; files with other endings are passed over there), "-" for plain text, HTML or JSON Lines on standard
 * input. A file named outright may have any name: its content decides. Nothing is read yet.
 *
 * Order: first the .jsonl files and standard input, then all others, each in the order given. A file is read once: one that a JSON
 * line names by "path" has that line's metadata, and does not come again as a bare file of a folder or of the list. */
dossier_status ds_reader_open(ds_reader **out, const char *const *paths, size_t count, dossier_error *err);
void ds_reader_free(ds_reader *reader);

/* The next article; what a JSON line says overrides what a page says of itself. DOSSIER_NONE at the end. DOSSIER_INPUT for a file or
 * line that cannot be an article: the error names it (for a JSON line the .jsonl file and the line) and why: binary, empty, no
 * sentence, no such file, broken JSON. The reader can go on after DOSSIER_INPUT. */
dossier_status ds_reader_next(ds_reader *reader, ds_arena *arena, ds_article *article, dossier_error *err);
/* How many files and lines were passed so far, and how many are known of in all (grows while folders are opened). */
void ds_reader_progress(const ds_reader *reader, size_t *done, size_t *known);

/* Fills in an article from text that is already at hand (repaired and hashed here). DOSSIER_INPUT where it holds no words. */
dossier_status ds_article_from_text(ds_arena *arena, ds_str text, ds_article *article, dossier_error *err);
/* Fills in an article from the bytes of an HTML page, in any encoding: its metadata, and the article's own text, where each heading
 * and paragraph stands between empty lines and each item of a list on a line of its own, led by "- ". The title is not repeated in
 * the text. DOSSIER_INPUT where the page holds no article. article->path is left to the caller. */
dossier_status ds_article_from_html(ds_arena *arena, ds_str bytes, ds_article *article, dossier_error *err);

/* Whether s is a valid EDTF date or interval of the levels 0 and 1 that this project writes: 2023, 2023-09, 2023-09-20, each also with
 * ~ ? or %; seasons 2023-21 to 2023-24; decades and centuries 199X, 19XX; intervals 2017/2018-03, 2017-06/.., ../2017. */
bool ds_edtf_valid(ds_str s);

#endif
