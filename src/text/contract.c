/* text/contract.c - contractions: do|n't, Iran|'s, can|not, gon|na */
#include "text/lex.h"

#include <string.h>

static char lower(char c) {
  return c >= 'A' && c <= 'Z' ? (char)(c | 32) : c;
}

static bool letters_are(const char *s, size_t from, size_t end, const char *letters) {
  size_t n = strlen(letters);
  if (end - from != n) return false;
  for (size_t i = 0; i < n; i++)
    if (lower(s[from + i]) != letters[i]) return false;
  return true;
}

/* The start of the last clitic of the word [start, end), or end where it has none. */
static size_t clitic(const char *s, size_t start, size_t end) {
  static const char *const clitics[] = {"s", "m", "d", "ll", "re", "ve"};
  for (size_t back = 1; back <= 2 && end - start > back; back++) {
    size_t letters = end - back;
    if ((unsigned char)s[letters] >= 0x80) return end;
    size_t mark = ds_utf8_before((ds_str){s + start, end - start}, letters - start) + start, size;
    if (!ds_is_apostrophe(ds_char_at(s, mark, letters, &size)) || mark == start) continue;
    if (back == 1 && letters_are(s, letters, end, "t") && mark > start + 1 && lower(s[mark - 1]) == 'n')
      return mark - 1;
    for (size_t i = 0; i < sizeof clitics / sizeof *clitics; i++)
      if (letters_are(s, letters, end, clitics[i])) return mark;
  }
  return end;
}

/* Splits off what stands before: d'ye, y'all, 'tis, c'mon. Returns the bytes of the first part, or 0. */
static size_t proclitic(const char *s, size_t start, size_t end) {
  static const struct { const char *first, *second; } words[] = {{"y", "all"}, {"c", "mon"}, {"d", "ye"}, {"d", "you"}};
  size_t size;
  if (end - start < 4) return 0;
  if (ds_is_apostrophe(ds_char_at(s, start, end, &size))) {
    size_t t = start + size;
    return letters_are(s, t, end, "tis") || letters_are(s, t, end, "twas") || letters_are(s, t, end, "twill") ? size + 1
                                                                                                              : 0;
  }
  if (!ds_is_apostrophe(ds_char_at(s, start + 1, end, &size))) return 0;
  for (size_t i = 0; i < sizeof words / sizeof *words; i++)
    if (lower(s[start]) == words[i].first[0] && letters_are(s, start + 1 + size, end, words[i].second))
      return 1 + size + (words[i].first[0] == 'c'); /* c'm|on */
  return 0;
}

void ds_scan_emit_word(ds_scan *scan, size_t start, size_t end) {
  size_t cuts[8], n = 0, stop = end;
  if (scan->s[start] >= '0' && scan->s[start] <= '9') { /* the 1990's: a plural, one token */
    ds_scan_emit(scan, start, end);
    return;
  }
  while (n < 6) {
    size_t at = clitic(scan->s, start, stop);
    if (at == stop) break;
    cuts[n++] = stop = at;
  }
  size_t first = proclitic(scan->s, start, stop);
  size_t bare = first ? 0 : ds_bare_contraction((ds_str){scan->s + start, stop - start});
  if (first) cuts[n++] = start + first;
  if (bare) cuts[n++] = stop - bare;
  size_t index = scan->out->tokens.len, from = start;
  for (size_t i = n + 1; i-- > 0;) {
    size_t to = i ? cuts[i - 1] : end;
    ds_scan_emit(scan, from, to);
    from = to;
  }
  if (!n || scan->failed) return;
  for (size_t i = 0; i <= n; i++) {
    scan->out->tokens.items[index + i].mwt_first = (uint32_t)index;
    scan->out->tokens.items[index + i].mwt_count = (uint32_t)(n + 1);
  }
}
