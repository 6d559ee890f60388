#include "base/utf8.h"
#include "parse/labels.h"

#include <string.h>

/* Writes the form in the script's case; out NULL only counts. Returns bytes. */
static size_t write_case(char letter_case, const ds_wordpiece *wp, ds_str form, char *out, bool *changed) {
  size_t used = 0;
  for (size_t at = 0, size; at < form.len; at += size) {
    uint32_t cp = ds_utf8_at(form, at, &size), lower = cp;
    if (letter_case == 'l' || (letter_case == 't' && at > 0)) lower = ds_wordpiece_lower(wp, cp);
    if (lower == cp) { /* as it is, even where it is no character */
      if (out) memcpy(out + used, form.ptr + at, size);
      used += size;
      continue;
    }
    *changed = true;
    char bytes[4];
    size_t count = ds_wordpiece_put(lower, bytes);
    if (out) memcpy(out + used, bytes, count);
    used += count;
  }
  return used;
}

/* Nothing but ASCII in lower case, digits and signs: no case step changes it. */
static bool plain(ds_str form) {
  for (size_t i = 0; i < form.len; i++) {
    unsigned char c = (unsigned char)form.ptr[i];
    if (c >= 128 || (c >= 'A' && c <= 'Z')) return false;
  }
  return true;
}

static ds_str in_case(const ds_lemma_script *script, const ds_wordpiece *wp, ds_arena *arena, ds_str form) {
  if (script->letter_case == 'k' || plain(form)) return form;
  bool changed = false;
  size_t need = write_case(script->letter_case, wp, form, NULL, &changed);
  if (!changed) return form;
  char *out = ds_arena_alloc(arena, need + 1);
  if (!out) return DS_STR_NONE;
  return (ds_str){out, write_case(script->letter_case, wp, form, out, &changed)};
}

ds_str ds_lemma_apply(const ds_lemma_script *script, const ds_wordpiece *wp, ds_arena *arena, ds_str form) {
  if (script->whole || form.len == 0) return script->whole ? script->add : DS_STR("");
  ds_str word = in_case(script, wp, arena, form);
  if (!word.ptr) return word;
  size_t end = word.len;
  for (uint32_t i = 0; i < script->cut; i++) {
    if (end == 0) return word;
    end = ds_utf8_before(word, end);
  }
  if (end == 0 && script->cut > 0) return word;
  if (script->add.len == 0) return ds_str_sub(word, 0, end);
  char *out = ds_arena_alloc(arena, end + script->add.len + 1);
  if (!out) return DS_STR_NONE;
  memcpy(out, word.ptr, end);
  memcpy(out + end, script->add.ptr, script->add.len);
  return (ds_str){out, end + script->add.len};
}
