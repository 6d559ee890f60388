#include "when/value.h"

static bool has_year(dw_date date) {
  return date.grain != DW_NO_UNIT && date.year != DW_NO_YEAR;
}

dw_date dw_date_from_day(int32_t day) {
  ds_ymd ymd = ds_day_to_ymd(day);
  return (dw_date){.grain = DW_DAY, .year = ymd.year, .month = ymd.month, .day = ymd.day};
}

bool dw_date_day(dw_date date, int32_t *day) {
  if (date.grain != DW_DAY || date.year == DW_NO_YEAR) return false;
  *day = ds_day_from_ymd((ds_ymd){date.year, date.month, date.day});
  return true;
}

dw_date dw_date_from_edtf(ds_str edtf) {
  ds_str from;
  uint32_t part[3] = {0, 0, 0};
  size_t parts = 0;
  if (!ds_str_split(&edtf, '/', &from)) return DW_NO_DATE;
  while (from.len && (from.ptr[from.len - 1] == '~' || from.ptr[from.len - 1] == '?' || from.ptr[from.len - 1] == '%'))
    from.len--;
  for (ds_str word; parts < 3 && ds_str_split(&from, '-', &word);)
    if (!ds_str_to_u32(word, &part[parts++])) return DW_NO_DATE;
  dw_date date = {.grain = DW_YEAR, .year = (int)part[0], .month = (int)part[1], .day = (int)part[2]};
  if (parts == 0 || part[0] < 1000 || part[0] > 9999) return DW_NO_DATE;
  if (parts > 1 && part[1] >= 21 && part[1] <= 24) return date.grain = DW_SEASONS, date.sub = (int)part[1] - 20, date;
  if (parts > 1 && (part[1] < 1 || part[1] > 12)) return DW_NO_DATE;
  if (parts > 1) date.grain = DW_MONTHS;
  if (parts > 2 && (part[2] < 1 || (int)part[2] > ds_month_days(date.year, date.month))) return DW_NO_DATE;
  if (parts > 2) date.grain = DW_DAY;
  return date;
}

static int floor_to(int n, int step) {
  return n - ((n % step) + step) % step;
}

static dw_date cut_to_week(dw_date date, dw_unit unit) {
  int32_t day;
  if (date.grain == DW_WEEK || date.grain == DW_WEEKEND) date.grain = DW_DAY;
  if (!dw_date_day(date, &day)) return DW_NO_DATE;
  date = dw_date_from_day(day - ds_day_weekday(day) + (unit == DW_WEEK ? 1 : 6));
  date.grain = unit;
  return date;
}

static dw_date cut_to_months(dw_date date, dw_unit unit) {
  bool months = date.grain == DW_DAY || date.grain == DW_WEEK || date.grain == DW_WEEKEND || date.grain == DW_MONTHS;
  if (!months) return date.grain == unit ? date : DW_NO_DATE;
  if (unit == DW_QUARTER) date.sub = (date.month - 1) / 3 + 1;
  if (unit == DW_HALF) date.sub = (date.month - 1) / 6 + 1;
  if (unit == DW_SEASONS) {
    if (date.month < 3 && has_year(date)) date.year--;
    date.sub = date.month < 3 || date.month == 12 ? 4 : date.month / 3;
  }
  date.grain = unit;
  return date;
}

dw_date dw_date_cut(dw_date date, dw_unit unit) {
  if (date.grain == DW_NO_UNIT || unit < DW_DAY || unit == DW_NO_UNIT) return DW_NO_DATE;
  switch (unit) {
    case DW_DAY: return date.grain == DW_DAY ? date : DW_NO_DATE;
    case DW_WEEK:
    case DW_WEEKEND: return cut_to_week(date, unit);
    case DW_MONTHS:
    case DW_SEASONS:
    case DW_QUARTER:
    case DW_HALF: return cut_to_months(date, unit);
    default: break;
  }
  if (!has_year(date) || date.grain > unit) return DW_NO_DATE;
  int step = unit == DW_YEAR ? 1 : unit == DW_DECADE ? 10 : 100;
  return (dw_date){.grain = unit, .year = floor_to(date.year, step)};
}

static dw_date add_months(dw_date date, int count) {
  int months = date.month - 1 + count, years = floor_to(months, 12) / 12;
  date.month = months - years * 12 + 1;
  if (date.year != DW_NO_YEAR) date.year += years;
  return date;
}

static dw_date add_subs(dw_date date, int count, int in_year) {
  int subs = date.sub - 1 + count, years = floor_to(subs, in_year) / in_year;
  date.sub = subs - years * in_year + 1;
  if (date.year != DW_NO_YEAR) date.year += years;
  return date;
}

static dw_date add_days(dw_date date, int count) {
  dw_unit grain = date.grain;
  bool no_year = date.year == DW_NO_YEAR;
  int32_t day = ds_day_from_ymd((ds_ymd){no_year ? 2001 : date.year, date.month, date.day});
  date = dw_date_from_day(day + count);
  date.grain = grain;
  if (no_year) date.year = DW_NO_YEAR;
  return date;
}

