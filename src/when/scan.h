/* when/scan.h - inside of when/: atoms of the text, their classes, and patterns over them
 *
 * An atom is a run of letters, a run of digits, or one other character. Atoms are finer than tokens ("mid-1990s" is four, an address one), so
 * that the rules do not depend on where a tokeniser cuts. A pattern is words with blanks between:
 *
 *     word     that word (lower case); a|b either; a trailing ? makes it optional
 *     {name}   an element that fills in a capture: {month}, {day}, {year}, {n}, ... (the table in scan.c)
 *     +        in front of an element: no blank may stand before it
 *     ~        in front of an element: it must be there but is no part of the expression (first or last elements only)
 */
#ifndef DS_WHEN_SCAN_H
#define DS_WHEN_SCAN_H

#include "base/arena.h"
#include "base/error.h"
#include "when/when.h"

typedef enum dw_class {
  DW_NOTHING,
  DW_MONTH,    /* number 1..12 */
  DW_WEEKDAY,  /* 1 Monday .. 7 Sunday */
  DW_SEASON,   /* 1 spring .. 4 winter */
  DW_UNIT,     /* dw_unit; plural: + DW_PLURAL */
  DW_DAYPART,  /* dw_part */
  DW_CARDINAL, /* the number; tens may take a unit behind them */
  DW_ORDINAL,
  DW_SHIFT, /* last -1, this 0, next 1 */
  DW_STEP,  /* the same, counted from the text's own time: previous -1, same 0, following 1 */
  DW_OFTEN, /* daily, weekly: dw_unit */
  DW_ZONE
} dw_class;

typedef enum dw_unit {
  DW_SECOND,
  DW_MINUTE,
  DW_HOUR,
  DW_DAY,
  DW_WEEKEND,
  DW_WEEK,
  DW_MONTHS,
  DW_SEASONS,
  DW_QUARTER,
  DW_HALF,
  DW_YEAR,
  DW_DECADE,
  DW_CENTURY,
  DW_NO_UNIT
} dw_unit;
#define DW_PLURAL 100

typedef enum dw_part { DW_NO_PART, DW_MORNING, DW_AFTERNOON, DW_EVENING, DW_NIGHT, DW_DAYTIME } dw_part;

typedef struct dw_atom {
  uint32_t start, end; /* bytes of the article's text */
  uint32_t token, sentence, paragraph;
  char
      type; /* 'w' letters, '0' digits, else the character; '-' for any dash, '\'' for any apostrophe, '*' for others */
  bool glued;    /* no blank before it */
  bool upper;    /* starts with a capital */
  bool heading;  /* stands in a heading */
  uint8_t class; /* dw_class */
  int number;
  uint32_t number_end; /* end of the number phrase that begins here, 0 for none; its value: */
  double n;
  bool vague; /* "several" */
  bool tens;  /* "nineties" */
  ds_str low; /* lower case without marks, of letters; digits as they are */
} dw_atom;

/* What a pattern captured. Negative numbers (or DW_NO_UNIT, DW_NO_PART) stand for "not there". */
typedef struct dw_got {
  int year, month, day, weekday, season, ordinal, shift, step;
  bool bc, decade_short;
  dw_unit unit;
  bool plural;
  dw_part part;
  double n;
  bool vague; /* "several": a number that nobody said */
  int hour, minute, second;
  uint32_t first, end; /* atoms of the expression proper */
  uint32_t mid;        /* end of {day1}, whose number is in ordinal */
} dw_got;

typedef struct dw_scan {
  ds_arena *arena;
  const ds_text *text;
  const ds_parse *parse; /* or NULL */
  dw_atom *atoms;
  size_t count;
} dw_scan;

/* Cuts the tokens of a text into atoms. Fails only for memory. */
dossier_status dw_scan_make(ds_arena *arena, const ds_text *text, const ds_parse *parse, dw_scan *out,
                            dossier_error *err);
/* Whether the pattern matches from atom `at` on, inside one sentence. */
bool dw_scan_match(const dw_scan *scan, uint32_t at, const char *pattern, dw_got *got);
/* Whether atom `at` exists and is one of "a|b|c". */
bool dw_scan_is(const dw_scan *scan, uint32_t at, const char *words);
/* Whether both atoms stand in the same sentence (false where one does not exist). */
bool dw_scan_together(const dw_scan *scan, uint32_t a, uint32_t b);
/* The atom's class and number by the lexicon. */
uint8_t dw_lexicon(ds_str low, int *number);
/* All its words in order, for the tests. */
size_t dw_lexicon_size(void);
const char *dw_lexicon_word(size_t index);

#endif
