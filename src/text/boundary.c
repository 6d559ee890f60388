/* text/boundary.c - what the classifier of sentence ends sees */
#include "text/boundary.h"

#include <string.h>

static uint32_t word_hash(ds_str form) {
  uint32_t hash = 2166136261u;
  for (size_t i = 0; i < form.len; i++) {
    uint32_t c = (unsigned char)form.ptr[i];
    hash = (hash ^ (c - 'A' < 26u ? c | 32u : c)) * 16777619u;
  }
  return hash;
}

/* The same word for marks that differ only in their form: the training texts are mostly ASCII. */
static uint32_t mark_hash(ds_str form, ds_shape shape, uint32_t cp) {
  if (cp < 0x80) return word_hash(form);
  switch (shape) {
    case DS_SHAPE_DOTS: return word_hash(DS_STR("..."));
    case DS_SHAPE_DASH: return word_hash(DS_STR("--"));
    case DS_SHAPE_OPEN_QUOTE:
    case DS_SHAPE_CLOSE_QUOTE: return word_hash(cp == 0x2018 || cp == 0x2019 ? DS_STR("'") : DS_STR("\""));
    default: return word_hash(form);
  }
}

static ds_shape shape_of_mark(ds_str form, uint32_t cp) {
  char last = form.ptr[form.len - 1];
  if (cp < 0x80 && form.len > 1 && (strchr(")(DPp3", last) || cp == '^') && strchr(":;=^>(<", (int)cp))
    return DS_SHAPE_SMILEY;
  switch (cp) {
    case '.':
      if (form.len == 1) return DS_SHAPE_STOP;
      return last == '.' ? DS_SHAPE_DOTS : DS_SHAPE_END;
    case '!':
    case '?':
    case 0x203C:
    case 0x2047:
    case 0x2048:
    case 0x2049: return DS_SHAPE_END;
    case 0x3002:
    case 0xFF0E:
    case 0x964: return DS_SHAPE_STOP;
    case 0x2026: return DS_SHAPE_DOTS;
    case ',': return DS_SHAPE_COMMA;
    case ':': return DS_SHAPE_COLON;
    case ';': return DS_SHAPE_SEMICOLON;
    case '-':
    case 0x2012:
    case 0x2013:
    case 0x2014:
    case 0x2015: return DS_SHAPE_DASH;
    case '*':
    case 0x2022:
    case 0xB7:
    case 0x25CF:
    case 0x25AA:
    case 0x25A0:
    case '>':
    case '#': return DS_SHAPE_BULLET;
    case 0x201C:
    case 0x201E:
    case 0x2018:
    case 0xAB:
    case 0x2039:
    case '`': return DS_SHAPE_OPEN_QUOTE;
    case 0x201D:
    case 0x2019:
    case 0xBB:
    case 0x203A:
    case '"':
    case '\'': return DS_SHAPE_CLOSE_QUOTE;
    case '(':
    case '[':
    case '{': return DS_SHAPE_OPEN_BRACKET;
    case ')':
    case ']':
    case '}': return DS_SHAPE_CLOSE_BRACKET;
    default: return DS_SHAPE_OTHER;
  }
}

static ds_shape shape_of_word(ds_str form, uint32_t cp, size_t size) {
  bool upper = ds_cp_is_upper(cp), digit = cp - '0' < 10u;
  if (form.len > size && form.ptr[form.len - 1] == '.')
    return form.len <= size + 1 && upper ? DS_SHAPE_INITIAL : DS_SHAPE_ABBREVIATION;
  bool lower = false;
  for (size_t i = size; i < form.len; i++) {
    uint32_t c = (unsigned char)form.ptr[i];
    if (c - 'a' < 26u || c >= 0x80) lower = true;
    digit = digit && !((c | 32u) - 'a' < 26u);
  }
  if (digit) return DS_SHAPE_NUMBER;
  if (upper && lower) return ds_is_opener(form) ? DS_SHAPE_OPENER : DS_SHAPE_CAPITAL;
  if (upper) return form.len == size ? DS_SHAPE_INITIAL : DS_SHAPE_UPPER;
  return ds_cp_is_lower(cp) ? DS_SHAPE_LOWER : DS_SHAPE_WORD;
}

/* '90s, #tag, @handle, +44: a word that starts with a mark */
static bool is_tag(ds_str form, size_t size) {
  size_t next;
  return form.len > size && ds_class_of(ds_char_at(form.ptr, size, form.len, &next)) != DS_PUNCT &&
         !strchr(":;=", form.ptr[0]);
}

