/* text/token.c - runs without blanks to tokens
 *
 * A run is read from left to right. At each place the first that fits is taken: an address (URL, e-mail, host or file
 * name, @handle, #tag), a smiley, a word or number with what belongs to it, a run of punctuation.
 */
#include "text/lex.h"
#include "text/special.h"

#include <string.h>

static uint32_t char_at(const ds_scan *scan, size_t at, size_t *size) {
  return ds_char_at(scan->s, at, scan->end, size);
}

static ds_class class_at(const ds_scan *scan, size_t at, size_t *size) {
  uint32_t cp = char_at(scan, at, size);
  return *size ? ds_class_of(cp) : DS_BLANK;
}

static ds_str part(const ds_scan *scan, size_t start, size_t end) {
  return (ds_str){scan->s + start, end - start};
}

void ds_scan_emit(ds_scan *scan, size_t start, size_t end) {
  ds_lexed *out = scan->out;
  uint32_t index = (uint32_t)out->tokens.len;
  ds_token token = {part(scan, start, end), (uint32_t)start, (uint32_t)end, index, 1, false};
  if (scan->failed) return;
  if (!DS_PUSH(out->breaks, scan->pending) || !DS_PUSH(out->tokens, token)) scan->failed = true;
  scan->pending = DS_BREAK_NONE;
}

static bool is_upper(uint32_t cp) {
  return cp - 'A' < 26u;
}

/* A word in the making: [start, at) is taken, [part, at) is what stands behind the last joint. */
typedef struct word {
  size_t start, part, at;
  bool digits;  /* the last part has only digits */
  bool letters; /* the last part has only letters */
  bool acronym; /* all parts are single letters joined by full stops */
  bool numeric; /* all parts are digits */
} word;

static void read_part(const ds_scan *scan, word *w) {
  size_t size;
  ds_class class;
  w->part = w->at;
  w->digits = w->letters = true;
  while ((class = class_at(scan, w->at, &size)) == DS_LETTER || class == DS_DIGIT) {
    if (class == DS_LETTER && w->digits && w->numeric && w->at > w->part) {
      size_t end = w->at + size, next;
      while (class_at(scan, end, &next) == DS_LETTER) end += next;
      if (class_at(scan, end, &next) != DS_DIGIT && ds_cuts_unit(part(scan, w->start, w->at), part(scan, w->at, end)))
        return;
    }
    *(class == DS_LETTER ? &w->digits : &w->letters) = false;
    w->at += size;
  }
  w->numeric = w->numeric && w->digits;
  w->acronym = w->acronym && w->letters && w->at == w->part + 1;
}

static size_t run_of(const ds_scan *scan, size_t at, ds_class class) {
  size_t from = at, size;
  while (class_at(scan, at, &size) == class) at += size;
  return at - from;
}

static bool joins_hyphen(const ds_scan *scan, const word *w, size_t right) {
  size_t digits = run_of(scan, right, DS_DIGIT), size;
  if (w->digits && digits) { /* 713-853-1696, 2001-09-11, 345-9945; not 2007-2008 */
    size_t behind = right + digits, left = w->at - w->part;
    if (w->part > w->start && ds_is_hyphen(char_at(scan, w->part - 1, &size))) return true;
    if (ds_is_hyphen(char_at(scan, behind, &size)) && run_of(scan, behind + size, DS_DIGIT)) return true;
    return digits == 4 && (left == 1 || left == 3 || left == 5) && class_at(scan, behind, &size) != DS_LETTER;
  }
  return w->letters && w->part == w->start && ds_is_prefix(part(scan, w->part, w->at));
}

static bool joins_slash(const ds_scan *scan, const word *w, size_t right) {
  size_t left = w->at - w->part, digits = run_of(scan, right, DS_DIGIT), letters = run_of(scan, right, DS_LETTER);
  if (w->digits && digits) return left <= 4 && digits <= 4 && w->numeric;
  if (!w->letters || !letters || w->part != w->start) return false;
  return left == 1 && (letters == 1 || (scan->s[w->at - 1] | 32) == 'w' || (scan->s[w->at - 1] | 32) == 's');
}

static bool joins_ampersand(const ds_scan *scan, const word *w, size_t right) {
  size_t left = w->at - w->part, letters = run_of(scan, right, DS_LETTER);
  if (!w->letters || !letters || left > 4 || letters > 3) return false;
  if (left == 1 && letters == 1) return true;
  for (size_t i = w->part; i < w->at; i++)
    if (!is_upper((unsigned char)scan->s[i])) return false;
  for (size_t i = right; i < right + letters; i++)
    if (!is_upper((unsigned char)scan->s[i])) return false;
  return true;
}

