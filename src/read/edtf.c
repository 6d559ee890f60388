/* EDTF (ISO 8601-2), the part of levels 0 and 1 that this project writes. */
#include "read/internal.h"

/* What is known of one end of an interval, for comparing: 0 where a part is not said. */
typedef struct point {
  unsigned year, month, day;
  bool exact; /* a plain year, month or day, which can be compared */
} point;

static bool digits(ds_str s, size_t at, size_t count, unsigned *out) {
  uint32_t value = 0;
  if (at + count > s.len || !ds_str_to_u32(ds_str_sub(s, at, at + count), &value)) return false;
  *out = value;
  return true;
}

bool ds_day_real(unsigned year, unsigned month, unsigned day) {
  static const unsigned char days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  if (month < 1 || month > 12 || day < 1) return false;
  bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
  return day <= days[month - 1] + (month == 2 && leap ? 1u : 0u);
}

/* 199X and 19XX */
static bool is_masked_year(ds_str s) {
  unsigned ignored;
  return s.len == 4 && s.ptr[3] == 'X' && (digits(s, 0, 3, &ignored) || (s.ptr[2] == 'X' && digits(s, 0, 2, &ignored)));
}

static bool parse_point(ds_str s, point *out) {
  *out = (point){0};
  if (s.len > 0 && (s.ptr[s.len - 1] == '~' || s.ptr[s.len - 1] == '?' || s.ptr[s.len - 1] == '%')) s.len--;
  if (is_masked_year(s)) return true;
  if (!digits(s, 0, 4, &out->year)) return false;
  out->exact = true;
  if (s.len == 4) return true;
  if (s.ptr[4] != '-' || !digits(s, 5, 2, &out->month)) return false;
  if (s.len == 7) {
    if (out->month >= 21 && out->month <= 24) out->exact = false;
    return !out->exact || (out->month >= 1 && out->month <= 12);
  }
  return s.len == 10 && s.ptr[7] == '-' && digits(s, 8, 2, &out->day) && ds_day_real(out->year, out->month, out->day);
}

static bool in_order(const point *a, const point *b) {
  if (!a->exact || !b->exact) return true;
  if (a->year != b->year) return a->year < b->year;
  if (a->month == 0 || b->month == 0) return true;
  if (a->month != b->month) return a->month < b->month;
  return a->day == 0 || b->day == 0 || a->day <= b->day;
}

bool ds_edtf_valid(ds_str s) {
  size_t slash;
  point a, b;
  if (!ds_str_find(s, DS_STR("/"), &slash)) return parse_point(s, &a);
  ds_str from = ds_str_sub(s, 0, slash), to = ds_str_sub(s, slash + 1, s.len);
  bool open_from = ds_str_eqz(from, ".."), open_to = ds_str_eqz(to, "..");
  if (open_from && open_to) return false;
  if (!open_from && !parse_point(from, &a)) return false;
  if (!open_to && !parse_point(to, &b)) return false;
  return open_from || open_to || in_order(&a, &b);
}