/* Double quotation marks that look the same at both ends, and single ones. */
static ds_shape direct_quote(const ds_lexed *lexed, size_t i, bool open) {
  const ds_token *token = &lexed->tokens.items[i];
  bool before = i && !lexed->tokens.items[i - 1].space_after && !lexed->breaks.items[i], after = !token->space_after;
  if (before == after) return open ? DS_SHAPE_CLOSE_QUOTE : DS_SHAPE_OPEN_QUOTE;
  return before ? DS_SHAPE_CLOSE_QUOTE : DS_SHAPE_OPEN_QUOTE;
}

static bool is_closer(const ds_cue *cue) {
  return cue->shape == DS_SHAPE_CLOSE_QUOTE || cue->shape == DS_SHAPE_CLOSE_BRACKET;
}
static bool is_word(const ds_cue *cue) {
  return cue->shape >= DS_SHAPE_LOWER && cue->shape <= DS_SHAPE_WORD;
}

static void mark_prose(const ds_lexed *lexed, ds_cue *cues) {
  bool prose = false, last = true; /* nothing but closing marks since the end of the line */
  for (size_t i = lexed->tokens.len; i-- > 0;) {
    if (ds_boundary_forced(lexed, i)) last = true;
    if (last && !is_closer(&cues[i])) {
      prose = cues[i].shape == DS_SHAPE_STOP || cues[i].shape == DS_SHAPE_END || cues[i].shape == DS_SHAPE_DOTS;
      last = false;
    }
    cues[i].prose = prose;
  }
}

ds_cue *ds_cues(ds_arena *arena, const ds_lexed *lexed) {
  ds_cue *cues = DS_NEW_ARRAY(arena, ds_cue, lexed->tokens.len);
  bool quoted = false, bracketed = false;
  if (!cues) return NULL;
  for (size_t i = 0; i < lexed->tokens.len; i++) {
    ds_str form = lexed->tokens.items[i].form;
    size_t size;
    uint32_t cp = ds_char_at(form.ptr, 0, form.len, &size);
    ds_class class = ds_class_of(cp);
    ds_shape shape = class == DS_PUNCT && !is_tag(form, size) ? shape_of_mark(form, cp) : shape_of_word(form, cp, size);
    if (lexed->breaks.items[i]) quoted = bracketed = false;
    if (cp == '"' || cp == '\'') shape = shape == DS_SHAPE_CLOSE_QUOTE ? direct_quote(lexed, i, quoted) : shape;
    bool twofold =
        cp == '"' || cp == 0x201C || cp == 0x201D || cp == 0x201E || cp == 0xAB || cp == 0xBB || form.len == 2;
    if (twofold && (shape == DS_SHAPE_OPEN_QUOTE || shape == DS_SHAPE_CLOSE_QUOTE))
      quoted = shape == DS_SHAPE_OPEN_QUOTE;
    if (shape == DS_SHAPE_OPEN_BRACKET || shape == DS_SHAPE_CLOSE_BRACKET) bracketed = shape == DS_SHAPE_OPEN_BRACKET;
    uint8_t length = form.len > 255 ? 255 : (uint8_t)form.len;
    cues[i] = (ds_cue){mark_hash(form, shape, cp), (uint8_t)shape, length, quoted, bracketed, false};
  }
  mark_prose(lexed, cues);
  return cues;
}

bool ds_boundary_forced(const ds_lexed *lexed, size_t i) {
  return i + 1 >= lexed->tokens.len || lexed->breaks.items[i + 1];
}

static bool starts_line(const ds_lexed *lexed, size_t i) {
  return !i || lexed->breaks.items[i];
}

/* Whether token i belongs to the mark of a list: "-", "1.", "a)", "(2)". */
static bool in_list_mark(const ds_lexed *lexed, const ds_cue *cues, size_t i) {
  ds_shape shape = cues[i].shape;
  if (starts_line(lexed, i)) return shape == DS_SHAPE_DASH || shape == DS_SHAPE_BULLET;
  if (shape != DS_SHAPE_STOP && shape != DS_SHAPE_CLOSE_BRACKET) return false;
  bool label = cues[i - 1].length == 1 || (cues[i - 1].shape == DS_SHAPE_NUMBER && cues[i - 1].length < 3);
  if (!label || lexed->tokens.items[i - 1].space_after) return false;
  return starts_line(lexed, i - 1) || (cues[i - 2].shape == DS_SHAPE_OPEN_BRACKET && starts_line(lexed, i - 2));
}

