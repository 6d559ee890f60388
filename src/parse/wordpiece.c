#include "parse/wordpiece.h"

#include "base/utf8.h"

#include <string.h>

#define MAX_CHUNK 100 /* code points of a chunk that is looked up */
#define MAX_CODE 0x10FFFF

static dossier_status bad(dossier_error *err, const char *path, const char *what) {
  return ds_fail_at(err, DOSSIER_INPUT, path, 0, -1, "not a usable model: %s", what);
}

/* FNV-1a, so that the hashes of all starts of a string come from one pass over it. */
static uint64_t hash_byte(uint64_t hash, unsigned char byte) {
  return (hash ^ byte) * 0x100000001b3u;
}
static uint64_t hash_bytes(uint64_t hash, ds_str s) {
  for (size_t i = 0; i < s.len; i++) hash = hash_byte(hash, (unsigned char)s.ptr[i]);
  return hash;
}
static uint32_t hash_end(uint64_t hash) {
  return (uint32_t)(hash >> 32 ^ hash);
}
#define HASH_START 0xcbf29ce484222325u

static void put(ds_wordpiece *wp, uint32_t id) {
  ds_str entry = wp->vocabulary[id];
  uint32_t hash = hash_end(hash_bytes(HASH_START, entry));
  size_t at = hash & wp->slot_mask;
  while (wp->slots[at] && !ds_str_eq(wp->vocabulary[wp->slots[at] - 1], entry)) at = (at + 1) & wp->slot_mask;
  wp->slots[at] = id + 1;
  wp->hashes[at] = hash;
}

/* The entry that is `prefix` ("##" or "") followed by s. */
static bool look_up(const ds_wordpiece *wp, uint32_t hash, size_t prefix, ds_str s, uint32_t *id) {
  for (size_t at = hash & wp->slot_mask; wp->slots[at]; at = (at + 1) & wp->slot_mask) {
    if (wp->hashes[at] != hash) continue;
    ds_str entry = wp->vocabulary[wp->slots[at] - 1];
    if (entry.len != prefix + s.len || memcmp(entry.ptr + prefix, s.ptr, s.len) != 0) continue;
    if (prefix && memcmp(entry.ptr, "##", prefix) != 0) continue;
    *id = wp->slots[at] - 1;
    return true;
  }
  return false;
}

static dossier_status read_vocabulary(ds_arena *arena, ds_str lines, const char *path, ds_wordpiece *wp,
                                      dossier_error *err) {
  if (!lines.ptr) return bad(err, path, "it has no vocabulary");
  wp->count = 1;
  for (size_t i = 0; i < lines.len; i++) wp->count += lines.ptr[i] == '\n';
  if (wp->count > 1u << 20) return bad(err, path, "its vocabulary is too large");
  size_t slots = 1024;
  while (slots < 2 * wp->count) slots *= 2;
  wp->vocabulary = DS_NEW_ARRAY(arena, ds_str, wp->count);
  wp->slots = DS_NEW_ARRAY(arena, uint32_t, slots);
  wp->hashes = DS_NEW_ARRAY(arena, uint32_t, slots);
  if (!wp->vocabulary || !wp->slots || !wp->hashes) return ds_fail_memory(err);
  wp->slot_mask = slots - 1;
  for (uint32_t id = 0; id < wp->count; id++) {
    ds_str_split(&lines, '\n', &wp->vocabulary[id]);
    put(wp, id);
  }
  const struct {
    ds_str name;
    uint32_t *id;
  } special[] = {{DS_STR("[CLS]"), &wp->cls}, {DS_STR("[SEP]"), &wp->sep}, {DS_STR("[UNK]"), &wp->unk}};
  for (size_t i = 0; i < 3; i++) {
    ds_str name = special[i].name;
    if (!look_up(wp, hash_end(hash_bytes(HASH_START, name)), 0, name, special[i].id))
      return bad(err, path, "its vocabulary lacks [CLS], [SEP] or [UNK]");
  }
  return DOSSIER_OK;
}

/* An I32 table: strictly rising where `rising`, all of it code points. */
static bool read_codes(const ds_safetensors *st, const char *name, size_t columns, bool rising, const int32_t **out,
                       size_t *rows) {
  const ds_tensor *t = ds_safetensors_get(st, name);
  if (!t || t->dtype != DS_DTYPE_I32 || t->rank != (columns == 1 ? 1 : 2) || t->shape[1] != columns) return false;
  const int32_t *code = t->data;
  for (size_t i = 0; i < t->count; i++) {
    if (code[i] < 0 || code[i] > MAX_CODE || (rising && i && code[i] <= code[i - 1])) return false;
  }
  *out = code;
  *rows = t->shape[0];
  return true;
}

static uint8_t find_class(const ds_wordpiece *wp, uint32_t cp) {
  size_t low = 0, high = wp->class_count; /* the run is in [low, high) */
  while (high - low > 1) {
    size_t middle = low + (high - low) / 2;
    if ((uint32_t)wp->class_start[middle] <= cp)
      low = middle;
    else
      high = middle;
  }
  return wp->class_of[low];
}

