/* CoNLL-U in and out (universaldependencies.org/format.html). In: forms, multiword ranges and comments; all else is the model's
 * to say. Out: with TokenRange=start:end (bytes of the article's text) and NER=B-person in MISC. */
#include "api/internal.h"
#include "base/utf8.h"
#include "base/vec.h"

#include <string.h>

typedef struct reading {
  ds_arena *arena;
  ds_buf text; /* the running text that the tokens are laid into */
  ds_buf comments;
  DS_VEC(ds_token) tokens;
  DS_VEC(ds_sentence) sentences;
  DS_VEC(ds_str) surfaces;
  DS_VEC(ds_str) comment_of;
  uint32_t sentence_first;
  uint32_t range_left;  /* words of the multiword token that are still to come */
  uint32_t range_first; /* its first token */
  uint32_t range_start; /* its first byte in the text */
  bool range_space;     /* white space follows it */
  bool paragraph;       /* a new paragraph begins */
  uint32_t paragraphs;
} reading;

static bool no_space_after(ds_str misc) {
  ds_str part;
  while (ds_str_split(&misc, '|', &part))
    if (ds_str_eqz(part, "SpaceAfter=No")) return true;
  return false;
}

/* Columns of a line; at most ten. */
static size_t split_columns(ds_str line, ds_str columns[10]) {
  size_t count = 0;
  while (count < 10 && ds_str_split(&line, '\t', &columns[count])) count++;
  return count;
}

static bool add_token(reading *r, ds_str form, bool space) {
  uint32_t index = (uint32_t)r->tokens.len;
  bool inside = r->range_left > 0;
  uint32_t start = (uint32_t)r->text.len;
  ds_str kept = ds_arena_str(r->arena, form);
  if (inside) /* the words of a multiword token share the bytes of its surface form */
    start = r->range_start;
  else
    ds_buf_append(&r->text, form);
  ds_token token = {.form = kept,
                    .start = start,
                    .end = (uint32_t)r->text.len,
                    .mwt_first = inside ? r->range_first : index,
                    .mwt_count = 1,
                    .space_after = space};
  if (inside) {
    token.space_after = r->range_left == 1 && r->range_space;
    token.mwt_count = index == r->range_first ? r->range_left : r->tokens.items[r->range_first].mwt_count;
    r->range_left--;
  }
  if (token.space_after) ds_buf_byte(&r->text, ' ');
  return kept.ptr && !r->text.failed && DS_PUSH(r->tokens, token);
}

static bool surface_for(reading *r, ds_str form) {
  while (r->surfaces.len < r->tokens.len)
    if (!DS_PUSH(r->surfaces, DS_STR_NONE)) return false;
  ds_str kept = ds_arena_str(r->arena, form);
  return kept.ptr && DS_PUSH(r->surfaces, kept);
}

/* A range that promised more words than came has those that came. */
static void cut_range(reading *r) {
  size_t count = r->tokens.len - r->range_first;
  for (size_t i = r->range_first; i < r->tokens.len; i++) r->tokens.items[i].mwt_count = (uint32_t)count;
  r->range_left = 0;
}

/* A line "3-4 don't _ ..." opens a multiword token. */
static bool open_range(reading *r, ds_str id, ds_str form, bool space) {
  ds_str first, rest = id;
  uint32_t a = 0, b = 0;
  ds_str_split(&rest, '-', &first);
  if (!ds_str_to_u32(first, &a) || !ds_str_to_u32(rest, &b) || b < a) return true;
  if (r->range_left) cut_range(r);
  r->range_left = b - a + 1;
  r->range_first = (uint32_t)r->tokens.len;
  r->range_start = (uint32_t)r->text.len;
  r->range_space = space;
  ds_buf_append(&r->text, form);
  return surface_for(r, form);
}

static bool close_sentence(reading *r) {
  if (r->range_left) cut_range(r);
  uint32_t count = (uint32_t)r->tokens.len - r->sentence_first;
  if (count) {
    if (r->paragraph && r->sentences.len) r->paragraphs++;
    ds_str comments = ds_arena_str(r->arena, ds_buf_str(&r->comments));
    const ds_token *tokens = r->tokens.items;
    ds_sentence sentence = {.first = r->sentence_first,
                            .count = count,
                            .start = tokens[r->sentence_first].start,
                            .end = tokens[r->tokens.len - 1].end,
                            .paragraph = r->paragraphs};
    if (!comments.ptr || !DS_PUSH(r->sentences, sentence) || !DS_PUSH(r->comment_of, comments)) return false;
    if (!tokens[r->tokens.len - 1].space_after) ds_buf_byte(&r->text, ' ');
  }
  r->sentence_first = (uint32_t)r->tokens.len;
  r->range_left = 0;
  r->paragraph = false;
  ds_buf_clear(&r->comments);
  return true;
}

