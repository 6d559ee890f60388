/* text/special.c - addresses, names of hosts and files, tags, smileys, units */
#include "text/special.h"

#include <string.h>

/* How far a name is looked for, so that long runs cost linear time. */
enum { LONGEST_NAME = 256, LONGEST_TAIL = 16 };

static bool is_alnum(char c) {
  return (c >= '0' && c <= '9') || ((c | 32) >= 'a' && (c | 32) <= 'z');
}
static bool in_host(char c) {
  return is_alnum(c) || c == '-' || c == '_';
}

static bool starts(const char *s, size_t at, size_t end, const char *what) {
  size_t n = strlen(what);
  return end - at > n && ds_str_eq_nocase((ds_str){s + at, n}, (ds_str){what, n});
}

/* The end of a URL without the punctuation of the sentence around it; a bracket stays that was opened inside. */
static size_t trim_url(const char *s, size_t at, size_t end) {
  size_t opened = 0, closed = 0;
  for (size_t i = at; i < end; i++) {
    bool curly =
        i + 2 < end && s[i] == (char)0xE2 && s[i + 1] == (char)0x80 && (uint32_t)(unsigned char)s[i + 2] - 0x98 < 8u;
    if (curly || strchr("<>\"", s[i]))
      end = i;
    else if (s[i] == '(')
      opened++;
    else if (s[i] == ')')
      closed++;
  }
  for (; end > at && strchr(".,;:!?)]}'*", s[end - 1]); end--)
    if (s[end - 1] == ')' && closed-- <= opened) break;
  return end;
}

static size_t url(const char *s, size_t at, size_t end) {
  size_t scheme = at;
  while (scheme < end && is_alnum(s[scheme])) scheme++;
  bool web = scheme > at && starts(s, scheme, end, "://");
  if (!web && !starts(s, at, end, "www.") && !starts(s, at, end, "mailto:")) return 0;
  size_t stop = trim_url(s, at, end);
  return stop > scheme + 3 ? stop - at : 0;
}

static size_t email(const char *s, size_t at, size_t end) {
  size_t i = at, limit = end - at > LONGEST_NAME ? at + LONGEST_NAME : end;
  while (i < limit && (in_host(s[i]) || strchr(".+%'", s[i]))) i++;
  if (i == at || i + 1 >= end || s[i] != '@' || !is_alnum(s[i + 1])) return 0;
  i++;
  while (i < end && (in_host(s[i]) || s[i] == '.')) i++;
  while (s[i - 1] == '.' || s[i - 1] == '-') i--;
  return i - at;
}

/* A host or file name without a scheme: whitehouse.gov, report.doc, alt.animals. A path may follow. */
static size_t host(const char *s, size_t at, size_t end) {
  static const char *const groups[] = {"alt", "misc", "comp", "rec", "soc", "ba", "sci"};
  size_t i = at, label = at, labels = 0, first = 0;
  for (;;) {
    while (i < end && i - at <= LONGEST_NAME && in_host(s[i])) i++;
    if (i == label || i - at > LONGEST_NAME) return 0;
    if (!labels++) first = i - at;
    if (i + 1 >= end || s[i] != '.' || !in_host(s[i + 1])) break;
    label = ++i;
  }
  if (labels < 2) return 0;
  bool group = false;
  for (size_t k = 0; k < sizeof groups / sizeof *groups; k++)
    group = group ||
            (strlen(groups[k]) == first && !memcmp(groups[k], s + at, first) && s[label] >= 'a' && s[label] <= 'z');
  if (!group && (first < 2 || !ds_is_domain_end((ds_str){s + label, i - label}))) return 0;
  if (i < end && (unsigned char)s[i] >= 0x80) { /* letters of another script go on */
    size_t size;
    if (ds_class_of(ds_char_at(s, i, end, &size)) == DS_LETTER) return 0;
  }
  if (i < end && s[i] == '/') i = trim_url(s, at, end);
  return i - at;
}

static size_t smiley(const ds_scan *scan, size_t start, size_t at) {
  static const char *const faces[] = {":-)", ":-(", ";-)", ":-D", ":-P", ":-/", ":)",  ":(", ";)", ":D",  ":P", ":p",
                                      "=)",  "=(",  ":/",  ":o)", "^_^", "-_-", ">:(", "(:", "<3", ":'(", ";D", "xD"};
  const char *s = scan->s;
  size_t end = scan->end;
  for (size_t i = 0; i < sizeof faces / sizeof *faces; i++) {
    size_t n = strlen(faces[i]), near = at - start > LONGEST_NAME ? at - LONGEST_NAME : start;
    if (end - at < n || end - at - n > LONGEST_TAIL || memcmp(s + at, faces[i], n)) continue;
    if (is_alnum(faces[i][n - 1]) && at != start) continue;
    if ((faces[i][0] == 'x' || faces[i][0] == '(') && (at != start || end != at + n)) continue;
    if (memchr(s + near, '(', at - near)) return 0; /* (like this:) */
    for (size_t k = at + n; k < end; k++)
      if (is_alnum(s[k]) || (unsigned char)s[k] >= 0x80) return 0;
    return n;
  }
  return 0;
}

/* #tag, @handle; +44 */
static size_t tag(const char *s, size_t start, size_t at, size_t end) {
  size_t i = at + 1, size;
  if (at > start && (is_alnum(s[at - 1]) || s[at - 1] == '&')) return 0;
  if (s[at] == '+') {
    while (i < end && ((s[i] >= '0' && s[i] <= '9') || s[i] == '-')) i++;
    return i > at + 1 && s[i - 1] != '-' && (i == end || !is_alnum(s[i])) ? i - at : 0;
  }
  if (i >= end || ds_class_of(ds_char_at(s, i, end, &size)) != DS_LETTER) return 0;
  while (i < end) {
    ds_class class = ds_class_of(ds_char_at(s, i, end, &size));
    if (class != DS_LETTER && class != DS_DIGIT) break;
    i += size;
  }
  if (i < end && ds_is_apostrophe(ds_char_at(s, i, end, &size)) && i == at + 2) return 0; /* #'s */
  return i - at;
}

size_t ds_special(const ds_scan *scan, size_t start, size_t at) {
  const char *s = scan->s;
  size_t end = scan->end;
  unsigned char c = (unsigned char)s[at];
  if (c >= 0x80) return 0;
  if (c == '#' || c == '@' || c == '+') return tag(s, start, at, end);
  if (strchr(":;=^->(<x", c)) {
    size_t taken = smiley(scan, start, at);
    if (taken) return taken;
  }
  if (!is_alnum((char)c) || (at > start && is_alnum(s[at - 1]))) return 0;
  size_t taken = scan->has_at ? email(s, at, end) : 0;
  if (!taken && (scan->has_colon || scan->has_dot)) taken = url(s, at, end);
  return !taken && scan->has_dot ? host(s, at, end) : taken;
}

bool ds_cuts_unit(ds_str number, ds_str letters) {
  static const char *const ordinals[] = {"st", "nd", "rd", "th", "s"};
  for (size_t i = 0; i < sizeof ordinals / sizeof *ordinals; i++)
    if (ds_str_eq_nocase(letters, ds_str_from(ordinals[i]))) return false;
  return ds_is_unit(letters) || letters.len >= 4 || memchr(number.ptr, ':', number.len);
}
