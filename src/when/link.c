#include "when/find.h"

#include <stdarg.h>
#include <stdio.h>

ds_str dw_value(dw_context *context, const char *format, ...) {
  char bytes[64];
  va_list list;
  va_start(list, format);
  int length = vsnprintf(bytes, sizeof bytes, format, list);
  va_end(list);
  ds_str value = ds_arena_str(context->scan.arena, (ds_str){bytes, length < 0 || length >= 64 ? 0 : (size_t)length});
  context->failed = context->failed || !value.ptr;
  return value;
}

/* ---- words in front ---- */

/* Whether the words stand right before atom `at`: then where they begin, else `at`. */
static uint32_t before(const dw_context *context, uint32_t at, const char *pattern, uint32_t length) {
  dw_got got;
  if (at < length || !dw_scan_match(&context->scan, at - length, pattern, &got)) return at;
  return got.end == at && dw_scan_together(&context->scan, at - length, at) ? at - length : at;
}

/* Tries patterns of one word a blank; the longest come first. */
static uint32_t before_any(const dw_context *context, uint32_t at, const char *const *patterns, size_t count) {
  for (size_t i = 0; i < count; i++) {
    uint32_t length = 1;
    for (const char *c = patterns[i]; *c; c++) length += *c == ' ';
    uint32_t from = before(context, at, patterns[i], length);
    if (from != at) return from;
  }
  return at;
}

static void extend_duration(dw_context *context, dw_found *found) {
  static const char *const hedges[] = {
      "more|less|fewer|no than",   "at least|most", "close to", "up to", "about|around|nearly|almost",
      "approximately|roughly|some"};
  uint32_t from = before_any(context, found->first, hedges, sizeof hedges / sizeof *hedges);
  found->approx = found->approx || from != found->first;
  found->first = from;
  if (before(context, from, "for|in|after|of|by|with|than over|under", 2) != from) found->first = from - 1;
}

static bool takes_the(dw_unit grain) {
  return grain == DW_DECADE || grain == DW_CENTURY || grain == DW_SEASONS;
}

static void extend_day(dw_context *context, dw_found *found) {
  static const char *const leads[] = {"early in the {part} of", "the early|late {part} hours of",
                                      "the early|late {part} of", "late|early {part} of", "the {part} of"};
  static const uint32_t lengths[] = {5, 5, 4, 3, 3};
  dw_got got;
  for (size_t i = 0; i < sizeof leads / sizeof *leads; i++) {
    uint32_t length = lengths[i];
    if (found->first < length || !dw_scan_match(&context->scan, found->first - length, leads[i], &got) ||
        got.end != found->first)
      continue;
    static const char *const letters[] = {"", "TMO", "TAF", "TEV", "TNI", "TDT"};
    snprintf(found->time, sizeof found->time, "%s", letters[got.part]);
    found->kind = DS_WHEN_TIME;
    found->first -= length;
    return;
  }
}

void dw_extend(dw_context *context, dw_found *found) {
  static const char *const stages[] = {"the early|late part of",
                                       "the very? beginning|start|end|middle|rest|remainder|close|turn|height of",
                                       "the beginning|start|end|middle|rest|remainder|close|turn|height of",
                                       "early|late in", "beginning|start|end|middle of"};
  static const char *const mods[] = {"mid -", "early|late|mid|middle"};
  if (found->skip) return;
  if (found->kind == DS_WHEN_DURATION || found->counted) extend_duration(context, found);
  bool shape = found->kind == DS_WHEN_DATE && ds_str_starts(found->value, DS_STR("XXXX"));
  if ((found->date.grain == DW_NO_UNIT && !shape) || found->kind == DS_WHEN_DURATION) return;
  uint32_t first = found->first;
  if (before(context, first, "about|around|circa|approximately|roughly|c", 1) != first &&
      found->date.grain >= DW_MONTHS)
    found->approx = true;
  bool the = dw_scan_is(&context->scan, first, "the");
  uint32_t from = the ? first : before_any(context, first, mods, sizeof mods / sizeof *mods);
  if (from != first && takes_the(found->date.grain)) from = before(context, from, "the", 1);
  if (from == first && dw_scan_is(&context->scan, first, "this|that|in|last"))
    from = before(context, first, "earlier|later", 1);
  bool day = found->date.grain == DW_DAY || ds_str_starts(found->value, DS_STR("XXXX-XX-")) ||
             ds_str_starts(found->value, DS_STR("XXXX-WXX-"));
  found->approx = found->approx || (from != first && !day);
  found->first = from;
  if (found->date.grain == DW_DAY && !found->time[0]) extend_day(context, found);
  if (day) return;
  from = before_any(context, found->first, stages, sizeof stages / sizeof *stages);
  found->approx = found->approx || from != found->first;
  found->first = from;
}

