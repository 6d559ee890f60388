#include "when/find.h"

#include <stdio.h>

const char *dw_unit_letters(dw_unit unit) {
  static const char *const letters[] = {"S", "M", "H", "D", "WE", "W", "M", "S", "Q", "H", "Y", "DE", "CE", ""};
  return letters[unit];
}

static bool lower_case(const dw_context *context, uint32_t at) {
  const dw_scan *scan = &context->scan;
  return !scan->atoms[at].upper || at == 0 || !dw_scan_together(scan, at - 1, at);
}

static ds_str period(dw_context *context, double n, bool vague, dw_unit unit) {
  const char *time = unit < DW_DAY ? "T" : "", *letters = dw_unit_letters(unit);
  if (vague || n <= 0) return dw_value(context, "P%sX%s", time, letters);
  if (n == (int)n) return dw_value(context, "P%s%d%s", time, (int)n, letters);
  if (n * 10 == (int)(n * 10)) return dw_value(context, "P%s%d.%d%s", time, (int)n, (int)(n * 10) % 10, letters);
  return dw_value(context, "P%s%d.%02d%s", time, (int)n, (int)(n * 100 + .5) % 100, letters);
}

static ds_str half(dw_context *context, dw_unit unit) {
  switch (unit) {
    case DW_CENTURY: return dw_value(context, "P50Y");
    case DW_DECADE: return dw_value(context, "P5Y");
    case DW_YEAR: return dw_value(context, "P6M");
    case DW_DAY: return dw_value(context, "PT12H");
    case DW_HOUR: return dw_value(context, "PT30M");
    default: return period(context, .5, false, unit);
  }
}

/* Whether "{n} {unit}" is a stretch of time: not "a second time", "the 2012 year", "2 May days". */
static bool is_stretch(const dw_context *context, const dw_got *got) {
  const dw_scan *scan = &context->scan;
  if (got->unit == DW_SECOND && !got->plural && !dw_scan_is(scan, got->first, "one")) return false;
  if (got->unit == DW_QUARTER) return false; /* "three quarters of the capital" */
  if (dw_scan_is(scan, got->first, "a|an") &&
      (dw_scan_is(scan, got->end - 1, "long") || dw_scan_is(scan, got->end, "-")))
    return false;
  if (got->vague && !got->plural) return false;
  if (got->n >= 1900 && got->n <= 2100 && !got->plural) return false;
  if (dw_scan_is(scan, got->first, "a|an") && dw_scan_is(scan, got->first + 1, "few|number|couple") && !got->plural)
    return false;
  return true;
}

/* argument 1: "the past two years"; 2: "a year and a half"; 3: a quarter of a century; 4: half; 5: all, the whole */
bool dw_act_duration(dw_context *context, const dw_got *got, int argument, dw_found *out) {
  out->kind = DS_WHEN_DURATION;
  double n = got->n > 0 ? got->n : 1;
  switch (argument) {
    case 2: out->value = period(context, 1.5, false, got->unit); return !got->plural;
    case 3: out->value = dw_value(context, "P25Y"); return true;
    case 4: out->value = half(context, got->unit); return !got->plural;
    case 5: out->value = period(context, 1, false, got->unit); return !got->plural && got->unit >= DW_DAY;
    case 1:
      if (!got->plural || dw_scan_is(&context->scan, got->end, "of age")) return false;
      out->value = period(context, n, got->vague || got->n <= 0, got->unit);
      return true;
    default:
      if (n == .5) return out->value = half(context, got->unit), is_stretch(context, got);
      out->value = period(context, n, got->vague, got->unit);
      return is_stretch(context, got);
  }
}

/* argument 0: "for years", 1: "year-long", 2: "the coming months" */
bool dw_act_plural(dw_context *context, const dw_got *got, int argument, dw_found *out) {
  const dw_scan *scan = &context->scan;
  out->kind = DS_WHEN_DURATION;
  bool led =
      got->first > 0 && dw_scan_together(scan, got->first - 1, got->first) &&
      dw_scan_is(scan, got->first - 1, "for|in|within|over|after|lasted|take|takes|took|taken|spent|spend|lasting");
  if (argument == 0 && (!got->plural || !led || got->unit == DW_QUARTER)) return false;
  if (argument == 2 && !got->plural) return false;
  out->value = period(context, 1, got->plural, got->unit);
  return true;
}

