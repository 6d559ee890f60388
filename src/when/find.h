/* when/find.h - inside of when/: what is known while a text is read from front to back, and the rules' actions
 *
 * rules.c is the table: pattern, action, argument. An action makes an expression of what the pattern captured, or refuses.
 * Of all rules that match at an atom the longest wins, then the earlier one in the table.
 */
#ifndef DS_WHEN_FIND_H
#define DS_WHEN_FIND_H

#include "base/vec.h"
#include "when/scan.h"
#include "when/value.h"

typedef struct dw_found {
  uint32_t first, end; /* atoms */
  ds_when_kind kind;
  dw_date date;   /* DW_NO_DATE where it is none or could not be counted */
  bool approx;    /* "early", "about": EDTF's ~ */
  bool relative;  /* counted from an anchor */
  bool year_said; /* the words say the year */
  bool counted;   /* begins with a number of units: may be hedged ("less than a year later") */
  char time[16];  /* behind the date's value: "T17:30", "TNI"; or empty */
  ds_str value;   /* where the value is not the date's: P3D, PAST_REF, XXXX-WXX-2 */
  ds_str edtf;    /* filled in last */
  bool skip;      /* no expression: a stretch that must not be read as one */
  uint32_t
      part_end; /* another expression stands in front, from first to here: "5" in "5-10 May"; this one follows it */
  dw_date part_date;
} dw_found;

/* The rules that can begin at a word (index.c), in the order of the table; those that begin with an element stand under "". */
typedef struct dw_start {
  ds_str word;
  uint32_t rule;
} dw_start;
typedef struct dw_index {
  dw_start *starts;
  size_t count;
} dw_index;
dossier_status dw_index_make(ds_arena *arena, dw_index *out, dossier_error *err);
const dw_start *dw_index_find(const dw_index *index, ds_str word, size_t *count);

typedef struct dw_context {
  dw_scan scan;
  dw_index index;
  dw_date published;
  bool narrative; /* tells of years long before it was published: counts from the date before, not from publication */
  dw_date last;   /* the date that the text told last */
  bool last_said; /* whether its year stood in words */
  uint32_t last_sentence, last_paragraph;
  DS_VEC(dw_found) found;
  bool failed; /* memory ran out */
} dw_context;

typedef bool dw_act(dw_context *context, const dw_got *got, int argument, dw_found *out);
typedef struct dw_rule {
  const char *pattern;
  dw_act *act;
  int argument;
} dw_rule;
extern const dw_rule dw_rules[];
extern const size_t dw_rule_count;

/* rules on the calendar (calendar.c) */
dw_act dw_act_date, dw_act_numeric, dw_act_month, dw_act_year, dw_act_year_range, dw_act_day_range, dw_act_day_alone,
    dw_act_season, dw_act_decade, dw_act_century, dw_act_in_month, dw_act_quarter, dw_act_half, dw_act_fiscal,
    dw_act_holiday;
/* counted from an anchor (relative.c) */
dw_act dw_act_deictic, dw_act_weekday, dw_act_shift, dw_act_step, dw_act_beside, dw_act_ago, dw_act_later,
    dw_act_of_year, dw_act_part;
/* durations, sets, references, times of day (span.c) */
dw_act dw_act_duration, dw_act_plural, dw_act_every, dw_act_often, dw_act_reference, dw_act_clock, dw_act_skip;

/* ---- anchors (anchor.c) ---- */

typedef enum dw_tense { DW_PAST, DW_PRESENT, DW_FUTURE } dw_tense;
/* The tense of the verb that governs the expression at atom `at`, by the tree or else by the words around. */
dw_tense dw_tense_at(const dw_context *context, uint32_t at);
/* Whether the words are part of a longer name of a person or an organization ("June Leow", "Black September"). */
bool dw_in_longer_name(const dw_context *context, const dw_got *got);
/* Puts the year to a month, day, season, quarter without one. */
dw_date dw_complete_year(const dw_context *context, dw_date date, uint32_t at);
/* What relative expressions count from: in a narrative the date before in the same paragraph, else the day of publication. */
dw_date dw_now(const dw_context *context, uint32_t at);
/* The day of a weekday nearest to the anchor on the side that the tense says. */
dw_date dw_weekday_near(const dw_context *context, int weekday, dw_tense tense, uint32_t at);
/* Whether the article tells of the past as a whole, by the dates found in it. */
bool dw_is_narrative(const dw_context *context);
/* The date of a date line among the expressions found; DW_NO_DATE for none. */
dw_date dw_date_line(const dw_context *context);

/* A value with the context's arena; an empty one and context->failed where memory ran out. */
ds_str dw_value(dw_context *context, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* The letters of a unit in a duration: "D", "W", "TH", ... */
const char *dw_unit_letters(dw_unit unit);

/* ---- links (link.c) ---- */

/* Takes in the words in front that belong to it: "early", "the end of", "more than", "the night of". */
void dw_extend(dw_context *context, dw_found *found);
/* Joins times with their days and ranges with their ends, and writes every value and EDTF. */
void dw_link(dw_context *context);

#endif