/* ---- joining ---- */

static bool same_sentence(const dw_context *context, const dw_found *a, const dw_found *b) {
  return dw_scan_together(&context->scan, a->first, b->first);
}

/* A clock time without a day takes that of its neighbour: "9 a.m. Tuesday" (one expression), "Tuesday at 9 a.m." */
static void give_day(dw_context *context, size_t i) {
  dw_found *items = context->found.items, *time = &items[i];
  const dw_scan *scan = &context->scan;
  dw_found *next = i + 1 < context->found.len && same_sentence(context, time, &items[i + 1]) ? &items[i + 1] : NULL;
  bool day_next = next && !next->skip && next->date.grain == DW_DAY && next->kind == DS_WHEN_DATE;
  uint32_t gap = day_next ? next->first - time->end : 9;
  if (gap == 0 || (gap == 1 && dw_scan_is(scan, time->end, ",|on"))) {
    time->date = next->date;
    time->relative = next->relative;
    if (dw_scan_is(scan, time->end, "on")) return;
    time->end = next->end;
    next->skip = true;
    return;
  }
  time->relative = true;
  for (size_t k = i; k-- > 0 && same_sentence(context, &items[k], time);)
    if (!items[k].skip && items[k].date.grain == DW_DAY) {
      time->date = items[k].date;
      return;
    }
  time->date = dw_date_cut(dw_now(context, time->first), DW_DAY);
}

/* How the words between two dates, and before the first, join them into one range. */
static bool is_range(const dw_context *context, const dw_found *a, const dw_found *b) {
  const dw_scan *scan = &context->scan;
  uint32_t gap = a->end;
  if (b->first != gap + 1 || !same_sentence(context, a, b)) return false;
  bool led = a->first > 0 && dw_scan_together(scan, a->first - 1, a->first);
  bool from = led && dw_scan_is(scan, a->first - 1, "from|between");
  if (dw_scan_is(scan, gap, "and")) return from && dw_scan_is(scan, a->first - 1, "between");
  return dw_scan_is(scan, gap, "to|until|till|through|-");
}

static bool is_list(const dw_context *context, const dw_found *a, const dw_found *b) {
  return b->first == a->end + 1 && same_sentence(context, a, b) &&
         dw_scan_is(&context->scan, a->end, "and|or|,|to|-|through|until");
}

static bool dated(const dw_found *found) {
  return !found->skip && found->kind != DS_WHEN_SET && found->date.grain != DW_NO_UNIT &&
         found->date.year != DW_NO_YEAR;
}

static bool after(dw_date a, dw_date b) {
  return a.month != b.month ? a.month > b.month : a.grain == DW_DAY && b.grain == DW_DAY && a.day > b.day;
}

