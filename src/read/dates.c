/* The day of publication as pages write it. */
#include "read/internal.h"

#include "base/utf8.h"

#include <stdio.h>
#include <string.h>

#define FIRST_YEAR 1600
#define LAST_YEAR 2199

static bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

static bool write_day(unsigned year, unsigned month, unsigned day, char out[11]) {
  if (year < FIRST_YEAR || year > LAST_YEAR) return false;
  /* What a page's program prints for a date that it does not have. */
  if (year == 1970 && month == 1 && day == 1) return false;
  if (month == 0)
    snprintf(out, 11, "%04u", year % 10000);
  else if (month > 12)
    return false;
  else if (day == 0)
    snprintf(out, 11, "%04u-%02u", year % 10000, month % 100);
  else if (!ds_day_real(year, month, day))
    return false;
  else
    snprintf(out, 11, "%04u-%02u-%02u", year % 10000, month % 100, day % 100);
  return true;
}

/* Reads at most max digits at *at. */
static unsigned number(ds_str s, size_t *at, size_t max) {
  unsigned value = 0;
  for (size_t i = 0; i < max && *at < s.len && is_digit(s.ptr[*at]); i++, (*at)++)
    value = value * 10 + (unsigned)(s.ptr[*at] - '0');
  return value;
}

static size_t digit_run(ds_str s, size_t at) {
  size_t end = at;
  while (end < s.len && is_digit(s.ptr[end])) end++;
  return end - at;
}

/* 2023-09-20T10:00:00Z, 2023-9-5, 2023/09/20, 2023.09.20, 20230920, 2023-09, 2023 */
static bool read_iso(ds_str s, char out[11]) {
  size_t at = 0, run = digit_run(s, 0);
  unsigned year = number(s, &at, 4), month = 0, day = 0;
  if (run == 8 && (s.len == 8 || s.ptr[8] == 'T' || s.ptr[8] == ' ')) {
    month = number(s, &at, 2);
    day = number(s, &at, 2);
    return month > 0 && day > 0 && write_day(year, month, day, out);
  }
  if (run != 4) return false;
  if (s.len == 4) return write_day(year, 0, 0, out);
  char separator = s.ptr[at++];
  if (!strchr("-/.", separator) || digit_run(s, at) < 1 || digit_run(s, at) > 2) return false;
  month = number(s, &at, 2);
  if (month == 0) return false;
  if (at == s.len) return write_day(year, month, 0, out);
  if (s.ptr[at] != separator || digit_run(s, at + 1) < 1 || digit_run(s, at + 1) > 2) return false;
  at++;
  day = number(s, &at, 2);
  if (at < s.len && !strchr("T t,Z+", s.ptr[at])) return false;
  return day > 0 && write_day(year, month, day, out);
}

/* 20.09.2023 is read day first everywhere; 09/20/2023 only where one of the two cannot be a month. */
static bool read_numeric(ds_str s, char out[11]) {
  size_t at = 0, first_run = digit_run(s, 0);
  if (first_run < 1 || first_run > 2) return false;
  unsigned a = number(s, &at, 2);
  if (at >= s.len || !strchr("./-", s.ptr[at])) return false;
  char separator = s.ptr[at++];
  size_t second_run = digit_run(s, at);
  if (second_run < 1 || second_run > 2) return false;
  unsigned b = number(s, &at, 2);
  if (at >= s.len || s.ptr[at] != separator || digit_run(s, at + 1) != 4) return false;
  at++;
  unsigned year = number(s, &at, 4);
  if (a == 0 || b == 0) return false;
  if (separator == '.' || a == b || a > 12) return write_day(year, b, a, out);
  return b > 12 && write_day(year, a, b, out);
}

static unsigned month_of(ds_str word) {
  static const char *const names[] = {"january", "february", "march",     "april",   "may",      "june",
                                      "july",    "august",   "september", "october", "november", "december"};
  if (word.len < 3) return 0;
  if (ds_str_eq_nocase(word, DS_STR("sept"))) return 9;
  for (unsigned i = 0; i < 12; i++) {
    ds_str name = ds_str_from(names[i]);
    if (ds_str_eq_nocase(word, name) || (word.len == 3 && ds_str_eq_nocase(word, ds_str_sub(name, 0, 3)))) return i + 1;
  }
  return 0;
}

/* A date with a month's name: the number beside it is the day, the next number of four digits the year. */
typedef struct named_date {
  unsigned before; /* a number of one or two digits just before the month, or 0 */
  unsigned month, day, year;
} named_date;

static bool is_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static void take_number(ds_str s, size_t *at, named_date *date) {
  size_t run = digit_run(s, *at);
  unsigned value = number(s, at, run);
  bool clock = *at < s.len && s.ptr[*at] == ':';
  if (clock) {
    while (*at < s.len && (is_digit(s.ptr[*at]) || s.ptr[*at] == ':')) (*at)++;
  } else if (run <= 2 && !date->month) {
    date->before = value;
  } else if (run <= 2 && !date->day && !date->year) {
    date->day = value;
  } else if (run == 4 && date->month && !date->year) {
    date->year = value;
  }
}

static void take_word(ds_str word, named_date *date) {
  unsigned month = date->month ? 0 : month_of(word);
  static const char *const between[] = {"st", "nd", "rd", "th", "of", "the"};
  if (month) {
    date->month = month;
    date->day = date->before;
    return;
  }
  for (size_t i = 0; i < sizeof between / sizeof *between; i++)
    if (ds_str_eq_nocase(word, ds_str_from(between[i]))) return;
  if (!date->month) date->before = 0;
}

static bool read_named(ds_str s, char out[11]) {
  named_date date = {0};
  for (size_t at = 0; at < s.len && !date.year;) {
    size_t start = at;
    if (is_digit(s.ptr[at]) && digit_run(s, at) <= 4) {
      take_number(s, &at, &date);
    } else if (is_digit(s.ptr[at])) {
      return false;
    } else if (is_letter(s.ptr[at])) {
      while (at < s.len && is_letter(s.ptr[at])) at++;
      take_word(ds_str_sub(s, start, at), &date);
    } else {
      at++;
    }
  }
  return date.month && date.year && write_day(date.year, date.month, date.day, out);
}

bool ds_day_from(ds_str s, char out[11]) {
  s = ds_str_trim(s);
  if (s.len < 4 || s.len > 200) return false;
  return read_iso(s, out) || read_numeric(s, out) || read_named(s, out);
}
