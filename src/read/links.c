/* Links that a text copied from a page carries along in Markdown: "[accused](#) the ministry" is read as "accused the ministry". */
#include "read/internal.h"

#include <string.h>

#define MOST_WORDS 300 /* bytes between the square brackets */

/* What only a link's target begins with; prose in brackets after brackets is left alone. */
static bool is_target(ds_str s) {
  static const char *const starts[] = {"#", "/", "http://", "https://", "mailto:", "www."};
  for (size_t i = 0; i < s.len; i++)
    if ((unsigned char)s.ptr[i] <= ' ' || s.ptr[i] == '(') return false;
  for (size_t i = 0; i < sizeof starts / sizeof *starts; i++)
    if (ds_str_starts(s, ds_str_from(starts[i]))) return true;
  return false;
}

/* The end of a link that begins with the bracket at `at`, and the words in it; 0 where there is none. */
static size_t link_end(ds_str text, size_t at, ds_str *words) {
  size_t most = at + MOST_WORDS < text.len ? at + MOST_WORDS : text.len, close = at + 1;
  while (close < most && text.ptr[close] != ']' && text.ptr[close] != '[' && text.ptr[close] != '\n') close++;
  if (close + 2 >= text.len || text.ptr[close] != ']' || text.ptr[close + 1] != '(') return 0;
  const char *end = memchr(text.ptr + close + 2, ')', text.len - close - 2);
  if (!end) return 0;
  size_t last = (size_t)(end - text.ptr);
  *words = ds_str_sub(text, at + 1, close);
  return is_target(ds_str_sub(text, close + 2, last)) ? last + 1 : 0;
}

void ds_plain_links(ds_str text, ds_buf *out) {
  size_t done = 0;
  for (size_t at = 0; at < text.len;) {
    ds_str words;
    const char *bracket = memchr(text.ptr + at, '[', text.len - at);
    if (!bracket) break;
    at = (size_t)(bracket - text.ptr);
    size_t end = link_end(text, at, &words);
    bool image = end && at > done && text.ptr[at - 1] == '!';
    if (end) {
      ds_buf_append(out, ds_str_sub(text, done, image ? at - 1 : at));
      if (!image) ds_buf_append(out, words);
      done = at = end;
    } else {
      at++;
    }
  }
  ds_buf_append(out, ds_str_sub(text, done, text.len));
}
