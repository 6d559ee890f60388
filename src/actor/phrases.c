#include <string.h>

#include "actor/gazetteer.h"
#include "base/utf8.h"

static bool is_apostrophe(uint32_t cp) {
  return cp == '\'' || cp == '`' || cp == 0x2018 || cp == 0x2019 || cp == 0x02BB || cp == 0x02BC || cp == 0x00B4;
}

/* Appends a character; false where it does not fit. */
static bool put(char *key, size_t *len, uint32_t cp) {
  char bytes[4];
  size_t n = 0;
  if (cp < 0x80) {
    bytes[n++] = (char)cp;
  } else if (cp < 0x800) {
    bytes[n++] = (char)(0xC0 | cp >> 6);
    bytes[n++] = (char)(0x80 | (cp & 0x3F));
  } else if (cp < 0x10000) {
    bytes[n++] = (char)(0xE0 | cp >> 12);
    bytes[n++] = (char)(0x80 | (cp >> 6 & 0x3F));
    bytes[n++] = (char)(0x80 | (cp & 0x3F));
  } else {
    bytes[n++] = (char)(0xF0 | cp >> 18);
    bytes[n++] = (char)(0x80 | (cp >> 12 & 0x3F));
    bytes[n++] = (char)(0x80 | (cp >> 6 & 0x3F));
    bytes[n++] = (char)(0x80 | (cp & 0x3F));
  }
  if (*len + n >= DS_KEY_SIZE) return false;
  memcpy(key + *len, bytes, n);
  *len += n;
  return true;
}

size_t ds_name_key(ds_str name, char key[DS_KEY_SIZE]) {
  size_t len = 0;
  bool blank = false; /* a blank is due before the next letter */
  for (size_t at = 0, size = 0; at < name.len; at += size) {
    uint32_t cp = (unsigned char)name.ptr[at];
    size = 1;
    uint32_t low = cp | 0x20; /* of an ASCII letter */
    if (low >= 'a' && low <= 'z' && !blank && len + 1 < DS_KEY_SIZE) {
      key[len++] = (char)low;
      continue;
    }
    if (cp >= 0x80) {
      cp = ds_utf8_at(name, at, &size);
      cp = ds_cp_strip_mark(ds_cp_lower(cp));
      if (!cp) continue;
    } else if (cp >= 'A' && cp <= 'Z') {
      cp += 'a' - 'A';
    }
    if (cp == '.' || is_apostrophe(cp)) continue;
    bool letter =
        cp < 0x80 ? (cp >= 'a' && cp <= 'z') || (cp >= '0' && cp <= '9') : !ds_cp_is_punct(cp) && !ds_cp_is_space(cp);
    if (!letter && cp != '&' && cp != '+') {
      blank = len > 0;
      continue;
    }
    if (blank && !put(key, &len, ' ')) return 0;
    blank = false;
    if (cp == '&') {
      if (len && key[len - 1] != ' ' && !put(key, &len, ' ')) return 0;
      if (!put(key, &len, 'a') || !put(key, &len, 'n') || !put(key, &len, 'd')) return 0;
      blank = true;
    } else if (!put(key, &len, cp)) {
      return 0;
    }
  }
  return len;
}

static uint32_t count_words(ds_str key) {
  uint32_t words = key.len > 0;
  for (size_t i = 0; i < key.len; i++) words += key.ptr[i] == ' ';
  return words;
}

static ds_str first_word(ds_str key) {
  const char *blank = memchr(key.ptr, ' ', key.len);
  return (ds_str){key.ptr, blank ? (size_t)(blank - key.ptr) : key.len};
}

static ds_str last_word(ds_str key) {
  size_t at = key.len;
  while (at && key.ptr[at - 1] != ' ') at--;
  return ds_str_sub(key, at, key.len);
}

static bool note_length(ds_map *lengths, ds_str word, uint32_t words) {
  uint64_t most;
  return (ds_map_get(lengths, word, &most) && most >= words) || ds_map_put(lengths, word, words);
}

