/* text/lines.c - which newlines are breaks */
#include "text/lex.h"

#include <string.h>

enum { WIDEST_WRAP = 130, NARROWEST_WRAP = 40 };

ds_line ds_line_at(ds_str text, size_t at) {
  const char *newline = memchr(text.ptr + at, '\n', text.len - at);
  size_t end = newline ? (size_t)(newline - text.ptr) : text.len;
  ds_line line = {at, end, newline ? end + 1 : end};
  size_t size;
  while (line.start < end && ds_class_of(ds_char_at(text.ptr, line.start, end, &size)) == DS_BLANK) line.start += size;
  while (line.end > line.start) {
    size_t before = ds_utf8_before(text, line.end);
    if (ds_class_of(ds_char_at(text.ptr, before, line.end, &size)) != DS_BLANK) break;
    line.end = before;
  }
  return line;
}

static size_t line_width(ds_str text, ds_line line) {
  return ds_utf8_count((ds_str){text.ptr + line.start, line.end - line.start});
}

static size_t first_word_width(ds_str text, ds_line line) {
  size_t at = line.start, size, width = 0;
  while (at < line.end && ds_class_of(ds_char_at(text.ptr, at, line.end, &size)) != DS_BLANK) at += size, width++;
  return width;
}

size_t ds_list_mark(ds_str text, ds_line line) {
  static const uint32_t bullets[] = {'-',    '*',    0x2013, 0x2014, 0x2022, 0x2023, 0x2043,
                                     0x204C, 0x2219, 0x25AA, 0x25A0, 0x25AB, 0x25B6, 0x25BA,
                                     0x25CB, 0x25CF, 0x25E6, 0x27A2, 0x2713, 0xB7,   0xF0B7};
  size_t size, end = 0;
  uint32_t cp = ds_char_at(text.ptr, line.start, line.end, &size);
  for (size_t i = 0; i < sizeof bullets / sizeof *bullets; i++)
    if (cp == bullets[i]) end = line.start + size;
  if (!end) {
    size_t at = line.start + (cp == '('), from = at;
    while (at < line.end && at < from + 3 && text.ptr[at] >= '0' && text.ptr[at] <= '9') at++;
    if (at == from && at < line.end && text.ptr[at] >= 'a' && text.ptr[at] <= 'z') at++;
    if (at == from || at >= line.end || !(text.ptr[at] == ')' || (text.ptr[at] == '.' && cp != '('))) return 0;
    end = at + 1;
  }
  cp = ds_char_at(text.ptr, end, line.end, &size);
  return size && ds_class_of(cp) == DS_BLANK ? end - line.start : 0;
}

/* The width that 98 of 100 lines keep to: a long URL may stick out. */
static size_t usual_width(ds_str text, size_t *lines) {
  uint32_t count[WIDEST_WRAP + 2] = {0};
  *lines = 0;
  for (size_t at = 0; at < text.len;) {
    ds_line line = ds_line_at(text, at);
    at = line.next;
    if (line.start == line.end) continue;
    size_t width = line_width(text, line);
    count[width > WIDEST_WRAP ? WIDEST_WRAP + 1 : width]++;
    ++*lines;
  }
  size_t over = 0, width = WIDEST_WRAP + 1;
  while (width && (over + count[width]) * 50 <= *lines) over += count[width--];
  return width;
}

static bool ends_with_stop(ds_str text, ds_line line) {
  size_t size, end = line.end;
  while (end > line.start) {
    size_t before = ds_utf8_before(text, end);
    uint32_t cp = ds_char_at(text.ptr, before, end, &size);
    if (cp == '.' || cp == '!' || cp == '?' || cp == ':' || cp == ';' || cp == 0x2026) return true;
    if (cp != '"' && cp != '\'' && cp != ')' && cp != 0x201D && cp != 0x2019) return false;
    end = before;
  }
  return false;
}

static bool starts_small(ds_str text, ds_line line) {
  size_t size;
  return ds_cp_is_lower(ds_char_at(text.ptr, line.start, line.end, &size));
}

static bool ends_with_letter(ds_str text, ds_line line) {
  size_t size;
  return ds_class_of(ds_char_at(text.ptr, ds_utf8_before(text, line.end), line.end, &size)) == DS_LETTER;
}

ds_layout ds_layout_of(ds_str text) {
  ds_layout layout = {false, 0};
  size_t lines, width = usual_width(text, &lines);
  if (lines < 2 || width > WIDEST_WRAP || width < NARROWEST_WRAP) return layout;
  size_t pairs = 0, full = 0, stops = 0;
  for (size_t at = 0; at < text.len;) {
    ds_line line = ds_line_at(text, at);
    at = line.next;
    if (line.start == line.end || at >= text.len) continue;
    ds_line next = ds_line_at(text, at);
    if (next.start == next.end) continue;
    pairs++;
    full += (line_width(text, line) + 1 + first_word_width(text, next)) * 4 > width * 3;
    stops += ends_with_stop(text, line);
  }
  layout.wrapped = pairs && full * 10 >= pairs * 6 && stops * 10 <= pairs * 4;
  layout.width = (uint32_t)width;
  return layout;
}

bool ds_layout_breaks(const ds_layout *layout, ds_str text, ds_line line, ds_line next) {
  if (ds_list_mark(text, next)) return true;
  size_t width = line_width(text, line);
  if (width >= NARROWEST_WRAP && starts_small(text, next) && ends_with_letter(text, line)) return false;
  if (!layout->wrapped) return true;
  size_t filled = width + 1 + first_word_width(text, next);
  if (filled > layout->width) return false;
  return filled * 4 <= layout->width * 3 || ends_with_stop(text, line); /* some margins are ragged */
}
