#include "when/find.h"

#include <stdio.h>

static const char *const part_letters[] = {"", "TMO", "TAF", "TEV", "TNI", "TDT"};

static bool give(dw_found *out, dw_date date) {
  out->date = date;
  out->relative = true;
  return true;
}

/* A relative date, or the shape of one that could not be counted. */
static bool give_or_shape(dw_context *context, dw_found *out, dw_date date, dw_unit unit) {
  give(out, date);
  if (date.grain != DW_NO_UNIT) return true;
  if (unit == DW_DAY)
    out->value = dw_value(context, "XXXX-XX-XX");
  else if (unit == DW_WEEK)
    out->value = dw_value(context, "XXXX-WXX");
  else if (unit == DW_MONTHS)
    out->value = dw_value(context, "XXXX-XX");
  else
    out->value = dw_value(context, "XXXX");
  return true;
}

static bool give_part(dw_found *out, dw_part part) {
  if (part == DW_NO_PART) return true;
  out->kind = DS_WHEN_TIME;
  snprintf(out->time, sizeof out->time, "%s", part_letters[part]);
  return true;
}

static bool led_by(const dw_context *context, uint32_t at, const char *words) {
  return at > 0 && dw_scan_together(&context->scan, at - 1, at) && dw_scan_is(&context->scan, at - 1, words);
}

static bool clause_ends(const dw_context *context, uint32_t at) {
  const dw_scan *scan = &context->scan;
  return at >= scan->count || at == 0 || !dw_scan_together(scan, at - 1, at) || scan->atoms[at].type != 'w' ||
         dw_scan_is(scan, at, "and|but|when|in|he|she|it|they|was|were|had|by|with|as");
}

static dw_date told(const dw_context *context) {
  return context->last.grain == DW_NO_UNIT ? context->published : context->last;
}

/* argument: days from publication; 100 tonight, 101 overnight */
bool dw_act_deictic(dw_context *context, const dw_got *got, int argument, dw_found *out) {
  dw_part part = argument >= 100 ? DW_NIGHT : got->part;
  give_or_shape(context, out, dw_date_add(context->published, DW_DAY, argument >= 100 ? 0 : argument), DW_DAY);
  return !got->plural && give_part(out, part);
}

/* "last Monday" is before today, "next Monday" after it */
static dw_date shifted_weekday(const dw_context *context, const dw_got *got) {
  int32_t today;
  dw_date date;
  if (got->shift == 0) return dw_weekday_near(context, got->weekday, dw_tense_at(context, got->first), got->first);
  date = dw_weekday_near(context, got->weekday, got->shift < 0 ? DW_PAST : DW_FUTURE, got->first);
  bool same =
      dw_date_day(dw_now(context, got->first), &today) && date.grain == DW_DAY && ds_day_weekday(today) == got->weekday;
  return same ? dw_date_add(date, DW_WEEK, got->shift) : date;
}

/* argument 1: with last, this, next; 2: with the week; 3: with previous, same, following */
bool dw_act_weekday(dw_context *context, const dw_got *got, int argument, dw_found *out) {
  dw_date date = DW_NO_DATE;
  int32_t day;
  if ((got->plural && got->part == DW_NO_PART) || dw_in_longer_name(context, got)) return false;
  if (argument == 0) date = dw_weekday_near(context, got->weekday, dw_tense_at(context, got->first), got->first);
  if (argument == 1) {
    date = shifted_weekday(context, got);
    if (got->shift != 0 && date.grain == DW_WEEK &&
        dw_date_day((dw_date){DW_DAY, date.year, date.month, date.day, 0}, &day))
      date = dw_date_from_day(day + got->weekday - 1);
  }
  if (argument == 2) {
    dw_date week = dw_date_add(dw_now(context, got->first), DW_WEEK, got->shift);
    week.grain = week.grain == DW_NO_UNIT ? DW_NO_UNIT : DW_DAY;
    if (dw_date_day(week, &day)) date = dw_date_from_day(day + got->weekday - 1);
  }
  if (argument == 3 && dw_date_day(context->last, &day)) {
    int ahead = (got->weekday - ds_day_weekday(day) + 7) % 7;
    int step = got->step == INT32_MIN ? 0 : got->step;
    date = dw_date_from_day(step > 0   ? day + (ahead ? ahead : 7)
                            : step < 0 ? day + ahead - 7
                                       : day + ahead - (ahead > 3 ? 7 : 0));
  }
  give(out, date);
  if (date.grain == DW_NO_UNIT) out->value = dw_value(context, "XXXX-WXX-%d", got->weekday);
  return give_part(out, got->part);
}

/* The year of a month or season with last, this or next: position is where in the year it stands, now where the anchor does. */
static int shifted_year(int year, int position, int now, int shift) {
  if (shift < 0) return position < now ? year : year - 1;
  if (shift > 0) return position > now ? year : year + 1;
  return year;
}

/* "the last week of the war": which week it is lies outside the calendar */
static bool of_something(const dw_context *context, const dw_got *got, bool the) {
  return (the || led_by(context, got->first, "the")) && dw_scan_is(&context->scan, got->end, "of") &&
         dw_scan_together(&context->scan, got->first, got->end);
}