/* Whether a word goes on behind a star, as in f**k. */
static bool hides_letters(const ds_scan *scan, size_t at) {
  enum { MOST_STARS = 4 };
  size_t size, from = at;
  while (at < scan->end && scan->s[at] == '*' && at - from < MOST_STARS) at++;
  return class_at(scan, at, &size) == DS_LETTER;
}

/* Whether the mark at w->at joins what stands before and behind it into one word. */
static bool joins(const ds_scan *scan, const word *w, uint32_t mark, size_t right) {
  size_t size;
  ds_class class = class_at(scan, right, &size);
  if (mark == '*') return w->letters && hides_letters(scan, right);
  if (class != DS_LETTER && class != DS_DIGIT) return false;
  if (ds_is_hyphen(mark)) return joins_hyphen(scan, w, right);
  if (ds_is_apostrophe(mark) || mark == 0x2BC || mark == 0x2BB)
    return class == DS_LETTER && (!w->digits || ((scan->s[right] | 32) == 's' && run_of(scan, right, DS_LETTER) == 1));
  switch (mark) {
    case '.':
      if (w->digits) return class == DS_DIGIT;
      if (w->acronym) return class == DS_LETTER && run_of(scan, right, DS_LETTER) == 1;
      return w->letters && w->at - w->part == 2 && !memcmp(scan->s + w->part, "Ph", 2) && scan->s[right] == 'D';
    case ',':
    case ':': return w->digits && w->numeric && class == DS_DIGIT;
    case '/': return joins_slash(scan, w, right);
    case '&': return joins_ampersand(scan, w, right);
    default: return false;
  }
}

/* Whether a number follows after blanks: "No. 10". */
static bool number_follows(const ds_scan *scan, size_t at) {
  size_t size;
  if (at >= scan->len) return false;
  while (at < scan->len && ds_class_of(ds_char_at(scan->s, at, scan->len, &size)) == DS_BLANK) at += size;
  return at < scan->len && scan->s[at] - '0' < 10 && scan->s[at] >= '0';
}

/* Whether the full stop at `at` belongs to the word before it. */
static bool keeps_stop(const ds_scan *scan, const word *w, size_t at) {
  size_t size;
  if (scan->s[at] != '.' || (at + 2 < scan->end && scan->s[at + 1] == '.' && scan->s[at + 2] == '.') || !w->letters)
    return false;
  ds_str form = part(scan, w->start, w->at);
  if (w->acronym) {
    if (form.len > 1) return true;
    /* "plan a." ends; "A. Smith", "a.k.a" do not */
    return is_upper((unsigned char)form.ptr[0]) || (at + 1 < scan->end && class_at(scan, at + 1, &size) == DS_PUNCT);
  }
  return ds_is_abbreviation(form) || (form.len == 4 && !memcmp(form.ptr, "Ph.D", 4)) ||
         (ds_is_number_abbreviation(form) && number_follows(scan, at + 1));
}

static size_t scan_word(ds_scan *scan, size_t start) {
  word w = {start, start, start, false, false, true, true};
  size_t size, next;
  read_part(scan, &w);
  for (;;) {
    uint32_t mark = char_at(scan, w.at, &size);
    if (!size || ds_class_of(mark) != DS_PUNCT || !joins(scan, &w, mark, w.at + size)) break;
    if (mark != '.') w.acronym = false;
    w.at += size;
    read_part(scan, &w);
  }
  size_t end = w.at;
  if (end < scan->end && keeps_stop(scan, &w, end)) {
    end++;
    if (ds_is_apostrophe(char_at(scan, end, &size)) && size && run_of(scan, end + size, DS_LETTER) == 1)
      end += size + 1;
  } else {
    uint32_t mark = char_at(scan, end, &size);
    if (size && (mark == '\'' || mark == 0x2019) && !scan->single_open && (scan->s[end - 1] | 32) == 's' &&
        !w.numeric && class_at(scan, end + size, &next) != DS_LETTER && end - start > 1) {
      uint32_t index = (uint32_t)scan->out->tokens.len;
      ds_scan_emit(scan, start, end);
      ds_scan_emit(scan, end, end + size);
      if (!scan->failed)
        for (size_t i = index; i <= index + 1; i++)
          scan->out->tokens.items[i].mwt_first = index, scan->out->tokens.items[i].mwt_count = 2;
      return end + size;
    }
  }
  ds_scan_emit_word(scan, start, end);
  return end;
}

