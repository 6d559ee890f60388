/* when/edtf.h - days on the calendar and what span of them an EDTF value covers
 *
 * Days are counted from 1970-01-01 (day 0) on the proleptic Gregorian calendar. For whoever must compare or draw dates of
 * unequal precision: the date itself stays what the article said (invariant I8).
 */
#ifndef DS_WHEN_EDTF_H
#define DS_WHEN_EDTF_H

#include "base/str.h"

#define DS_DAY_MIN INT32_MIN /* open towards the past */
#define DS_DAY_MAX INT32_MAX /* open towards the future */

typedef struct ds_ymd {
  int year;       /* 1 BC is 0 */
  int month, day; /* from 1 */
} ds_ymd;

int32_t ds_day_from_ymd(ds_ymd date);
ds_ymd ds_day_to_ymd(int32_t day);
int ds_day_weekday(int32_t day); /* 1 Monday .. 7 Sunday */
int ds_month_days(int year, int month);

/* The first and last day that an EDTF value may mean: a date of any precision, approximate or not, a season, a decade
 * ("199X"), an interval, open or not. An open side is DS_DAY_MIN or DS_DAY_MAX. Approximate and uncertain values are taken as
 * written. A season's span is its three (northern) months; winter (24) begins in December of the named year. false for
 * what is no such value. */
bool ds_edtf_bounds(ds_str edtf, int32_t *first, int32_t *last);

#endif