static dossier_status read_tables(const ds_safetensors *st, const char *path, ds_wordpiece *wp, dossier_error *err) {
  size_t rows;
  const ds_tensor *classes = ds_safetensors_get(st, "text.class");
  if (!read_codes(st, "text.class_start", 1, true, &wp->class_start, &wp->class_count) || !classes ||
      classes->dtype != DS_DTYPE_U8 || classes->count != wp->class_count || wp->class_count == 0 ||
      wp->class_start[0] != 0)
    return bad(err, path, "its tensors text.class_start, text.class are missing or wrong");
  wp->class_of = classes->data;
  for (size_t i = 0; i < wp->class_count; i++) {
    if (wp->class_of[i] >= DS_CLASS_COUNT) return bad(err, path, "its tensor text.class has an unknown class");
  }
  if (!read_codes(st, "text.fold_from", 1, true, &wp->fold_from, &wp->fold_count) ||
      !read_codes(st, "text.fold_to", 3, false, &wp->fold_to, &rows) || rows != wp->fold_count)
    return bad(err, path, "its tensors text.fold_from, text.fold_to are missing or wrong");
  if (!read_codes(st, "text.lower_from", 1, true, &wp->lower_from, &wp->lower_count) ||
      !read_codes(st, "text.lower_to", 1, false, &wp->lower_to, &rows) || rows != wp->lower_count)
    return bad(err, path, "its tensors text.lower_from, text.lower_to are missing or wrong");
  for (uint32_t cp = 0; cp < 128; cp++) wp->ascii_class[cp] = find_class(wp, cp);
  return DOSSIER_OK;
}

static dossier_status read_shapes(ds_str lines, const char *path, ds_wordpiece *wp, dossier_error *err) {
  static const char *const names[DS_SHAPE_COUNT] = {"none",  "lower",   "capital", "capital-first", "caps",
                                                    "mixed", "initial", "alnum",   "number",        "symbol"};
  bool found[DS_SHAPE_COUNT] = {false};
  ds_str line;
  for (unsigned number = 0; ds_str_split(&lines, '\n', &line); number++) {
    size_t i = 0;
    while (i < DS_SHAPE_COUNT && !ds_str_eqz(line, names[i])) i++;
    if (i == DS_SHAPE_COUNT || number > UINT8_MAX)
      return ds_fail_at(err, DOSSIER_INPUT, path, 0, -1, "not a usable model: unknown shape \"%.*s\"",
                        DS_STR_ARG(line));
    wp->shape[i] = (uint8_t)number;
    found[i] = true;
  }
  for (size_t i = 0; i < DS_SHAPE_COUNT; i++) {
    if (!found[i])
      return ds_fail_at(err, DOSSIER_INPUT, path, 0, -1, "not a usable model: it lacks the shape \"%s\"", names[i]);
  }
  return DOSSIER_OK;
}

dossier_status ds_wordpiece_read(ds_arena *arena, const ds_safetensors *st, const char *path, ds_wordpiece *out,
                                 dossier_error *err) {
  *out = (ds_wordpiece){0};
  dossier_status status = read_vocabulary(arena, ds_safetensors_meta(st, "vocabulary"), path, out, err);
  if (!status) status = read_tables(st, path, out, err);
  if (!status) status = read_shapes(ds_safetensors_meta(st, "labels.shape"), path, out, err);
  return status;
}

static uint8_t class_of(const ds_wordpiece *wp, uint32_t cp) {
  return cp < 128 ? wp->ascii_class[cp] : find_class(wp, cp);
}

/* The row of cp in a rising table. */
static bool find_row(const int32_t *table, size_t count, uint32_t cp, size_t *row) {
  size_t low = 0, high = count;
  while (low < high) {
    size_t middle = low + (high - low) / 2;
    if ((uint32_t)table[middle] == cp) {
      *row = middle;
      return true;
    }
    if ((uint32_t)table[middle] < cp)
      low = middle + 1;
    else
      high = middle;
  }
  return false;
}

uint32_t ds_wordpiece_lower(const ds_wordpiece *wp, uint32_t cp) {
  size_t row;
  return find_row(wp->lower_from, wp->lower_count, cp, &row) ? (uint32_t)wp->lower_to[row] : cp;
}

size_t ds_wordpiece_put(uint32_t cp, char out[4]) {
  if (cp < 0x80) {
    out[0] = (char)cp;
    return 1;
  }
  if (cp < 0x800) {
    out[0] = (char)(0xC0 | cp >> 6);
    out[1] = (char)(0x80 | (cp & 0x3F));
    return 2;
  }
  if (cp < 0x10000) {
    out[0] = (char)(0xE0 | cp >> 12);
    out[1] = (char)(0x80 | (cp >> 6 & 0x3F));
    out[2] = (char)(0x80 | (cp & 0x3F));
    return 3;
  }
  out[0] = (char)(0xF0 | cp >> 18);
  out[1] = (char)(0x80 | (cp >> 12 & 0x3F));
  out[2] = (char)(0x80 | (cp >> 6 & 0x3F));
  out[3] = (char)(0x80 | (cp & 0x3F));
  return 4;
}