static bool shift_unit(dw_context *context, const dw_got *got, dw_found *out) {
  const dw_scan *scan = &context->scan;
  bool the = dw_scan_is(scan, got->first, "the"), past = dw_scan_is(scan, got->first + the, "past|coming|last");
  bool over = led_by(context, got->first, "in|over|during|for|within|of|throughout|across");
  if (got->plural || got->unit < DW_DAY || of_something(context, got, the)) return false;
  if (got->unit == DW_DAY && got->shift != 0) return false;
  if (the && got->shift == 0 && !dw_scan_is(scan, got->first + 1, "current")) return false;
  if (the && past && got->shift < 0 && (over || got->unit >= DW_DECADE || dw_scan_is(scan, got->first + 1, "past"))) {
    out->kind = DS_WHEN_DURATION;
    out->value = dw_value(context, "P1%s", dw_unit_letters(got->unit));
    return true;
  }
  dw_date base = got->unit == DW_DAY ? told(context) : dw_now(context, got->first);
  return give_or_shape(context, out, dw_date_add(base, got->unit, got->shift), got->unit);
}

/* argument 0: unit, 1: season, 2: month, 3: part of the day, 4: "earlier in the week", 5: "year-end", 6: "the weekend" */
bool dw_act_shift(dw_context *context, const dw_got *got, int argument, dw_found *out) {
  dw_date now = dw_now(context, got->first);
  switch (argument) {
    case 0: return shift_unit(context, got, out);
    case 1: {
      dw_date season = dw_date_cut(now, DW_SEASONS);
      if (season.grain == DW_NO_UNIT || season.year == DW_NO_YEAR)
        return give_or_shape(context, out, DW_NO_DATE, DW_YEAR);
      season.year = shifted_year(season.year, got->season, season.sub, got->shift);
      season.sub = got->season;
      return give(out, season);
    }
    case 2: {
      dw_date month = dw_date_cut(now, DW_MONTHS);
      if (month.grain == DW_NO_UNIT)
        month = (dw_date){.grain = DW_MONTHS, .year = DW_NO_YEAR};
      else if (month.year != DW_NO_YEAR)
        month.year = shifted_year(month.year, got->month, month.month, got->shift);
      month.month = got->month;
      return give(out, month);
    }
    case 3:
      if (got->plural) return false;
      give_or_shape(context, out, dw_date_add(context->narrative ? told(context) : now, DW_DAY, got->shift), DW_DAY);
      return give_part(out, got->part);
    case 4:
      out->approx = true;
      if (got->season > 0)
        return give(out,
                    dw_complete_year(context, (dw_date){.grain = DW_SEASONS, .year = DW_NO_YEAR, .sub = got->season},
                                     got->first));
      if (got->plural || got->unit <= DW_DAY || got->unit > DW_CENTURY) return false;
      return give_or_shape(context, out, dw_date_cut(context->narrative ? told(context) : now, got->unit), got->unit);
    case 6: {
      int32_t day;
      bool weekend = dw_date_day(now, &day) && ds_day_weekday(day) >= 6;
      bool past = dw_tense_at(context, got->first) == DW_PAST && !weekend;
      return give_or_shape(context, out, dw_date_add(now, DW_WEEKEND, past ? -1 : 0), DW_WEEK);
    }
    default: out->approx = true; return give_or_shape(context, out, dw_date_cut(now, DW_YEAR), DW_YEAR);
  }
}

/* argument 0: "June last year", 1: "June of that year", 2: "the 5th of last month" */
bool dw_act_of_year(dw_context *context, const dw_got *got, int argument, dw_found *out) {
  dw_date year = argument == 1
                     ? dw_date_add(context->last, DW_YEAR, got->step == INT32_MIN ? 0 : got->step)
                     : dw_date_add(dw_now(context, got->first), argument == 2 ? DW_MONTHS : DW_YEAR, got->shift);
  if (year.grain == DW_NO_UNIT) return give_or_shape(context, out, year, got->day > 0 ? DW_DAY : DW_MONTHS);
  dw_date date = year;
  if (got->season > 0) date.grain = DW_SEASONS, date.sub = got->season;
  if (got->month > 0) date.grain = DW_MONTHS, date.month = got->month;
  if (got->day > 0) date.grain = DW_DAY, date.day = got->day;
  if (date.grain == DW_DAY && date.day > ds_month_days(date.year, date.month)) return false;
  return give(out, date);
}

/* Whole numbers of a smaller unit for "half a century", "a year and a half". */
static bool whole(double *n, dw_unit *unit) {
  if (*n == (int)*n) return true;
  if (*unit == DW_CENTURY)
    *n *= 100, *unit = DW_YEAR;
  else if (*unit == DW_DECADE)
    *n *= 10, *unit = DW_YEAR;
  else if (*unit == DW_YEAR)
    *n *= 12, *unit = DW_MONTHS;
  return *n == (int)*n;
}

