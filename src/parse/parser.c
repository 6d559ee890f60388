#include "parse/parser.h"

#include "parse/irregular.h"

#include <stdlib.h>
#include <string.h>

dossier_status ds_parser_new_with(ds_parser **out, const ds_model *model, const ds_kernels *kernels,
                                  dossier_error *err) {
  *out = NULL;
  ds_parser *parser = calloc(1, sizeof *parser);
  if (!parser) return ds_fail_memory(err);
  parser->model = model;
  dossier_status status = ds_encoder_init(&parser->encoder, model, kernels, err);
  if (!status) status = ds_heads_init(&parser->heads, model, kernels, err);
  parser->base_of = calloc(DS_STATE_ROWS, sizeof *parser->base_of);
  parser->first = calloc(DS_TREE_MAX + 1, sizeof *parser->first);
  parser->shape = calloc(DS_TREE_MAX, sizeof *parser->shape);
  if (!status && (!parser->base_of || !parser->first || !parser->shape)) status = ds_fail_memory(err);
  if (status)
    ds_parser_free(parser);
  else
    *out = parser;
  return status;
}

dossier_status ds_parser_new(ds_parser **out, const ds_model *model, dossier_error *err) {
  return ds_parser_new_with(out, model, ds_kernels_at(0), err);
}

void ds_parser_free(ds_parser *parser) {
  if (!parser) return;
  ds_encoder_release(&parser->encoder);
  ds_heads_release(&parser->heads);
  DS_VEC_RELEASE(parser->units);
  DS_VEC_RELEASE(parser->piece);
  DS_VEC_RELEASE(parser->names);
  free(parser->base_of);
  free(parser->first);
  free(parser->shape);
  free(parser);
}

/* The learned script's, but for past forms of strong verbs: they are a list. */
static ds_str lemma_of(ds_parser *p, const ds_word *word, const ds_lemma_script *script, ds_str form) {
  bool past = (word->upos == DS_UPOS_VERB || word->upos == DS_UPOS_AUX) &&
              (word->xpos == DS_XPOS_VBD || word->xpos == DS_XPOS_VBN);
  ds_str prefix, base, lemma = ds_lemma_apply(script, &p->model->wordpiece, p->arena, form);
  char lower[17];
  if (!lemma.ptr || !past || form.len >= sizeof lower) return lemma;
  for (size_t i = 0; i < form.len; i++)
    lower[i] = (char)(form.ptr[i] >= 'A' && form.ptr[i] <= 'Z' ? form.ptr[i] + 32 : form.ptr[i]);
  if (!ds_irregular_lemma((ds_str){lower, form.len}, &prefix, &base)) return lemma;
  return ds_arena_printf(p->arena, "%.*s%.*s", DS_STR_ARG(prefix), DS_STR_ARG(base));
}

/* The words of one unit, from its tags and tree. */
static dossier_status write_words(ds_parser *p, const ds_unit *unit, dossier_error *err) {
  const ds_labels *l = &p->model->labels;
  uint32_t root = unit->token;
  for (uint32_t i = 0; i < unit->count; i++) {
    size_t row = unit->base + 1 + i;
    ds_tags tags = p->heads.tags[row];
    uint32_t head = p->heads.head[row];
    ds_word *word = &p->words[unit->token + i];
    word->upos = l->upos[tags.upos];
    word->xpos = l->xpos[tags.xpos];
    word->morph = l->morph[tags.feats];
    word->deprel = head ? l->rel[tags.rel] : (uint8_t)DS_DEPREL_ROOT;
    word->head = head ? unit->token + head - 1 : DS_NO_HEAD;
    if (head == 0) root = unit->token + i;
    word->lemma = lemma_of(p, word, &l->lemma[tags.lemma], p->text->tokens[unit->token + i].form);
    if (!word->lemma.ptr) return ds_fail_memory(err);
  }
  if (unit->part) { /* the parts of a long sentence hang on each other */
    p->words[root].head = p->last_root;
    p->words[root].deprel = DS_DEPREL_PARATAXIS;
  }
  p->last_root = root;
  return DOSSIER_OK;
}

