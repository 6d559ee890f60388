#include "base/utf8.h"

#define REPLACEMENT 0xFFFD

/* Reads the character at byte `at`. A broken sequence gives false, and in *size its maximal subpart (Unicode, section 3.9):
 * the bytes that a good character could have started with, at least one. */
static bool decode(ds_str s, size_t at, uint32_t *cp, size_t *size) {
  const unsigned char *p = (const unsigned char *)s.ptr + at;
  size_t left = s.len - at;
  unsigned lead = p[0], low = 0x80, high = 0xBF; /* low and high bound the second byte */
  *size = 1;
  if (lead < 0x80) {
    *cp = lead;
    return true;
  }
  size_t full = lead < 0xC2 ? 0 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : lead < 0xF5 ? 4 : 0;
  if (!full) return false;
  if (lead == 0xE0) low = 0xA0; /* below: longer than needed */
  if (lead == 0xF0) low = 0x90;
  if (lead == 0xED) high = 0x9F; /* above: surrogates */
  if (lead == 0xF4) high = 0x8F; /* above: past U+10FFFF */
  uint32_t value = lead & (0x7Fu >> full);
  for (; *size < full; (*size)++, low = 0x80, high = 0xBF) {
    if (*size >= left || p[*size] < low || p[*size] > high) return false;
    value = value << 6 | (p[*size] & 0x3Fu);
  }
  *cp = value;
  return true;
}

uint32_t ds_utf8_at(ds_str s, size_t at, size_t *size) {
  uint32_t cp;
  size_t bytes;
  if (!decode(s, at, &cp, &bytes)) {
    cp = REPLACEMENT;
    bytes = 1;
  }
  if (size) *size = bytes;
  return cp;
}

/* The start of the good character that holds byte `at`, or `at` itself where there is none. */
static size_t start_of(ds_str s, size_t at) {
  for (size_t back = 0; back < 4 && back <= at; back++) {
    size_t start = at - back, size;
    if (((unsigned char)s.ptr[start] & 0xC0) == 0x80) continue;
    ds_utf8_at(s, start, &size);
    return start + size > at ? start : at;
  }
  return at;
}

size_t ds_utf8_before(ds_str s, size_t at) {
  /* Cut behind `at`, so that a character that `at` stands inside of counts as broken and not as the one before. */
  return at ? start_of((ds_str){s.ptr, at}, at - 1) : 0;
}

bool ds_utf8_valid(ds_str s) {
  uint32_t cp;
  for (size_t at = 0, size; at < s.len; at += size)
    if (!decode(s, at, &cp, &size)) return false;
  return true;
}

static bool is_dropped(uint32_t cp) {
  return (cp < 0x20 && cp != '\t' && cp != '\n') || cp == 0xFFFE || cp == 0xFFFF;
}

void ds_utf8_repair(ds_str s, ds_buf *out) {
  static const ds_str byte_order_mark = DS_STR("\xEF\xBB\xBF");
  size_t at = ds_str_starts(s, byte_order_mark) ? byte_order_mark.len : 0;
  ds_buf_append(out, DS_STR(""));
  size_t good = at; /* bytes from here to `at` are still to be copied as they are */
  for (size_t size; at < s.len; at += size) {
    uint32_t cp;
    bool whole = decode(s, at, &cp, &size);
    if (whole && !is_dropped(cp)) continue;
    ds_buf_append(out, ds_str_sub(s, good, at));
    good = at + size;
    if (!whole) ds_buf_codepoint(out, REPLACEMENT);
    if (whole && cp == '\r' && !(good < s.len && s.ptr[good] == '\n')) ds_buf_byte(out, '\n');
  }
  ds_buf_append(out, ds_str_sub(s, good, s.len));
}

size_t ds_utf8_count(ds_str s) {
  size_t count = 0;
  for (size_t at = 0, size; at < s.len; at += size, count++) ds_utf8_at(s, at, &size);
  return count;
}

size_t ds_utf8_cut(ds_str s, size_t max) {
  return s.len <= max ? s.len : start_of(s, max);
}

/* Letters that are two letters without their mark or tie, in lower case. */
static const char *two_letters(uint32_t cp) {
  switch (cp) {
    case 0xDF: return "ss";
    case 0xE6: return "ae";
    case 0xFE: return "th";
    case 0x133: return "ij";
    case 0x153: return "oe";
    default: return NULL;
  }
}

void ds_utf8_fold(ds_str s, ds_buf *out) {
  ds_buf_append(out, DS_STR(""));
  for (size_t at = 0, size; at < s.len; at += size) {
    uint32_t cp = ds_cp_strip_mark(ds_cp_lower(ds_utf8_at(s, at, &size)));
    const char *pair = two_letters(cp);
    if (pair)
      ds_buf_appendz(out, pair);
    else if (cp == 0x3C2)
      ds_buf_codepoint(out, 0x3C3); /* sigma at the end of a word */
    else if (cp)
      ds_buf_codepoint(out, cp);
  }
}
