/* text/lex.h - inside text/: raw text to tokens, before sentences are known
 *
 * lines.c decides which line ends are breaks, token.c cuts the runs between blanks into tokens, contract.c splits
 * contractions, lexicon.c holds the word lists, boundary.c says what tells
 * where a sentence ends, text.c decides it and puts the result together. Nothing here is used outside text/ but
 * by tools/text/, which learns the weights of boundary.c.
 */
#ifndef DS_TEXT_LEX_H
#define DS_TEXT_LEX_H

#include "base/utf8.h"
#include "base/vec.h"
#include "text/text.h"

/* What stands before a token. A line break is one that ends a paragraph; the newline of hard-wrapped prose is a blank. */
typedef enum ds_break { DS_BREAK_NONE, DS_BREAK_LINE, DS_BREAK_EMPTY_LINE } ds_break;

/* Tokens in the making. An abbreviation or initial keeps its full stop even where it will turn out to end a sentence. */
typedef struct ds_lexed {
  ds_str text;
  DS_VEC(ds_token) tokens;
  DS_VEC(uint8_t) breaks; /* ds_break before each token */
} ds_lexed;

/* Fills *out, which starts zeroed; the caller releases it, also after a failure. Fails only for memory. */
dossier_status ds_lex(ds_str text, ds_lexed *out, dossier_error *err);
void ds_lexed_release(ds_lexed *lexed);

/* lines.c. How the text is laid out. */
typedef struct ds_layout {
  bool wrapped;   /* hard-wrapped prose: a newline is a blank unless its line was cut short on purpose */
  uint32_t width; /* then: characters that fit a line */
} ds_layout;
/* A line of the text: its bytes without the blanks at both ends and without the newline. */
typedef struct ds_line {
  size_t start, end; /* start == end: empty */
  size_t next;       /* where the next line starts, or the text's length */
} ds_line;
ds_line ds_line_at(ds_str text, size_t at);
ds_layout ds_layout_of(ds_str text);
/* Whether the newline between two lines that follow each other, neither empty, ends a paragraph. */
bool ds_layout_breaks(const ds_layout *layout, ds_str text, ds_line line, ds_line next);
/* Bytes of the list mark ("-", "*", a bullet, "1.", "a)") at the start of the line, 0 where there is none. A mark
 * is followed by a blank. */
size_t ds_list_mark(ds_str text, ds_line line);

/* token.c. State within a paragraph, and the output. */
typedef struct ds_scan {
  ds_lexed *out;
  const char *s;                   /* the text */
  size_t end;                      /* of the run without blanks that is being cut */
  size_t len;                      /* of the text */
  bool has_at, has_dot, has_colon; /* the run has '@', '.' before its last byte, ':' */
  bool single_open;                /* a single quotation mark was opened and not yet closed */
  uint8_t pending;                 /* ds_break before the next token */
  bool failed;                     /* memory ran out */
} ds_scan;
/* Cuts [start, scan->end), a run without blanks. */
void ds_scan_run(ds_scan *scan, size_t start);
/* Appends a token; the first of a run's parts is its own surface word. */
void ds_scan_emit(ds_scan *scan, size_t start, size_t end);

/* contract.c. Appends the word [start, end) as one token, or as the parts of a contraction that share a surface word. */
void ds_scan_emit_word(ds_scan *scan, size_t start, size_t end);

/* lexicon.c. Words are compared without regard to ASCII case unless said. */
bool ds_is_abbreviation(ds_str word);        /* without its full stop: "Gen", "etc" */
bool ds_is_number_abbreviation(ds_str word); /* one only before a number: "No", "p", "Art" */
bool ds_is_title(ds_str word);               /* an abbreviation that ends no sentence: "Mr", "Gen", "e.g" */
bool ds_is_opener(ds_str word);          /* a word that has a capital only where a sentence or title starts: "The" */
bool ds_is_prefix(ds_str word);          /* joined by a hyphen it stays in the word: "anti", "co", "non" */
bool ds_is_unit(ds_str word);            /* cut from a number: "kg", "bn", "pm"; case counts */
bool ds_is_domain_end(ds_str label);     /* "com", "uk", "pdf": ends a host or file name */
size_t ds_bare_contraction(ds_str word); /* bytes of the second part of "dont", "gonna", "cannot"; else 0 */

/* Character classes. '_' and whatever is neither blank nor punctuation counts as a letter. */
typedef enum ds_class { DS_BLANK, DS_LETTER, DS_DIGIT, DS_PUNCT } ds_class;

static inline ds_class ds_class_of(uint32_t cp) {
  if (cp < 0x80) {
    if ((cp | 32) - 'a' < 26u || cp == '_') return DS_LETTER;
    if (cp - '0' < 10u) return DS_DIGIT;
    if (cp == ' ' || cp - '\t' < 5u) return DS_BLANK;
    return cp > ' ' && cp < 0x7F ? DS_PUNCT : DS_LETTER;
  }
  if (ds_cp_is_space(cp)) return DS_BLANK;
  return ds_cp_is_punct(cp) ? DS_PUNCT : DS_LETTER;
}

/* The character at `at` and its size; past the end 0 and size 0. */
static inline uint32_t ds_char_at(const char *s, size_t at, size_t end, size_t *size) {
  if (at >= end) return *size = 0, 0;
  unsigned char c = (unsigned char)s[at];
  if (c < 0x80) return *size = 1, c;
  return ds_utf8_at((ds_str){s, end}, at, size);
}

static inline bool ds_is_apostrophe(uint32_t cp) {
  return cp == '\'' || cp == 0x2019 || cp == '`';
}
static inline bool ds_is_hyphen(uint32_t cp) {
  return cp == '-' || cp == 0x2010 || cp == 0x2011;
}

#endif