dw_date dw_date_add(dw_date date, dw_unit unit, int count) {
  date = dw_date_cut(date, unit);
  if (date.grain == DW_NO_UNIT || count < -9999 || count > 9999) return DW_NO_DATE;
  switch (unit) {
    case DW_DAY: return add_days(date, count);
    case DW_WEEK:
    case DW_WEEKEND: return add_days(date, count * 7);
    case DW_MONTHS: return add_months(date, count);
    case DW_SEASONS:
    case DW_QUARTER: return add_subs(date, count, 4);
    case DW_HALF: return add_subs(date, count, 2);
    default: date.year += count * (unit == DW_YEAR ? 1 : unit == DW_DECADE ? 10 : 100); return date;
  }
}

/* ---- writing ---- */

static ds_str year_value(ds_arena *arena, dw_date date) {
  if (date.year == DW_NO_YEAR) return ds_arena_str(arena, DS_STR("XXXX"));
  return date.year > 0 ? ds_arena_printf(arena, "%04d", date.year) : ds_arena_printf(arena, "BC%04d", 1 - date.year);
}

/* The year and week of ISO 8601: a week belongs to the year of its Thursday. */
static ds_str week_value(ds_arena *arena, dw_date date) {
  int32_t thursday = ds_day_from_ymd((ds_ymd){date.year, date.month, date.day}) + (date.grain == DW_WEEK ? 3 : -2);
  ds_ymd ymd = ds_day_to_ymd(thursday);
  int week = (thursday - ds_day_from_ymd((ds_ymd){ymd.year, 1, 1})) / 7 + 1;
  return ds_arena_printf(arena, "%04d-W%02d%s", ymd.year, week, date.grain == DW_WEEK ? "" : "-WE");
}

ds_str dw_date_value(ds_arena *arena, dw_date date) {
  static const char *const seasons[] = {"SP", "SU", "FA", "WI"};
  if (date.grain == DW_NO_UNIT) return ds_arena_str(arena, DS_STR(""));
  ds_str year = year_value(arena, date);
  if (!year.ptr) return year;
  int digits = date.year < 1 ? 2 : 0;
  switch (date.grain) {
    case DW_DAY: return ds_arena_printf(arena, "%s-%02d-%02d", year.ptr, date.month, date.day);
    case DW_WEEK:
    case DW_WEEKEND: return week_value(arena, date);
    case DW_MONTHS: return ds_arena_printf(arena, "%s-%02d", year.ptr, date.month);
    case DW_SEASONS: return ds_arena_printf(arena, "%s-%s", year.ptr, seasons[date.sub - 1]);
    case DW_QUARTER: return ds_arena_printf(arena, "%s-Q%d", year.ptr, date.sub);
    case DW_HALF: return ds_arena_printf(arena, "%s-H%d", year.ptr, date.sub);
    case DW_DECADE: return ds_arena_printf(arena, "%.*s", 3 + digits, year.ptr);
    case DW_CENTURY: return ds_arena_printf(arena, "%.*s", 2 + digits, year.ptr);
    default: return year;
  }
}

static ds_str span_edtf(ds_arena *arena, dw_date date) {
  ds_ymd from = {date.year, date.month, date.day}, to;
  if (date.grain == DW_WEEK || date.grain == DW_WEEKEND) {
    to = ds_day_to_ymd(ds_day_from_ymd(from) + (date.grain == DW_WEEK ? 6 : 1));
    return ds_arena_printf(arena, "%04d-%02d-%02d/%04d-%02d-%02d", from.year, from.month, from.day, to.year, to.month,
                           to.day);
  }
  int months = date.grain == DW_QUARTER ? 3 : 6;
  return ds_arena_printf(arena, "%04d-%02d/%04d-%02d", date.year, (date.sub - 1) * months + 1, date.year,
                         date.sub * months);
}

ds_str dw_date_edtf(ds_arena *arena, dw_date date, bool approx) {
  const char *mark = approx ? "~" : "";
  if (!has_year(date)) return ds_arena_str(arena, DS_STR(""));
  ds_str year =
      date.year >= 0 ? ds_arena_printf(arena, "%04d", date.year) : ds_arena_printf(arena, "-%04d", -date.year);
  if (!year.ptr) return year;
  int digits = date.year < 0 ? 1 : 0;
  switch (date.grain) {
    case DW_DAY: return ds_arena_printf(arena, "%s-%02d-%02d%s", year.ptr, date.month, date.day, mark);
    case DW_WEEK:
    case DW_WEEKEND:
    case DW_QUARTER:
    case DW_HALF: return date.year < 0 ? ds_arena_str(arena, DS_STR("")) : span_edtf(arena, date);
    case DW_MONTHS: return ds_arena_printf(arena, "%s-%02d%s", year.ptr, date.month, mark);
    case DW_SEASONS: return ds_arena_printf(arena, "%s-%02d%s", year.ptr, 20 + date.sub, mark);
    case DW_DECADE: return ds_arena_printf(arena, "%.*sX", 3 + digits, year.ptr);
    case DW_CENTURY: return ds_arena_printf(arena, "%.*sXX", 2 + digits, year.ptr);
    default: return ds_arena_printf(arena, "%s%s", year.ptr, mark);
  }
}
