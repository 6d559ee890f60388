/* read/internal.h - what the files of this room share; nobody outside includes it
 *
 *     bytes --gzip.c--> bytes --encoding.c--> UTF-8 --+-- plain text ----------------------------+--> article.c
 *                                                     +-- page.c, metadata.c, content.c (HTML) --+
 *                                                     +-- jsonl.c (a line) ----------------------+
 *     reader.c walks paths, folders and lines and calls the rest.
 */
#ifndef DS_READ_INTERNAL_H
#define DS_READ_INTERNAL_H

#include "read/read.h"

#include "base/buf.h"
#include "base/vec.h"

#include <libxml/tree.h>

/* Limits that keep a hostile file from taking the machine: far above anything a newspaper publishes. */
#define DS_READ_MAX_UNPACKED ((size_t)256 << 20) /* bytes that a .gz may unpack to */
#define DS_READ_MAX_ARTICLE ((size_t)64 << 20)   /* bytes of one text, page or JSON line */
#define DS_READ_MAX_DEPTH 256                    /* elements of a page inside one another */
#define DS_READ_MAX_NODES 500000                 /* nodes of a page */

/* ---- gzip.c */

bool ds_gzip_is(ds_str bytes); /* by its first bytes */
/* Appends the unpacked bytes of all members. DOSSIER_INPUT where the data is damaged, cut off or unpacks to more than limit. */
dossier_status ds_gzip_unpack(ds_str bytes, const char *name, size_t limit, ds_buf *out, dossier_error *err);

/* ---- encoding.c */

/* Appends the bytes as valid UTF-8 (ds_utf8_repair has run). The encoding is, in this order: that of a byte order mark; UTF-8
 * where the bytes are UTF-8, or are nearly so; what the page declares (html); what uchardet takes it for.
 * DOSSIER_INPUT for bytes that are no text; name (may be NULL) goes into the error. */
dossier_status ds_decode(ds_str bytes, bool html, const char *name, ds_buf *out, dossier_error *err);

/* ---- dates.c */

/* The day in a date as pages write it (ISO 8601 with or without time, RFC 2822, "September 20, 2023", "20 Sept 2023",
 * "20.09.2023") as EDTF in the precision it is written in. The time zone is not applied: the day is that of the writer. False, and
 * out is left alone, where no date stands in s or it could be read in two ways (03/04/2023). */
bool ds_day_from(ds_str s, char out[11]);
bool ds_day_real(unsigned year, unsigned month, unsigned day); /* a day of the Gregorian calendar */

/* ---- words.c */

/* Appends s with runs of blanks of any kind as one space, without blanks at its ends, without invisible characters (soft
 * hyphens, direction marks, zero-width spaces), and C1 control characters as the windows-1252 characters that were meant. */
void ds_squeeze(ds_str s, ds_buf *out);
/* Appends a plain text with Markdown's inline links as their words alone, and without its images. The same text again stays as it
 * is. Linear. */
void ds_plain_links(ds_str text, ds_buf *out);
/* What windows-1252 means by a C1 control character (U+0080 to U+009F), 0 for none; any other character is itself. */
uint32_t ds_windows_meant(uint32_t cp);
/* The same for a string of metadata, which may hold character references (&#8217; &amp;) and tags; cut to a sane length. ptr is NULL
 * where memory ran out. */
ds_str ds_clean(ds_arena *arena, ds_str s);
size_t ds_word_count(ds_str s);
/* Whether s reads as language: two words at least, not a blob of letters or digits. */
bool ds_has_words(ds_str s);

/* ---- page.c: small questions about libxml2's tree */

/* The tree of a page of UTF-8 text; never NULL with DOSSIER_OK. Depth and number of nodes are bounded (see above). */
dossier_status ds_page_parse(ds_str utf8, xmlDoc **out, dossier_error *err);
bool ds_node_is(const xmlNode *node, const char *tag);      /* an element of that name */
ds_str ds_node_attr(const xmlNode *node, const char *name); /* DS_STR_NONE where absent; the tree owns it */
/* The next node in document order inside root; skips below `node` where `into` is false. NULL at the end. */
xmlNode *ds_node_next(const xmlNode *root, const xmlNode *node, bool into);
xmlNode *ds_node_find(xmlNode *root, const char *tag); /* the first element of that name inside root */
void ds_node_text(const xmlNode *node, ds_buf *out);   /* all text inside, as it stands */
bool ds_attr_has_word(ds_str value, const char *word); /* in a list separated by blanks, whatever the case */

/* ---- metadata.c, jsonld.c */

typedef struct ds_meta {
  ds_arena *arena; /* of all strings below */
  bool failed;     /* memory ran out; asked once, at the end */
  ds_str title, publisher, published, url;
  DS_VEC(ds_str) authors; /* the array is on the heap: DS_VEC_RELEASE */
  ds_str body;            /* JSON-LD's articleBody, for pages that build themselves by script */
} ds_meta;