static dossier_status read_line(reading *r, ds_str line, long number, dossier_error *err) {
  if (ds_str_ends(line, DS_STR("\r"))) line.len--;
  if (!line.len) return close_sentence(r) ? DOSSIER_OK : ds_fail_memory(err);
  if (line.ptr[0] == '#') {
    r->paragraph = r->paragraph || ds_str_starts(line, DS_STR("# newpar")) || ds_str_starts(line, DS_STR("# newdoc"));
    ds_buf_append(&r->comments, line);
    ds_buf_byte(&r->comments, '\n');
    return DOSSIER_OK;
  }
  ds_str columns[10] = {{0}};
  size_t count = split_columns(line, columns);
  if (count < 2 || !columns[1].len)
    return ds_fail_at(err, DOSSIER_INPUT, NULL, number, -1,
                      "a line of CoNLL-U needs an id and a form, separated by a tab");
  if (memchr(columns[0].ptr, '.', columns[0].len)) return DOSSIER_OK; /* an empty node of the enhanced graph */
  bool space = count < 10 || !no_space_after(columns[9]);
  bool range = memchr(columns[0].ptr, '-', columns[0].len) != NULL;
  bool memory = range ? open_range(r, columns[0], columns[1], space) : add_token(r, columns[1], space);
  return memory ? DOSSIER_OK : ds_fail_memory(err);
}

static dossier_status hand_over(reading *r, ds_text *text, ds_conllu *conllu, dossier_error *err) {
  while (r->surfaces.len < r->tokens.len)
    if (!DS_PUSH(r->surfaces, DS_STR_NONE)) return ds_fail_memory(err);
  text->text = ds_arena_str(r->arena, ds_buf_str(&r->text));
  text->token_count = r->tokens.len;
  text->sentence_count = r->sentences.len;
  text->tokens = DS_NEW_ARRAY(r->arena, ds_token, r->tokens.len);
  text->sentences = DS_NEW_ARRAY(r->arena, ds_sentence, r->sentences.len);
  conllu->surfaces = DS_NEW_ARRAY(r->arena, ds_str, r->tokens.len);
  conllu->comments = DS_NEW_ARRAY(r->arena, ds_str, r->sentences.len);
  if (!text->text.ptr || !text->tokens || !text->sentences || !conllu->surfaces || !conllu->comments)
    return ds_fail_memory(err);
  if (!r->tokens.len) return ds_fail(err, DOSSIER_INPUT, "no sentence in the CoNLL-U input");
  memcpy(text->tokens, r->tokens.items, r->tokens.len * sizeof *text->tokens);
  memcpy(text->sentences, r->sentences.items, r->sentences.len * sizeof *text->sentences);
  memcpy(conllu->surfaces, r->surfaces.items, r->tokens.len * sizeof *conllu->surfaces);
  memcpy(conllu->comments, r->comment_of.items, r->sentences.len * sizeof *conllu->comments);
  return DOSSIER_OK;
}

dossier_status ds_conllu_read(ds_arena *arena, ds_str bytes, ds_text *text, ds_conllu *conllu, dossier_error *err) {
  reading r = {.arena = arena};
  ds_buf repaired;
  ds_buf_init(&repaired);
  ds_buf_init(&r.text);
  ds_buf_init(&r.comments);
  ds_utf8_repair(bytes, &repaired);
  dossier_status status = repaired.failed ? ds_fail_memory(err) : DOSSIER_OK;
  ds_str rest = ds_buf_str(&repaired), line;
  for (long number = 1; status == DOSSIER_OK && ds_str_split(&rest, '\n', &line); number++)
    status = read_line(&r, line, number, err);
  if (status == DOSSIER_OK && !close_sentence(&r)) status = ds_fail_memory(err);
  if (status == DOSSIER_OK) status = hand_over(&r, text, conllu, err);
  ds_buf_release(&repaired);
  ds_buf_release(&r.text);
  ds_buf_release(&r.comments);
  DS_VEC_RELEASE(r.tokens);
  DS_VEC_RELEASE(r.sentences);
  DS_VEC_RELEASE(r.surfaces);
  DS_VEC_RELEASE(r.comment_of);
  return status;
}

/* Bytes of the text on one line: every run of white space as one blank. */
static void append_line(ds_buf *out, ds_str s) {
  bool blank = false;
  for (size_t i = 0; i < s.len; i++) {
    bool space = s.ptr[i] == ' ' || s.ptr[i] == '\n' || s.ptr[i] == '\t';
    if (!space)
      ds_buf_byte(out, s.ptr[i]);
    else if (!blank)
      ds_buf_byte(out, ' ');
    blank = space;
  }
}

