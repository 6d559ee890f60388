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

/* published: EDTF of the day of publication (its precision may be coarser), or empty where it is unknown; then relative
 * expressions have no value unless the text itself gives an anchor (a date line). Everything lives in the arena. */
dossier_status ds_whens_find(ds_arena *arena, const ds_text *text, const ds_parse *parse, ds_str published,
                             ds_whens *out, dossier_error *err);

#endif