/* The anchor and a number of units. "Two decades ago" names a decade, but means about one year in it. */
static bool give_counted(dw_context *context, dw_found *out, dw_date anchor, dw_unit unit, int count) {
  dw_date date = dw_date_add(anchor, unit, count), year;
  if (date.grain != DW_DECADE && date.grain != DW_CENTURY) return give_or_shape(context, out, date, unit);
  year = dw_date_add(anchor, DW_YEAR, count * (unit == DW_DECADE ? 10 : 100));
  out->value = dw_date_value(context->scan.arena, date);
  context->failed = context->failed || !out->value.ptr;
  out->approx = true;
  return give(out, year);
}

/* argument -1: back from publication, 1: on, 0: "years ago" */
bool dw_act_ago(dw_context *context, const dw_got *got, int argument, dw_found *out) {
  double n = got->n;
  dw_unit unit = got->unit;
  if (argument == 0 && !got->plural) return false;
  out->relative = out->counted = true;
  if (argument == 0 || got->vague || n <= 0 || unit < DW_DAY || !whole(&n, &unit)) {
    out->value = dw_value(context, argument > 0 ? "FUTURE_REF" : "PAST_REF");
    return true;
  }
  return give_counted(context, out, context->published, unit, (int)n * argument);
}

/* argument 1: "three days later", -1: "three days earlier" */
bool dw_act_later(dw_context *context, const dw_got *got, int argument, dw_found *out) {
  double n = got->n;
  dw_unit unit = got->unit;
  bool open = dw_scan_is(&context->scan, got->end - 1, "after|before|on|prior");
  if (open &&
      (!clause_ends(context, got->end) || dw_scan_is(&context->scan, got->end, "when|he|she|it|they|in|by|with")))
    return false;
  if (n <= 0 && (!got->plural || dw_scan_is(&context->scan, got->first, "few"))) return false;
  out->relative = out->counted = true;
  if (n <= 0 || got->vague || !whole(&n, &unit)) {
    out->value = dw_value(context, argument > 0 ? "FUTURE_REF" : "PAST_REF");
    return true;
  }
  if (unit < DW_DAY) {
    out->kind = DS_WHEN_TIME;
    out->value = dw_value(context, "XXXX-XX-XXTXX");
    return true;
  }
  return give_counted(context, out, told(context), unit, (int)n * argument);
}

static bool span_from_here(dw_context *context, const dw_got *got, dw_found *out) {
  out->kind = DS_WHEN_DURATION;
  out->value = dw_value(context, "P1%s", dw_unit_letters(got->unit));
  return true;
}

/* argument 0: previous, same, following; 1: that; 2: next; 3, 4, 5: the same with a part of the day */
bool dw_act_step(dw_context *context, const dw_got *got, int argument, dw_found *out) {
  int step = got->step != INT32_MIN ? got->step : got->shift != INT32_MIN ? got->shift : 0;
  if (argument == 2 || argument == 3) step = 1;
  if (got->plural) return false;
  if (argument >= 3) {
    give_or_shape(context, out, dw_date_add(told(context), DW_DAY, step), DW_DAY);
    return give_part(out, got->part);
  }
  if (got->month > 0 || got->season > 0) {
    dw_date base = dw_date_cut(told(context), got->month > 0 ? DW_MONTHS : DW_SEASONS);
    if (base.grain == DW_NO_UNIT || base.year == DW_NO_YEAR) return give_or_shape(context, out, DW_NO_DATE, DW_MONTHS);
    int position = got->month > 0 ? got->month : got->season, now = got->month > 0 ? base.month : base.sub;
    base.year = shifted_year(base.year, position, now, step);
    if (got->month > 0)
      base.month = got->month;
    else
      base.sub = got->season;
    return give(out, base);
  }
  if (got->unit < DW_DAY || got->unit == DW_NO_UNIT) return false;
  bool over = led_by(context, got->first, "in|over|during|for|within|throughout");
  if (argument == 2 && got->unit != DW_DAY && over) return span_from_here(context, got, out);
  if (argument == 1 && dw_scan_is(&context->scan, got->end, "of") &&
      dw_scan_together(&context->scan, got->first, got->end))
    return false;
  dw_date base = argument == 2 && got->unit != DW_DAY ? dw_now(context, got->first) : told(context);
  return give_or_shape(context, out, dw_date_add(base, got->unit, step), got->unit);
}

/* "the year before", at the end of its clause */
bool dw_act_beside(dw_context *context, const dw_got *got, int argument, dw_found *out) {
  (void)argument;
  if (got->plural || got->unit < DW_DAY || !clause_ends(context, got->end)) return false;
  int step = dw_scan_is(&context->scan, got->end - 1, "before") ? -1 : 1;
  return give_or_shape(context, out, dw_date_add(told(context), got->unit, step), got->unit);
}

/* "in the morning": of the day that was told last */
bool dw_act_part(dw_context *context, const dw_got *got, int argument, dw_found *out) {
  if (got->plural || (!argument && !led_by(context, got->first, "in|during")) ||
      dw_scan_is(&context->scan, got->end, "of"))
    return false;
  give_or_shape(context, out, dw_date_cut(told(context), DW_DAY), DW_DAY);
  return give_part(out, got->part);
}