size_t ds_morph_features(const ds_morph *m, ds_feature out[DS_FEATURES]) {
  static const char *const moods[] = {NULL, "Ind", "Imp", "Sub"}, *const numbers[] = {NULL, "Sing", "Plur"},
                           *const persons[] = {NULL, "1", "2", "3"}, *const tenses[] = {NULL, "Past", "Pres"},
                           *const forms[] = {NULL, "Fin", "Inf", "Part", "Ger"},
                           *const voices[] = {NULL, "Act", "Pass"};
  const ds_feature all[DS_FEATURES] = {{"Mood", moods[m->mood]},
                                       {"Number", numbers[m->number]},
                                       {"Person", persons[m->person & 3]},
                                       {"Polarity", m->negative ? "Neg" : NULL},
                                       {"Poss", m->possessive ? "Yes" : NULL},
                                       {"Tense", tenses[m->tense]},
                                       {"VerbForm", forms[m->verbform]},
                                       {"Voice", voices[m->voice]}};
  size_t count = 0;
  for (size_t i = 0; i < DS_FEATURES; i++)
    if (all[i].value) out[count++] = all[i];
  return count;
}

static void write_features(ds_buf *out, const ds_morph *m) {
  ds_feature features[DS_FEATURES];
  size_t count = ds_morph_features(m, features);
  for (size_t i = 0; i < count; i++) ds_buf_printf(out, "%s%s=%s", i ? "|" : "", features[i].name, features[i].value);
  if (!count) ds_buf_byte(out, '_');
}

static void write_form(ds_buf *out, ds_str form) {
  for (size_t i = 0; i < form.len; i++)
    ds_buf_byte(out, form.ptr[i] == '\t' || form.ptr[i] == '\n' ? ' ' : form.ptr[i]);
}

/* The line "3-4 don't" before the first word of a multiword token. */
static void write_surface(const ds_analysis *a, const ds_sentence *sentence, uint32_t index, ds_buf *out) {
  const ds_token *tokens = a->text.tokens, *token = &tokens[index];
  if (token->mwt_count < 2 || token->mwt_first != index) return;
  uint32_t first = index - sentence->first + 1, last = first + token->mwt_count - 1;
  const ds_token *end = &tokens[index + token->mwt_count - 1];
  ds_buf_printf(out, "%u-%u\t", first, last);
  if (a->conllu && a->conllu->surfaces[index].len)
    write_form(out, a->conllu->surfaces[index]);
  else
    write_form(out, ds_str_sub(a->text.text, token->start, end->end));
  ds_buf_printf(out, "\t_\t_\t_\t_\t_\t_\t_\t%sTokenRange=%u:%u\n", end->space_after ? "" : "SpaceAfter=No|",
                token->start, end->end);
}

static void write_word(const ds_analysis *a, const ds_sentence *sentence, uint32_t index, const char *label,
                       bool begins, ds_buf *out) {
  const ds_token *token = &a->text.tokens[index];
  const ds_word *word = &a->parse.words[index];
  write_surface(a, sentence, index, out);
  ds_buf_printf(out, "%u\t", index - sentence->first + 1);
  write_form(out, token->form);
  ds_buf_byte(out, '\t');
  write_form(out, word->lemma.len ? word->lemma : token->form);
  ds_buf_printf(out, "\t%s\t%s\t", ds_upos_name(word->upos), ds_xpos_name(word->xpos));
  write_features(out, &word->morph);
  ds_buf_printf(out, "\t%u\t%s\t_\t", word->head == DS_NO_HEAD ? 0 : word->head - sentence->first + 1,
                ds_deprel_name(word->deprel));
  if (label) ds_buf_printf(out, "NER=%s-%s|", begins ? "B" : "I", label);
  if (token->mwt_count < 2 && !token->space_after) ds_buf_appendz(out, "SpaceAfter=No|");
  ds_buf_printf(out, "TokenRange=%u:%u\n", token->start, token->end);
}

static void write_comments(const ds_analysis *a, size_t number, uint32_t *paragraph, ds_buf *out) {
  const ds_sentence *sentence = &a->text.sentences[number];
  if (a->conllu) {
    ds_buf_append(out, a->conllu->comments[number]);
    return;
  }
  if (number == 0 && a->article.path.len) ds_buf_printf(out, "# newdoc id = %.*s\n", DS_STR_ARG(a->article.path));
  if (number == 0 || sentence->paragraph != *paragraph) ds_buf_appendz(out, "# newpar\n");
  *paragraph = sentence->paragraph;
  ds_buf_printf(out, "# sent_id = %zu\n# text = ", number + 1);
  append_line(out, ds_str_sub(a->text.text, sentence->start, sentence->end));
  ds_buf_byte(out, '\n');
}

void ds_conllu_write(const ds_analysis *a, ds_buf *out) {
  size_t name = 0;
  uint32_t paragraph = 0;
  for (size_t s = 0; s < a->text.sentence_count; s++) {
    const ds_sentence *sentence = &a->text.sentences[s];
    write_comments(a, s, &paragraph, out);
    for (uint32_t i = sentence->first; i < sentence->first + sentence->count; i++) {
      while (name < a->parse.name_count && a->parse.names[name].first + a->parse.names[name].count <= i) name++;
      const ds_name *at = name < a->parse.name_count && a->parse.names[name].first <= i ? &a->parse.names[name] : NULL;
      write_word(a, sentence, i, at ? ds_name_kind_label(at->kind) : NULL, at && at->first == i, out);
    }
    ds_buf_byte(out, '\n');
  }
}