/* The names of one unit: runs from a tag that starts one to the tag that ends it. */
static dossier_status write_names(ds_parser *p, const ds_unit *unit, dossier_error *err) {
  const ds_name_tag *tags = p->model->labels.names;
  const uint8_t *path = p->heads.path;
  ds_heads_names(&p->heads, unit->base, unit->count);
  for (uint32_t i = 0; i < unit->count;) {
    if (!tags[path[i]].starts) {
      i++;
      continue;
    }
    ds_name name = {.first = unit->token + i, .kind = (ds_name_kind)tags[path[i]].kind};
    do {
      name.score += ds_heads_tag_probability(&p->heads, unit->base + 1 + i, path[i]);
      name.count++;
      i++;
    } while (i < unit->count && tags[path[i]].inside && tags[path[i - 1]].open);
    name.score /= (float)name.count;
    if (!DS_PUSH(p->names, name)) return ds_fail_memory(err);
  }
  return DOSSIER_OK;
}

/* Decodes all units that were added, and begins anew. */
static dossier_status finish(ds_parser *p, dossier_error *err) {
  dossier_status status = ds_encoder_run(&p->encoder, p->heads.states, err);
  if (!status) status = ds_heads_tag(&p->heads, p->state_count, err);
  for (size_t i = 0; i < p->units.len && !status; i++)
    status = ds_heads_tree(&p->heads, p->units.items[i].base, p->units.items[i].count, err);
  if (!status) status = ds_heads_relate(&p->heads, p->state_count, p->base_of, err);
  size_t hidden = p->model->config.hidden;
  for (size_t i = 0; i < p->units.len && !status; i++) {
    const ds_unit *unit = &p->units.items[i];
    status = write_words(p, unit, err);
    if (!status) status = write_names(p, unit, err);
    if (!status && p->states)
      memcpy(p->states + unit->token * hidden, p->heads.states + (unit->base + 1) * hidden,
             unit->count * hidden * sizeof(float));
  }
  p->units.len = 0;
  p->state_count = 0;
  return status;
}

/* Adds words [from, to) of the unit as one sequence; the vectors of words [keep, keep_end) are wanted. */
static dossier_status add_window(ds_parser *p, const ds_unit *unit, size_t from, size_t to, size_t keep,
                                 size_t keep_end, dossier_error *err) {
  const ds_wordpiece *wp = &p->model->wordpiece;
  if (!ds_encoder_fits(&p->encoder, p->first[to] - p->first[from] + 2)) {
    dossier_status status = ds_encoder_run(&p->encoder, p->heads.states, err);
    if (status) return status;
  }
  uint8_t none = wp->shape[DS_SHAPE_NONE];
  ds_encoder_begin(&p->encoder);
  ds_encoder_add(&p->encoder, wp->cls, none, from == 0, unit->base);
  for (size_t w = from; w < to; w++) {
    for (size_t i = p->first[w]; i < p->first[w + 1]; i++) {
      bool kept = i == p->first[w] && w >= keep && w < keep_end;
      ds_encoder_add(&p->encoder, p->piece.items[i], p->shape[w], kept, unit->base + 1 + (uint32_t)w);
    }
  }
  ds_encoder_add(&p->encoder, wp->sep, none, false, 0);
  return DOSSIER_OK;
}

/* The last word, exclusive, of a window that begins at word `from`: as many as fit, one at least. */
static size_t window_end(const ds_parser *p, size_t from, size_t count, size_t room) {
  size_t to = from + 1;
  while (to < count && p->first[to + 1] - p->first[from] <= room) to++;
  return to;
}

/* Adds a unit's pieces: in one sequence, or in windows that overlap by half, each word taken from where it has most company. */
static dossier_status add_windows(ds_parser *p, const ds_unit *unit, dossier_error *err) {
  size_t room = p->encoder.row_max - 2, from = 0, keep = 0, to = window_end(p, 0, unit->count, room);
  while (to < unit->count) {
    size_t next = from + 1;
    while (next < to && p->first[next] - p->first[from] < room / 2) next++;
    size_t next_to = window_end(p, next, unit->count, room), middle = (p->first[next] + p->first[to]) / 2,
           keep_end = next;
    while (keep_end < to && p->first[keep_end] < middle) keep_end++;
    dossier_status status = add_window(p, unit, from, to, keep, keep_end, err);
    if (status) return status;
    keep = keep_end;
    from = next;
    to = next_to;
  }
  return add_window(p, unit, from, unit->count, keep, unit->count, err);
}

