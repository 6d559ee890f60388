/* text/text.c - text to tokens and sentences */
#include "text/text.h"
#include "text/boundary.h"
#include "text/lex.h"
#include "text/weights.h"

#include <string.h>

typedef struct splitter {
  const ds_lexed *lexed;
  const ds_cue *cues;
  ds_text *out;
  uint32_t paragraph; /* of the line at hand */
  bool listed;        /* the line starts with a list mark */
} splitter;

static bool closes(const ds_cue *cue) {
  return cue->shape == DS_SHAPE_CLOSE_QUOTE || cue->shape == DS_SHAPE_CLOSE_BRACKET;
}

/* The token of [first, end) whose full stop ends the sentence too ("in the U.S."), or end. A line of a few words that ends
 * with an abbreviation ("Acme Inc.") has no full stop of its own. */
static size_t shared_stop(const splitter *s, size_t first, size_t end) {
  size_t i = end;
  while (i > first && closes(&s->cues[i - 1])) i--;
  if (i == first || i - first < 3) return end;
  const ds_token *token = &s->lexed->tokens.items[i - 1];
  bool stop = s->cues[i - 1].shape == DS_SHAPE_ABBREVIATION || s->cues[i - 1].shape == DS_SHAPE_INITIAL;
  return stop && token->form.len > 1 && token->form.ptr[token->form.len - 1] == '.' ? i - 1 : end;
}

static bool ends_like_prose(const splitter *s, size_t first, size_t end) {
  while (end > first + 1 && closes(&s->cues[end - 1])) end--;
  ds_shape shape = s->cues[end - 1].shape;
  return shape == DS_SHAPE_STOP || shape == DS_SHAPE_END || shape == DS_SHAPE_DOTS || shape == DS_SHAPE_ABBREVIATION ||
         shape == DS_SHAPE_COLON || shape == DS_SHAPE_SEMICOLON || shape == DS_SHAPE_COMMA || shape == DS_SHAPE_SMILEY;
}

static ds_sentence_kind kind_of(const splitter *s, size_t line, size_t first, size_t end) {
  enum { LONGEST_HEADING = 30 };
  if (s->listed) return DS_SENTENCE_LIST_ITEM;
  bool alone = first == line && ds_boundary_forced(s->lexed, end - 1);
  return alone && end - first <= LONGEST_HEADING && !ends_like_prose(s, first, end) ? DS_SENTENCE_HEADING
                                                                                    : DS_SENTENCE_PROSE;
}

/* Appends the sentence of the tokens [first, end). */
static void add_sentence(splitter *s, size_t line, size_t first, size_t end) {
  ds_text *out = s->out;
  const ds_token *tokens = s->lexed->tokens.items;
  size_t stop = shared_stop(s, first, end);
  uint32_t start = (uint32_t)out->token_count;
  for (size_t i = first; i < end; i++) {
    ds_token *token = &out->tokens[out->token_count];
    *token = tokens[i];
    token->mwt_first = start + token->mwt_first - (uint32_t)first + (i > stop);
    out->token_count++;
    if (i != stop) continue;
    token->form.len--;
    token->end--;
    token->space_after = false;
    token[1] = (ds_token){{token->form.ptr + token->form.len, 1},
                          token->end,
                          token->end + 1,
                          (uint32_t)out->token_count,
                          1,
                          tokens[i].space_after};
    out->token_count++;
  }
  out->sentences[out->sentence_count++] = (ds_sentence){.first = start,
                                                        .count = (uint32_t)out->token_count - start,
                                                        .start = tokens[first].start,
                                                        .end = tokens[end - 1].end,
                                                        .paragraph = s->paragraph,
                                                        .kind = kind_of(s, line, first, end)};
}

/* Weights are printable characters: '!' upwards without the three that a string literal would have to escape. */
static int weight(uint16_t feature) {
  int c = ds_boundary_weights[feature / DS_BOUNDARY_LINE][feature % DS_BOUNDARY_LINE];
  return c - (c > '\\') - (c > '?') - (c > '"') - DS_BOUNDARY_ZERO;
}

static bool ends_sentence(const ds_lexed *lexed, const ds_cue *cues, size_t first, size_t i) {
  uint16_t features[DS_BOUNDARY_FEATURES];
  int sum = DS_BOUNDARY_BIAS;
  ds_boundary_features(lexed, cues, first, i, features);
  for (size_t k = 0; k < DS_BOUNDARY_FEATURES; k++) sum += weight(features[k]);
  return sum > 0;
}

static size_t next_end(const splitter *s, size_t first) {
  for (size_t i = first;; i++) {
    if (ds_boundary_forced(s->lexed, i)) return i + 1;
    if (ds_boundary_possible(s->lexed, s->cues, i) && ends_sentence(s->lexed, s->cues, first, i)) return i + 1;
  }
}

static dossier_status split(ds_arena *arena, const ds_lexed *lexed, const ds_cue *cues, ds_text *out,
                            dossier_error *err) {
  splitter s = {lexed, cues, out, 0, false};
  size_t count = lexed->tokens.len, sentences = 0;
  uint32_t *ends = DS_NEW_ARRAY(arena, uint32_t, count);
  if (!ends) return ds_fail_memory(err);
  for (size_t at = 0; at < count;) ends[sentences++] = (uint32_t)(at = next_end(&s, at));
  out->tokens = DS_NEW_ARRAY(arena, ds_token, count + sentences); /* a sentence adds one token at most */
  out->sentences = DS_NEW_ARRAY(arena, ds_sentence, sentences);
  if (!out->tokens || !out->sentences) return ds_fail_memory(err);
  size_t line = 0, first = 0;
  for (size_t i = 0; i < sentences; i++) {
    if (!first || lexed->breaks.items[first]) {
      line = first;
      s.paragraph += first > 0;
      s.listed = ds_list_mark(out->text, ds_line_at(out->text, lexed->tokens.items[first].start));
    }
    add_sentence(&s, line, first, ends[i]);
    first = ends[i];
  }
  return DOSSIER_OK;
}

dossier_status ds_text_split(ds_arena *arena, ds_str text, ds_text *out, dossier_error *err) {
  ds_lexed lexed = {0};
  *out = (ds_text){.text = text};
  if (!text.len) return DOSSIER_OK;
  if (text.len >= UINT32_MAX) return ds_fail(err, DOSSIER_INPUT, "the text is longer than 4 GiB");
  dossier_status status = ds_lex(text, &lexed, err);
  if (!status) {
    ds_cue *cues = ds_cues(arena, &lexed);
    status = cues ? split(arena, &lexed, cues, out, err) : ds_fail_memory(err);
  }
  ds_lexed_release(&lexed);
  return status;
}