/* argument 0: every n units; 1: every other; 2: every weekday; 3: weekdays; 4: month; 5: season; 6: part of the day */
bool dw_act_every(dw_context *context, const dw_got *got, int argument, dw_found *out) {
  static const char *const seasons[] = {"", "SP", "SU", "FA", "WI"}, *const parts[] = {"",    "TMO", "TAF",
                                                                                       "TEV", "TNI", "TDT"};
  bool counts = dw_scan_is(&context->scan, got->first, "every|each");
  out->kind = DS_WHEN_SET;
  out->relative = true;
  switch (argument) {
    case 0: out->value = period(context, counts && got->n > 0 ? got->n : 1, counts && got->vague, got->unit); break;
    case 1: out->value = period(context, 2, false, got->unit); break;
    case 2: out->value = dw_value(context, "XXXX-WXX-%d%s", got->weekday, parts[got->part]); break;
    case 3:
      if (!got->plural) return false;
      out->value = dw_value(context, "XXXX-WXX-%d%s", got->weekday, parts[got->part]);
      break;
    case 4: out->value = dw_value(context, "XXXX-%02d", got->month); break;
    case 5: out->value = dw_value(context, "XXXX-%s", seasons[got->season]); break;
    default: out->value = dw_value(context, "XXXX-XX-XX%s", parts[got->part]); break;
  }
  return true;
}

bool dw_act_often(dw_context *context, const dw_got *got, int argument, dw_found *out) {
  (void)argument;
  out->kind = DS_WHEN_SET;
  if (!lower_case(context, got->first)) return false;
  switch (got->unit) {
    case DW_HOUR: out->value = dw_value(context, "PT1H"); break;
    case DW_DAY: out->value = dw_value(context, "XXXX-XX-XX"); break;
    case DW_WEEK: out->value = dw_value(context, "XXXX-WXX"); break;
    case DW_MONTHS: out->value = dw_value(context, "XXXX-XX"); break;
    case DW_QUARTER: out->value = dw_value(context, "XXXX-QX"); break;
    default: out->value = dw_value(context, "XXXX"); break;
  }
  return true;
}

/* argument 0: present, 1: past, 2: future; 3: "the moment" after "at"; 4: "this time"; 5: "the past" */
bool dw_act_reference(dw_context *context, const dw_got *got, int argument, dw_found *out) {
  static const char *const values[] = {"PRESENT_REF", "PAST_REF",    "FUTURE_REF",
                                       "PRESENT_REF", "PRESENT_REF", "PAST_REF"};
  const dw_scan *scan = &context->scan;
  bool led = got->first > 0 && dw_scan_together(scan, got->first - 1, got->first);
  const dw_atom *next = dw_scan_together(scan, got->first, got->end) ? &scan->atoms[got->end] : NULL;
  if (!lower_case(context, got->first) || (next && next->glued && next->type == '-')) return false;
  if (argument == 4 && !(led && dw_scan_is(scan, got->first - 1, "at|by"))) return false;
  if (argument == 5 && (!(led && dw_scan_is(scan, got->first - 1, "in|of|from")) ||
                        (next && next->type == 'w' && dw_scan_is(scan, got->end, "of"))))
    return false;
  if (got->unit != DW_NO_UNIT && !got->plural) return false;
  if (led && got->unit == DW_NO_UNIT && dw_scan_is(scan, got->first - 1, "electric|direct|alternating")) return false;
  out->value = dw_value(context, "%s", values[argument]);
  return true;
}

/* argument 1: noon, 2: midnight. The day is put to it when all is found (link.c). */
bool dw_act_clock(dw_context *context, const dw_got *got, int argument, dw_found *out) {
  const dw_scan *scan = &context->scan;
  int hour = argument == 1 ? 12 : argument == 2 ? 0 : got->hour, minute = got->minute > 0 ? got->minute : 0;
  if (hour < 12 && dw_scan_is(scan, got->end - 1, "afternoon|evening|night")) hour += 12;
  if (hour > 24) return false;
  out->kind = DS_WHEN_TIME;
  if (got->second >= 0)
    snprintf(out->time, sizeof out->time, "T%02d:%02d:%02d", hour % 100, minute % 100, got->second % 100);
  else
    snprintf(out->time, sizeof out->time, "T%02d:%02d", hour % 100, minute % 100);
  return true;
}

bool dw_act_skip(dw_context *context, const dw_got *got, int argument, dw_found *out) {
  out->skip = true;
  return !argument || context->scan.atoms[got->end - 1].upper;
}
