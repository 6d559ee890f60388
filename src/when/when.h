/* when/when.h - temporal expressions of an article and their values
 *
 * Finds the expressions that say when (or how long, or how often), and works out their value as TIMEX3 and EDTF (ISO 8601-2),
 * counting relative ones from an anchor: the day of publication or an earlier date in the text. A date keeps its precision
 * (invariant I8) and none is invented: what cannot be counted has an empty value.
 */
#ifndef DS_WHEN_WHEN_H
#define DS_WHEN_WHEN_H

#include "parse/parse.h"
#include "text/text.h"

typedef enum ds_when_kind { DS_WHEN_DATE, DS_WHEN_TIME, DS_WHEN_DURATION, DS_WHEN_SET } ds_when_kind;

typedef struct ds_when {
  uint32_t first, count; /* tokens */
  uint32_t start, end;   /* bytes of the article's text */
  ds_when_kind kind;
  ds_str value;  /* TIMEX3: 2023-09-20, 2023-W38, P3D, PAST_REF; may be empty */
  ds_str edtf;   /* 2023-09-20, 1998-09, 2017-06/.., 2024-08~; empty where EDTF has no such value */
  bool relative; /* counted from an anchor, not written out */
} ds_when;

typedef struct ds_whens {
  ds_when *items; /* in order of the text, not overlapping */
  size_t count;
} ds_whens;

/* Spans follow TimeML: no leading preposition, "the" and words like "early" and "more than" included.
 *
 * edtf says more than the words of the span where words around it do: both ends of a range ("from May to June 2010") carry the
 * interval, "since 2014" gives 2014/.., "until 2020" and "by 2020" ../2020. A time of day gives its day; a week, a quarter or a
 * weekend an interval of days or months; durations, sets and PRESENT_REF nothing.
 *
 * Without the year, a month or day is the nearest one before publication, or after it where the verb is in the future; the same
 * for weekdays. In a paragraph that told a date with year and month before, and in articles that tell of years long ago, the year
 * goes on from there. Without parse (it may be NULL) the tense is guessed from the words around.
 *
 * published: EDTF of the day of publication (its precision may be coarser), or empty where it is unknown; then relative
 * expressions have no value unless the text itself gives an anchor (a date line). Everything lives in the arena. */
dossier_status ds_whens_find(ds_arena *arena, const ds_text *text, const ds_parse *parse, ds_str published,
                             ds_whens *out, dossier_error *err);

#endif