bool ds_phrases_add(ds_phrases *phrases, ds_arena *arena, ds_str words, uint64_t value) {
  char key[DS_KEY_SIZE];
  size_t len = ds_name_key(words, key);
  if (!len) return true;
  ds_str kept = ds_arena_str(arena, (ds_str){key, len});
  if (!kept.ptr || !ds_map_put(&phrases->map, kept, value)) return false;
  uint32_t count = count_words(kept);
  return note_length(&phrases->starts, first_word(kept), count) && note_length(&phrases->ends, last_word(kept), count);
}

bool ds_phrases_get(const ds_phrases *phrases, ds_str words, uint64_t *value) {
  char key[DS_KEY_SIZE];
  size_t len = ds_name_key(words, key);
  return len && ds_map_get(&phrases->map, (ds_str){key, len}, value);
}

static bool is_word(ds_str form) {
  unsigned char c = form.len ? (unsigned char)form.ptr[0] : 0;
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || (c >= 0xC3 && c != 0xE2);
}

/* Whether tokens [first, last] are a phrase, the last one by its form or by its lemma. */
static bool is_phrase(const ds_phrases *phrases, const ds_text *text, const ds_parse *parse, uint32_t first,
                      uint32_t last, uint64_t *value) {
  const ds_token *tokens = text->tokens;
  if (!is_word(tokens[first].form) || !is_word(tokens[last].form)) return false;
  if (ds_phrases_get(phrases, ds_str_sub(text->text, tokens[first].start, tokens[last].end), value)) return true;
  ds_str lemma = parse->words[last].lemma;
  if (!lemma.len || ds_str_eq_nocase(lemma, tokens[last].form)) return false;
  char joined[2 * DS_KEY_SIZE];
  size_t head = tokens[last].start - tokens[first].start;
  if (head + lemma.len > sizeof joined) return false;
  memcpy(joined, text->text.ptr + tokens[first].start, head);
  memcpy(joined + head, lemma.ptr, lemma.len);
  return ds_phrases_get(phrases, (ds_str){joined, head + lemma.len}, value);
}

/* The most tokens of a phrase with this word at its start or end; hyphens are tokens of their own, so that n words may have up
 * to 2n - 1 tokens. 0 where no phrase has it. */
static uint32_t most_tokens(const ds_map *lengths, ds_str word, ds_str (*part)(ds_str)) {
  char key[DS_KEY_SIZE];
  uint64_t words;
  ds_str whole = {key, ds_name_key(word, key)};
  if (!whole.len || !ds_map_get(lengths, part(whole), &words)) return 0;
  return 2 * (uint32_t)words - 1;
}

uint32_t ds_phrases_from(const ds_phrases *phrases, const ds_text *text, const ds_parse *parse, uint32_t first,
                         uint32_t end, uint64_t *value) {
  uint32_t most = most_tokens(&phrases->starts, text->tokens[first].form, first_word), found = 0;
  uint32_t by_lemma = most_tokens(&phrases->starts, parse->words[first].lemma, first_word);
  if (by_lemma > most) most = by_lemma;
  for (uint32_t n = 1; n <= most && first + n <= end; n++) {
    uint64_t here;
    if (!is_phrase(phrases, text, parse, first, first + n - 1, &here)) continue;
    found = n;
    *value = here;
  }
  return found;
}

uint32_t ds_phrases_to(const ds_phrases *phrases, const ds_text *text, const ds_parse *parse, uint32_t begin,
                       uint32_t last, uint64_t *value) {
  uint32_t most = most_tokens(&phrases->ends, text->tokens[last].form, last_word), found = 0;
  uint32_t by_lemma = most_tokens(&phrases->ends, parse->words[last].lemma, last_word);
  if (by_lemma > most) most = by_lemma;
  for (uint32_t n = 1; n <= most && last + 1 >= begin + n; n++) {
    uint64_t here;
    if (!is_phrase(phrases, text, parse, last + 1 - n, last, &here)) continue;
    found = n;
    *value = here;
  }
  return found;
}