/* "from May to June 2010", "April and May 2005": the year that is said last holds for all. */
static void share_year(dw_context *context) {
  for (size_t i = context->found.len; i-- > 1;) {
    dw_found *a = &context->found.items[i - 1], *b = &context->found.items[i];
    if (a->skip || b->skip || a->year_said || !b->year_said || !is_list(context, a, b)) continue;
    if (a->date.grain == DW_NO_UNIT || b->date.grain > DW_SEASONS || a->date.grain > DW_SEASONS || a->relative)
      continue;
    a->date.year = b->date.year - (a->date.grain <= DW_MONTHS && b->date.grain <= DW_MONTHS && after(a->date, b->date));
    a->year_said = true;
  }
}

static ds_str first_part(ds_str edtf) {
  ds_str part = DS_STR("");
  ds_str_split(&edtf, '/', &part);
  return part;
}

static ds_str last_part(ds_str edtf) {
  ds_str part = DS_STR("");
  while (ds_str_split(&edtf, '/', &part)) {
  }
  return part;
}

static ds_str interval(dw_context *context, ds_str from, ds_str to) {
  return dw_value(context, "%.*s/%.*s", DS_STR_ARG(from), DS_STR_ARG(to));
}

static bool led_by(const dw_context *context, const dw_found *found, const char *words) {
  uint32_t at = found->first;
  while (at > 0 && dw_scan_together(&context->scan, at - 1, at) &&
         dw_scan_is(&context->scan, at - 1, "about|around|at|least|early|late|the"))
    at--;
  return at > 0 && dw_scan_together(&context->scan, at - 1, at) && dw_scan_is(&context->scan, at - 1, words);
}

/* Since, until, before, after: half of the time line. */
static void open_ends(dw_context *context, dw_found *found) {
  const dw_scan *scan = &context->scan;
  bool onward = dw_scan_is(scan, found->end, "onward|onwards") ||
                (dw_scan_is(scan, found->end, "on") && led_by(context, found, "from"));
  if (!dw_scan_together(scan, found->first, found->end)) onward = false;
  if (onward || led_by(context, found, "since"))
    found->edtf = interval(context, first_part(found->edtf), DS_STR(".."));
  else if (led_by(context, found, "until|till|til|by|before"))
    found->edtf = interval(context, DS_STR(".."), last_part(found->edtf));
  else if (led_by(context, found, "after"))
    found->edtf = interval(context, first_part(found->edtf), DS_STR(".."));
}

static void write_value(dw_context *context, dw_found *found) {
  ds_arena *arena = context->scan.arena;
  if (found->edtf.len == 0) found->edtf = dw_date_edtf(arena, found->date, found->approx);
  if (found->value.len == 0) found->value = dw_date_value(arena, found->date);
  context->failed = context->failed || !found->edtf.ptr || !found->value.ptr;
  if (found->time[0] && found->date.grain == DW_DAY && !context->failed)
    found->value = dw_value(context, "%.*s%s", DS_STR_ARG(found->value), found->time);
  else if (found->time[0] && found->date.grain == DW_NO_UNIT)
    found->value = dw_value(context, "XXXX-XX-XX%s", found->time);
}

void dw_link(dw_context *context) {
  dw_found *items = context->found.items;
  size_t count = context->found.len;
  for (size_t i = 0; i < count; i++)
    if (!items[i].skip && items[i].kind == DS_WHEN_TIME && items[i].date.grain == DW_NO_UNIT && items[i].value.len == 0)
      give_day(context, i);
  share_year(context);
  for (size_t i = 0; i < count; i++)
    if (!items[i].skip) write_value(context, &items[i]);
  for (size_t i = 0; i < count && !context->failed; i++) {
    bool range =
        i + 1 < count && dated(&items[i]) && dated(&items[i + 1]) && is_range(context, &items[i], &items[i + 1]);
    if (range) {
      ds_str both = interval(context, first_part(items[i].edtf), last_part(items[i + 1].edtf));
      int32_t first, last;
      if (ds_edtf_bounds(both, &first, &last)) items[i].edtf = items[i + 1].edtf = both, i++;
    } else if (dated(&items[i])) {
      open_ends(context, &items[i]);
    }
  }
}
