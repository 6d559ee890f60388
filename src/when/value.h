/* when/value.h - inside of when/: a date of any precision, counting with it, and writing it */
#ifndef DS_WHEN_VALUE_H
#define DS_WHEN_VALUE_H

#include "base/arena.h"
#include "when/edtf.h"
#include "when/scan.h"

#define DW_NO_YEAR INT32_MIN

/* grain says which fields hold: DW_CENTURY, DW_DECADE (their first year), DW_YEAR, DW_HALF, DW_QUARTER, DW_SEASONS (sub from
 * 1), DW_MONTHS, DW_WEEK (its Monday), DW_WEEKEND (its Saturday), DW_DAY; DW_NO_UNIT is no date at all. */
typedef struct dw_date {
  dw_unit grain;
  int year; /* 1 BC is 0; DW_NO_YEAR where a month or day stands without */
  int month, day, sub;
} dw_date;

#define DW_NO_DATE ((dw_date){.grain = DW_NO_UNIT, .year = DW_NO_YEAR})

dw_date dw_date_from_edtf(ds_str edtf); /* an interval gives its start; DW_NO_DATE for what is no date */
dw_date dw_date_from_day(int32_t day);
bool dw_date_day(dw_date date, int32_t *day); /* false unless it is a whole day with a year */
/* The larger stretch of that unit that holds the date; DW_NO_DATE where its precision does not say. */
dw_date dw_date_cut(dw_date date, dw_unit unit);
/* The same, count units on. */
dw_date dw_date_add(dw_date date, dw_unit unit, int count);
ds_str dw_date_value(ds_arena *arena, dw_date date);             /* TIMEX3; ptr is NULL where memory ran out */
ds_str dw_date_edtf(ds_arena *arena, dw_date date, bool approx); /* empty where it has no year */

#endif