/* What has been read of a word so far. */
struct splitter {
  const ds_wordpiece *wp;
  uint32_t *out;
  size_t count;
  char chunk[4 * MAX_CHUNK];
  size_t bytes, points; /* of the chunk; its bytes are kept for the first MAX_CHUNK code points only */
};

static void give(struct splitter *s, uint32_t id) {
  if (s->count < DS_WORD_PIECES) s->out[s->count++] = id;
}

static void chunk_add(struct splitter *s, uint32_t cp) {
  if (s->points++ < MAX_CHUNK) s->bytes += ds_wordpiece_put(cp, s->chunk + s->bytes);
}

/* The longest piece that begins at byte `start` of the chunk; 0 where there is none. A piece is valid UTF-8, so bytes do as steps. */
static size_t longest(const struct splitter *s, size_t start, uint32_t *id) {
  uint32_t hashes[4 * MAX_CHUNK];
  size_t prefix = start ? 2 : 0, length = s->bytes - start;
  uint64_t hash = hash_bytes(HASH_START, (ds_str){"##", prefix});
  for (size_t i = 0; i < length; i++) {
    hash = hash_byte(hash, (unsigned char)s->chunk[start + i]);
    hashes[i] = hash_end(hash);
  }
  for (; length > 0; length--) {
    if (look_up(s->wp, hashes[length - 1], prefix, (ds_str){s->chunk + start, length}, id)) return length;
  }
  return 0;
}

static void chunk_end(struct splitter *s) {
  if (s->points == 0) return;
  size_t before = s->count, length;
  if (s->points > MAX_CHUNK) {
    give(s, s->wp->unk);
  } else {
    for (size_t start = 0; start < s->bytes; start += length) {
      uint32_t id;
      length = longest(s, start, &id);
      if (length == 0) { /* no piece fits: the whole chunk is unknown */
        s->count = before;
        give(s, s->wp->unk);
        break;
      }
      give(s, id);
    }
  }
  s->bytes = s->points = 0;
}

static void chunk_fold(struct splitter *s, uint32_t cp) {
  size_t row;
  if (cp < 128) {
    chunk_add(s, cp >= 'A' && cp <= 'Z' ? cp + 32 : cp);
  } else if (!find_row(s->wp->fold_from, s->wp->fold_count, cp, &row)) {
    chunk_add(s, cp);
  } else {
    for (size_t i = 0; i < 3 && s->wp->fold_to[3 * row + i]; i++) chunk_add(s, (uint32_t)s->wp->fold_to[3 * row + i]);
  }
}

size_t ds_wordpiece_split(const ds_wordpiece *wp, ds_str word, uint32_t out[DS_WORD_PIECES]) {
  struct splitter s;
  s.wp = wp;
  s.out = out;
  s.count = s.bytes = s.points = 0;
  for (size_t at = 0, size; at < word.len; at += size) {
    uint32_t cp = ds_utf8_at(word, at, &size);
    switch (class_of(wp, cp)) {
      case DS_CLASS_MARK: break;
      case DS_CLASS_SPACE: chunk_end(&s); break;
      case DS_CLASS_PUNCT:
      case DS_CLASS_CJK:
        chunk_end(&s);
        chunk_add(&s, cp);
        chunk_end(&s);
        break;
      default: chunk_fold(&s, cp);
    }
  }
  chunk_end(&s);
  if (s.count == 0) give(&s, wp->unk);
  return s.count;
}

ds_shape ds_wordpiece_shape(const ds_wordpiece *wp, ds_str word, bool first) {
  size_t upper = 0, lower = 0, digit = 0;
  bool leading = false; /* its first letter is upper case */
  for (size_t at = 0, size; at < word.len; at += size) {
    switch (class_of(wp, ds_utf8_at(word, at, &size))) {
      case DS_CLASS_UPPER:
        leading = leading || (upper == 0 && lower == 0);
        upper++;
        break;
      case DS_CLASS_LOWER:
      case DS_CLASS_LETTER:
      case DS_CLASS_CJK: lower++; break;
      case DS_CLASS_DIGIT: digit++; break;
      default: break;
    }
  }
  if (upper == 0 && lower == 0) return digit ? DS_SHAPE_NUMBER : DS_SHAPE_SYMBOL;
  if (digit) return DS_SHAPE_ALNUM;
  if (upper == 0) return DS_SHAPE_LOWER;
  if (lower == 0) return upper == 1 ? DS_SHAPE_INITIAL : DS_SHAPE_CAPS;
  if (upper == 1 && leading) return first ? DS_SHAPE_CAPITAL_FIRST : DS_SHAPE_CAPITAL;
  return DS_SHAPE_MIXED;
}