/* Adds one unit. *first: no word of its sentence had a letter or digit so far. */
static dossier_status add_unit(ds_parser *p, uint32_t token, uint32_t count, bool part, bool *first,
                               dossier_error *err) {
  if (p->state_count + count + 1 > DS_STATE_ROWS) {
    dossier_status status = finish(p, err);
    if (status) return status;
  }
  ds_unit unit = {.token = token, .count = count, .base = (uint32_t)p->state_count, .part = part};
  for (uint32_t i = 0; i <= count; i++) p->base_of[p->state_count + i] = unit.base;
  p->state_count += count + 1;
  if (!DS_PUSH(p->units, unit)) return ds_fail_memory(err);
  const ds_wordpiece *wp = &p->model->wordpiece;
  p->piece.len = 0;
  for (uint32_t i = 0; i < count; i++) {
    uint32_t pieces[DS_WORD_PIECES];
    ds_str form = p->text->tokens[token + i].form;
    size_t found = ds_wordpiece_split(wp, form, pieces), most = p->encoder.row_max - 2;
    ds_shape shape = ds_wordpiece_shape(wp, form, *first);
    *first = *first && shape == DS_SHAPE_SYMBOL;
    p->shape[i] = wp->shape[shape];
    p->first[i] = (uint32_t)p->piece.len;
    for (size_t k = 0; k < found && k < most; k++) {
      if (!DS_PUSH(p->piece, pieces[k])) return ds_fail_memory(err);
    }
  }
  p->first[count] = (uint32_t)p->piece.len;
  return add_windows(p, &unit, err);
}

/* How many of the next `left` tokens make one unit: all, or, of very long sentences, up to a sign where a cut does least harm. */
static uint32_t unit_size(const ds_text *text, uint32_t token, uint32_t left) {
  static const char *const signs[] = {".;:!?", ",)]|-"};
  if (left <= DS_TREE_MAX) return left;
  for (size_t s = 0; s < 2; s++) {
    for (uint32_t size = DS_TREE_MAX; size > DS_TREE_MAX / 2; size--) {
      ds_str form = text->tokens[token + size - 1].form;
      if (form.len == 1 && form.ptr[0] && strchr(signs[s], form.ptr[0])) return size;
    }
  }
  return DS_TREE_MAX;
}

static dossier_status run(ds_parser *p, dossier_error *err) {
  dossier_status status = DOSSIER_OK;
  for (size_t s = 0; s < p->text->sentence_count && !status; s++) {
    const ds_sentence *sentence = &p->text->sentences[s];
    bool first = true;
    for (uint32_t done = 0, size; done < sentence->count && !status; done += size) {
      size = unit_size(p->text, sentence->first + done, sentence->count - done);
      status = add_unit(p, sentence->first + done, size, done > 0, &first, err);
    }
  }
  return status ? status : finish(p, err);
}

dossier_status ds_parser_run(ds_parser *parser, ds_arena *arena, const ds_text *text, bool want_states, ds_parse *out,
                             dossier_error *err) {
  *out = (ds_parse){.width = parser->model->config.hidden};
  parser->arena = arena;
  parser->text = text;
  parser->words = DS_NEW_ARRAY(arena, ds_word, text->token_count);
  parser->states = want_states ? ds_arena_array(arena, text->token_count, out->width * sizeof(float)) : NULL;
  if (!parser->words || (want_states && !parser->states)) return ds_fail_memory(err);
  parser->units.len = parser->names.len = parser->state_count = 0;
  parser->encoder.rows = parser->encoder.sequence_count = parser->encoder.keep_count = 0;
  int threads = ds_linear_single();
  dossier_status status = run(parser, err);
  ds_linear_restore(threads);
  if (status) return status;
  out->words = parser->words;
  out->states = parser->states;
  out->name_count = parser->names.len;
  out->names = DS_NEW_ARRAY(arena, ds_name, parser->names.len);
  if (!out->names) return ds_fail_memory(err);
  if (parser->names.len) memcpy(out->names, parser->names.items, parser->names.len * sizeof *out->names);
  return DOSSIER_OK;
}

bool ds_tree_dominates(const ds_parse *parse, uint32_t above, uint32_t below) {
  while (below != above && below != DS_NO_HEAD) below = parse->words[below].head;
  return below == above;
}

const char *ds_name_kind_label(ds_name_kind kind) {
  static const char *const labels[] = {"person", "organization", "place", "facility", "group", "misc"};
  return (unsigned)kind < sizeof labels / sizeof *labels ? labels[kind] : "misc";
}