/* Reads JSON-LD, then meta tags, microdata, links, <time> and bylines for what is still unknown. */
dossier_status ds_meta_read(ds_arena *arena, xmlNode *root, ds_meta *meta, dossier_error *err);
/* Fills in what the page's JSON-LD says of its article and leaves the rest alone. False where memory ran out. */
bool ds_jsonld_read(xmlNode *root, ds_meta *meta);
/* A cleaned copy (ds_clean); sets meta->failed where memory ran out. */
ds_str ds_meta_keep(ds_meta *meta, ds_str s);
/* Adds the names of a byline ("By Anna Berg and Omar Said") that are not there yet. False where memory ran out. */
bool ds_meta_add_authors(ds_meta *meta, ds_str byline);

/* ---- hints.c */

typedef enum ds_hint {
  DS_HINT_NONE,
  DS_HINT_BODY,   /* named like the article's text */
  DS_HINT_JUNK,   /* named or made like a menu, an advertisement, a caption, a sign-up */
  DS_HINT_FOREIGN /* named like what is never the article's, however long: readers' comments, cookie notices */
} ds_hint;

ds_hint ds_hint_of(const xmlNode *element);    /* from class, id, role, itemprop and the like */
bool ds_hints_in_order(void);                  /* whether the table behind it is sorted, for a test */
bool ds_tag_is_junk(const xmlNode *element);   /* never holds an article's text (script, nav, form, figcaption) */
bool ds_tag_is_inline(const xmlNode *element); /* does not end a paragraph */
bool ds_is_hidden(const xmlNode *element);
/* What a short paragraph says that is not the article's: "Advertisement", "Read more: ...", "Sign up to our newsletter". */
bool ds_line_is_junk(ds_str text);
bool ds_heading_ends_article(ds_str text); /* "Comments (12)", "Leave a reply" */
bool ds_heading_opens_links(ds_str text);  /* "Related stories", "You may also like" */

/* ---- blocks.c: a page as a row of paragraphs */

typedef enum ds_block_kind { DS_BLOCK_TEXT, DS_BLOCK_HEADING, DS_BLOCK_ITEM, DS_BLOCK_ROW } ds_block_kind;

typedef struct ds_block {
  xmlNode *node; /* the innermost element that holds all of it */
  ds_block_kind kind;
  size_t start, end; /* in ds_blocks.text */
  size_t words;
  size_t link_chars; /* bytes of it inside <a> */
  bool after_image;  /* the last thing before it was a picture */
  bool small_print;  /* all of it in <em>, <i> or <small> */
  bool sentence;     /* ends like a sentence */
} ds_block;

typedef struct ds_blocks {
  DS_VEC(ds_block) list;
  ds_buf text;
} ds_blocks;

/* The paragraphs of root in their order. Release with ds_blocks_release. */
dossier_status ds_blocks_read(xmlNode *root, ds_blocks *out, dossier_error *err);
void ds_blocks_release(ds_blocks *blocks);
ds_str ds_block_text(const ds_blocks *blocks, const ds_block *block);
/* > 0 for running text, < 0 for links and labels, 0 where its neighbours must decide. */
int ds_block_value(const ds_blocks *blocks, const ds_block *block);

/* ---- content.c */

/* Appends the article's own text, paragraphs separated by an empty line; nothing where the page holds none. Title and authors are
 * left out of it. Changes the tree. */
dossier_status ds_content_read(xmlNode *root, const ds_meta *meta, ds_buf *out, dossier_error *err);

/* ---- jsonl.c */

typedef struct ds_jsonl {
  ds_str text, path; /* one of them is not empty */
  ds_str title, publisher, published, url;
  ds_str *authors;
  size_t author_count;
} ds_jsonl;

/* One line of JSON Lines. DOSSIER_INPUT with the reason alone, file and line are given by the caller. */
dossier_status ds_jsonl_record(ds_arena *arena, ds_str line, const char *file, long line_number, ds_jsonl *out,
                               dossier_error *err);

/* ---- article.c */

typedef enum ds_format { DS_FORMAT_UNKNOWN, DS_FORMAT_TEXT, DS_FORMAT_HTML, DS_FORMAT_JSONL } ds_format;

ds_format ds_format_of_name(ds_str path); /* by the ending, .gz or not */
/* By the ending of the name and by content where the two disagree or the name says nothing. */
ds_format ds_format_of(ds_str path, ds_str bytes);
/* The two of read.h, with a name for errors (may be NULL). */
dossier_status ds_article_read(ds_arena *arena, ds_str bytes, ds_format format, const char *name, ds_article *article,
                               dossier_error *err);

#endif
