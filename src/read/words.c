/* Blanks, invisible characters, character references; and whether something reads as language at all. */
#include "read/internal.h"

#include "base/utf8.h"

#include <libxml/HTMLparser.h>
#include <string.h>

#define LONGEST_WORD 45       /* characters; what is longer is a blob */
#define LONGEST_METADATA 2000 /* bytes; a title that is longer is none */

static bool is_invisible(uint32_t cp) {
  return cp == 0xAD || cp == 0x200B || cp == 0x200E || cp == 0x200F || (cp >= 0x202A && cp <= 0x202E) || cp == 0x2060 ||
         (cp >= 0x2066 && cp <= 0x2069) || cp == 0xFEFF || cp == 0xFFFC || (cp >= 0x7F && cp <= 0x9F);
}

uint32_t ds_windows_meant(uint32_t cp) {
  static const uint16_t windows[32] = {0x20AC, 0,      0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021,
                                       0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0,      0x017D, 0,
                                       0,      0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014,
                                       0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0,      0x017E, 0x0178};
  return cp >= 0x80 && cp <= 0x9F ? windows[cp - 0x80] : cp;
}

void ds_squeeze(ds_str s, ds_buf *out) {
  bool blank = false, any = false;
  for (size_t at = 0, size; at < s.len; at += size) {
    uint32_t cp = ds_utf8_at(s, at, &size);
    if (cp != 0x85 && ds_cp_is_space(cp)) { /* U+0085 is windows-1252's ellipsis here */
      blank = true;
      continue;
    }
    cp = ds_windows_meant(cp);
    if (cp == 0 || is_invisible(cp)) continue;
    if (blank && any) ds_buf_byte(out, ' ');
    blank = false;
    any = true;
    ds_buf_codepoint(out, cp);
  }
}

/* The character that s starts with as a reference, or 0; *size is how many bytes it takes. */
static uint32_t reference(ds_str s, size_t *size) {
  size_t end = 1;
  while (end < s.len && end < 12 && s.ptr[end] != ';') end++;
  if (end >= s.len || s.ptr[end] != ';' || end < 3) return 0;
  *size = end + 1;
  ds_str name = ds_str_sub(s, 1, end);
  if (name.ptr[0] != '#') {
    char room[12];
    memcpy(room, name.ptr, name.len);
    room[name.len] = 0;
    const htmlEntityDesc *entity = htmlEntityLookup((const xmlChar *)room);
    return entity ? entity->value : 0;
  }
  bool hex = name.len > 2 && (name.ptr[1] == 'x' || name.ptr[1] == 'X');
  uint32_t value = 0;
  for (size_t i = hex ? 2 : 1; i < name.len; i++) {
    const char *all = "0123456789abcdef", *digit = strchr(all, name.ptr[i] | (name.ptr[i] >= 'A' ? 0x20 : 0));
    if (!digit || !*digit || (digit - all > 9 && !hex) || value > 0x110000) return 0;
    value = value * (hex ? 16 : 10) + (uint32_t)(digit - all);
  }
  return value < 0x110000 && (value < 0xD800 || value > 0xDFFF) ? value : 0;
}

/* References resolved and tags dropped, once. */
static void plain(ds_str s, ds_buf *out) {
  for (size_t at = 0, size = 1; at < s.len; at += size) {
    uint32_t cp = 0;
    size = 1;
    if (s.ptr[at] == '&' && (cp = reference(ds_str_sub(s, at, s.len), &size)) != 0) {
      ds_buf_codepoint(out, cp);
      continue;
    }
    size = 1;
    size_t end;
    bool tag = s.ptr[at] == '<' && at + 1 < s.len &&
               strchr("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ/!", s.ptr[at + 1]);
    if (tag && ds_str_find(ds_str_sub(s, at, s.len), DS_STR(">"), &end)) {
      size = end + 1;
      continue;
    }
    ds_buf_byte(out, s.ptr[at]);
  }
}

ds_str ds_clean(ds_arena *arena, ds_str s) {
  ds_buf once, twice, repaired, clean;
  ds_buf_init(&once);
  ds_buf_init(&twice);
  ds_buf_init(&repaired);
  ds_buf_init(&clean);
  s = ds_str_sub(s, 0, ds_utf8_cut(s, LONGEST_METADATA));
  /* Twice: "&amp;#8217;" is common. */
  plain(s, &once);
  plain(ds_buf_str(&once), &twice);
  ds_utf8_repair(ds_buf_str(&twice), &repaired);
  ds_squeeze(ds_buf_str(&repaired), &clean);
  bool failed = once.failed || twice.failed || repaired.failed || clean.failed;
  ds_str result = failed ? DS_STR_NONE : ds_arena_str(arena, ds_buf_str(&clean));
  ds_buf_release(&once);
  ds_buf_release(&twice);
  ds_buf_release(&repaired);
  ds_buf_release(&clean);
  return result;
}

/* Counts words up to `enough`. Characters of scripts without blanks between words count as words each. */
static size_t count_words(ds_str s, size_t enough) {
  size_t words = 0, letters = 0;
  for (size_t at = 0, size; at < s.len && words < enough; at += size) {
    uint32_t cp = ds_utf8_at(s, at, &size);
    if (cp >= 0x2E80 && ds_cp_is_alpha(cp))
      words++;
    else if (ds_cp_is_alpha(cp) || ds_cp_is_digit(cp) || cp == '_')
      letters++;
    else if (letters)
      words += letters <= LONGEST_WORD, letters = 0;
  }
  return words + (words < enough && letters > 0 && letters <= LONGEST_WORD);
}

size_t ds_word_count(ds_str s) {
  return count_words(s, SIZE_MAX);
}

bool ds_has_words(ds_str s) {
  size_t words = 0, letters = 0;
  for (size_t at = 0, size; at < s.len && words < 2; at += size) {
    uint32_t cp = ds_utf8_at(s, at, &size);
    if (cp >= 0x2E80 && ds_cp_is_alpha(cp))
      words++;
    else if (ds_cp_is_alpha(cp))
      letters++;
    else if (letters)
      words += letters > 1 && letters <= LONGEST_WORD && !ds_cp_is_digit(cp), letters = 0;
  }
  return words + (letters > 1 && letters <= LONGEST_WORD) >= 2;
}
