#include "when/edtf.h"

/* Days from civil and back: the era of 400 years that starts on 1 March makes leap days come last. */
int32_t ds_day_from_ymd(ds_ymd date) {
  int year = date.year - (date.month <= 2);
  int era = (year >= 0 ? year : year - 399) / 400;
  int of_era = year - era * 400;
  int of_year = (153 * (date.month + (date.month > 2 ? -3 : 9)) + 2) / 5 + date.day - 1;
  return era * 146097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719468;
}

ds_ymd ds_day_to_ymd(int32_t day) {
  int shifted = day + 719468;
  int era = (shifted >= 0 ? shifted : shifted - 146096) / 146097;
  int of_era = shifted - era * 146097;
  int year = (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
  int of_year = of_era - (365 * year + year / 4 - year / 100);
  int month = (5 * of_year + 2) / 153;
  ds_ymd date = {.day = of_year - (153 * month + 2) / 5 + 1, .month = month < 10 ? month + 3 : month - 9};
  date.year = year + era * 400 + (date.month <= 2);
  return date;
}

int ds_day_weekday(int32_t day) {
  int from_monday = (int)(((int64_t)day + 3) % 7);
  return (from_monday < 0 ? from_monday + 7 : from_monday) + 1;
}

int ds_month_days(int year, int month) {
  static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
  return month < 1 || month > 12 ? 0 : days[month - 1] + (month == 2 && leap);
}

static void span_days(int year, int month, int last_year, int last_month, int32_t *first, int32_t *last) {
  *first = ds_day_from_ymd((ds_ymd){year, month, 1});
  *last = ds_day_from_ymd((ds_ymd){last_year, last_month, ds_month_days(last_year, last_month)});
}

/* Reads count digits, an X counting as the lowest and the highest digit; the X must come last. */
static bool read_digits(ds_str s, size_t count, int *low, int *high) {
  bool open = false;
  *low = *high = 0;
  if (s.len < count) return false;
  for (size_t i = 0; i < count; i++) {
    char c = s.ptr[i];
    bool unknown = c == 'X';
    if (!unknown && (open || c < '0' || c > '9')) return false;
    open = unknown;
    *low = *low * 10 + (unknown ? 0 : c - '0');
    *high = *high * 10 + (unknown ? 9 : c - '0');
  }
  return true;
}

static bool season_bounds(int year, int season, int32_t *first, int32_t *last) {
  int month = (season - 21) * 3 + 3;
  span_days(year, month, season == 24 ? year + 1 : year, season == 24 ? 2 : month + 2, first, last);
  return true;
}

static bool date_bounds(ds_str s, int32_t *first, int32_t *last) {
  while (s.len > 0 && (s.ptr[s.len - 1] == '~' || s.ptr[s.len - 1] == '?' || s.ptr[s.len - 1] == '%')) s.len--;
  bool negative = s.len > 0 && s.ptr[0] == '-';
  if (negative) s = ds_str_sub(s, 1, s.len);
  int low, high, month, day, same;
  if (!read_digits(s, 4, &low, &high)) return false;
  int early = negative ? -high : low, late = negative ? -low : high;
  if (s.len == 4) {
    span_days(early, 1, late, 12, first, last);
    return true;
  }
  if (early != late || s.len < 7 || s.ptr[4] != '-' || !read_digits(ds_str_sub(s, 5, 7), 2, &month, &same))
    return false;
  if (month != same) return false;
  if (s.len == 7 && month >= 21 && month <= 24) return season_bounds(early, month, first, last);
  if (month < 1 || month > 12) return false;
  if (s.len == 7) {
    span_days(early, month, early, month, first, last);
    return true;
  }
  if (s.len != 10 || s.ptr[7] != '-' || !read_digits(ds_str_sub(s, 8, 10), 2, &day, &same) || day != same) return false;
  if (day < 1 || day > ds_month_days(early, month)) return false;
  *first = *last = ds_day_from_ymd((ds_ymd){early, month, day});
  return true;
}

bool ds_edtf_bounds(ds_str edtf, int32_t *first, int32_t *last) {
  size_t slash;
  if (!ds_str_find(edtf, DS_STR("/"), &slash)) return date_bounds(edtf, first, last);
  ds_str from = ds_str_sub(edtf, 0, slash), to = ds_str_sub(edtf, slash + 1, edtf.len);
  int32_t inner;
  bool open_from = from.len == 0 || ds_str_eqz(from, ".."), open_to = to.len == 0 || ds_str_eqz(to, "..");
  *first = DS_DAY_MIN;
  *last = DS_DAY_MAX;
  if (open_from && open_to) return false;
  if (!open_from && !date_bounds(from, first, &inner)) return false;
  if (!open_to && !date_bounds(to, &inner, last)) return false;
  return *first <= *last;
}