/* Bytes of an apostrophe with what it stands for: '90s, 'em, and the clitic after a quotation mark ("Foo"'s). */
static size_t apostrophe_word(const ds_scan *scan, size_t at, bool first, size_t size) {
  static const char *const words[] = {"em", "til", "till", "cause", "bout", "n", "tis", "twas", "round"};
  size_t digits = run_of(scan, at + size, DS_DIGIT), letters = run_of(scan, at + size + digits, DS_LETTER);
  const char *s = scan->s + at + size;
  if (digits) return digits == 2 && (!letters || (letters == 1 && s[2] == 's')) ? size + digits + letters : 0;
  if (!first && letters == 1 && (s[0] | 32) == 's') return size + 1;
  if (first)
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
      if (letters == strlen(words[i]) && ds_str_eq_nocase((ds_str){s, letters}, ds_str_from(words[i])))
        return size + letters;
  return 0;
}

/* first: nothing but opening punctuation stands before it in the run */
static size_t scan_quote(ds_scan *scan, size_t start, bool first) {
  size_t size, twice;
  uint32_t quote = char_at(scan, start, &size), next = char_at(scan, start + size, &twice);
  if (next == quote) { /* '' and `` are quotation marks of two characters */
    ds_scan_emit(scan, start, start + size + twice);
    return start + size + twice;
  }
  size_t taken = quote == 0x2018 ? 0 : apostrophe_word(scan, start, first, size);
  if (taken) {
    ds_scan_emit_word(scan, start, start + taken);
    return start + taken;
  }
  bool word_follows = twice && ds_class_of(next) != DS_PUNCT;
  scan->single_open = quote == 0x2018 || quote == '`' || (first && word_follows);
  ds_scan_emit(scan, start, start + size);
  return start + size;
}

/* Bytes of the punctuation mark at `at`, with its repetitions where these are one mark: "...", "?!", "--". */
static size_t punctuation(const ds_scan *scan, size_t at, uint32_t cp, size_t size) {
  size_t end = at + size, next;
  uint32_t c;
  if (cp == '.' || cp == '!' || cp == '?') {
    while (end < scan->end && scan->s[end] == scan->s[at]) end++;
    if (cp == '.' && end - at > 1) return end - at;
    while (end < scan->end && (scan->s[end] == '!' || scan->s[end] == '?' || scan->s[end] == '.')) end++;
    return end - at;
  }
  if (cp < 0x80 && strchr("-*=_~+<>#|^$/\\", (int)cp)) {
    while (end < scan->end && scan->s[end] == scan->s[at]) end++;
    if (cp != '#' && (cp == '-' || cp == '=') && end < scan->end && scan->s[end] == '>') end++;
    return end - at;
  }
  if (cp < 0x2000) return size;
  for (;;) { /* an emoji takes its variation marks, skin tones and joined emoji along */
    c = char_at(scan, end, &next);
    if (!next) break;
    if (c == 0xFE0F || c == 0x20E3 || (c >= 0x1F3FB && c <= 0x1F3FF))
      end += next;
    else if (c == 0x200D && end + next < scan->end) {
      end += next;
      char_at(scan, end, &next);
      end += next;
    } else if (c == cp && (cp == 0x2026 || cp == 0x2014 || cp == 0x2013))
      end += next;
    else
      break;
  }
  return end - at;
}

/* Bytes of a currency: US$, HK$. */
static size_t currency(const ds_scan *scan, size_t at) {
  size_t letters = run_of(scan, at, DS_LETTER);
  if (!letters || letters > 3 || at + letters >= scan->end || scan->s[at + letters] != '$') return 0;
  for (size_t i = at; i < at + letters; i++)
    if (!is_upper((unsigned char)scan->s[i])) return 0;
  return letters + 1;
}

static bool opens_run(const ds_scan *scan, size_t start, size_t at) {
  size_t size;
  if (at == start) return true;
  size_t before = ds_utf8_before((ds_str){scan->s, at}, at);
  return class_at(scan, before, &size) == DS_PUNCT && !strchr(")].,!?%$", scan->s[before]) && scan->s[before] != '"';
}

void ds_scan_run(ds_scan *scan, size_t start) {
  size_t size, at = start, len = scan->end - start;
  scan->has_at = memchr(scan->s + start, '@', len);
  scan->has_dot = memchr(scan->s + start, '.', len - 1);
  scan->has_colon = memchr(scan->s + start, ':', len);
  while (at < scan->end && !scan->failed) {
    uint32_t cp = char_at(scan, at, &size);
    ds_class class = ds_class_of(cp);
    size_t taken = ds_special(scan, start, at);
    if (!taken && class == DS_LETTER && is_upper(cp)) taken = currency(scan, at);
    if (!taken && class != DS_PUNCT) {
      at = scan_word(scan, at);
    } else if (!taken && (ds_is_apostrophe(cp) || cp == 0x2018)) {
      at = scan_quote(scan, at, opens_run(scan, start, at));
    } else {
      if (!taken) taken = punctuation(scan, at, cp, size);
      ds_scan_emit(scan, at, at + taken);
      at += taken;
    }
  }
}