bool ds_boundary_possible(const ds_lexed *lexed, const ds_cue *cues, size_t i) {
  const ds_token *token = &lexed->tokens.items[i];
  const ds_cue *left = &cues[i], *right = &cues[i + 1];
  if (token->mwt_first + token->mwt_count > i + 1) return false;
  if (in_list_mark(lexed, cues, i)) return false;
  if (!token->space_after)
    return left->shape == DS_SHAPE_STOP || left->shape == DS_SHAPE_END || left->shape == DS_SHAPE_DOTS ||
           left->shape == DS_SHAPE_SMILEY || is_closer(left);
  if (right->shape == DS_SHAPE_LOWER && left->shape == DS_SHAPE_CLOSE_QUOTE) return false; /* "Why?" he asked. */
  bool aside = left->shape == DS_SHAPE_CLOSE_BRACKET && i && is_word(&cues[i - 1]) && right->shape != DS_SHAPE_OPENER;
  if (aside && left->prose) return false; /* the South American Confederation (Conmebol) President */
  if (is_word(left) && left->shape != DS_SHAPE_ABBREVIATION && left->shape != DS_SHAPE_INITIAL)
    return right->shape != DS_SHAPE_LOWER && !left->prose; /* edited text does not forget the full stop */
  return left->shape != DS_SHAPE_ABBREVIATION || !ds_is_title((ds_str){token->form.ptr, token->form.len - 1});
}

static uint16_t feature(uint32_t template, uint32_t a, uint32_t b, uint32_t c) {
  uint32_t h = (template * 0x9E3779B1u) ^ (a * 0x85EBCA6Bu);
  h = (h ^ (h >> 15)) * 0x2C1B3C6Du + b;
  h = (h ^ (h >> 13)) * 0x297A2D39u + c;
  h = (h ^ (h >> 15)) * 0x85EBCA6Bu;
  return (uint16_t)(h >> (32 - DS_BOUNDARY_BITS));
}

static uint32_t bucket(size_t n) {
  return (uint32_t)(n < 4 ? n : n < 6 ? 4 : n < 10 ? 5 : n < 16 ? 6 : n < 30 ? 7 : n < 50 ? 8 : 9);
}

void ds_boundary_features(const ds_lexed *lexed, const ds_cue *cues, size_t first, size_t i,
                          uint16_t out[DS_BOUNDARY_FEATURES]) {
  static const ds_cue none = {0};
  size_t t = i, n = 0;
  while (t > first && i - t < 3 && is_closer(&cues[t])) t--;
  const ds_cue *l = &cues[i], *r = &cues[i + 1], *mark = &cues[t];
  const ds_cue *before = t > first ? &cues[t - 1] : &none, *before2 = t > first + 1 ? &cues[t - 2] : &none;
  bool end = ds_boundary_forced(lexed, i + 1);
  const ds_cue *r2 = end ? &none : &cues[i + 2];
  uint32_t spaced = lexed->tokens.items[i].space_after, closed = (uint32_t)(i - t), since = bucket(i + 1 - first);
  uint32_t prose = l->prose;
  uint32_t state = (uint32_t)l->quoted | (uint32_t)l->bracketed << 1 | spaced << 2 | closed << 3;
  uint32_t bs = before->shape, ms = mark->shape, rs = r->shape, r2s = r2->shape;
  uint32_t word_length = before->length < 4 ? before->length : 4u;
  out[n++] = feature(1, ms, rs, prose);
  out[n++] = feature(2, mark->word, rs, spaced);
  out[n++] = feature(3, mark->word, r->word, closed);
  out[n++] = feature(4, ms, r->word, rs);
  out[n++] = feature(5, before->word, ms, bs);
  out[n++] = feature(6, before->word, ms, rs + 64);
  out[n++] = feature(7, bs | word_length << 8, ms, rs | r2s << 8);
  out[n++] = feature(8, state, ms, rs);
  out[n++] = feature(9, state, ms, rs | bs << 8 | r2s << 16);
  out[n++] = feature(10, since, ms, rs | prose << 8);
  out[n++] = feature(11, since, mark->word, closed);
  out[n++] = feature(12, r->word, rs, r2->word);
  out[n++] = feature(13, r->word, r2s, ms);
  out[n++] = feature(14, l->word, l->shape, rs);
  out[n++] = feature(15, cues[first].shape, ms, since < 5 ? since : 5);
  out[n++] = feature(16, cues[first].word, ms, rs);
  out[n++] = feature(17, before2->shape | bs << 8, ms, rs);
  out[n++] = feature(18, before2->word, before->word, ms);
  out[n++] = feature(19, ms | bs << 8, rs | (uint32_t)end << 8, prose);
  out[n++] = feature(20, ms | rs << 8, state & 3, r2->word);
  out[n++] = feature(21, before->word, r->word, ms);
  out[n++] = feature(22, bs, ms, r->word);
}
