/* What kind of actor a name is: its row, its title, its head word, the model's opinion, in this order. */
#include <string.h>

#include "actor/finder.h"
#include "base/utf8.h"

static bool is_of(const ds_finder *f, uint32_t token) {
  static const char *const WORDS[] = {"of",  "for", "on", "in",  "to", "against", "de",
                                      "del", "do",  "da", "des", "du", "und"};
  for (size_t i = 0; i < sizeof WORDS / sizeof *WORDS; i++)
    if (ds_finder_is(f, token, WORDS[i])) return true;
  return false;
}

/* "National Water Resources Committee": a row "national committee" fits with other words between. */
static const ds_kind_word *find_split_phrase(const ds_finder *f, uint32_t first, uint32_t head) {
  char words[DS_KEY_SIZE];
  ds_str last = ds_finder_form(f, head);
  uint64_t at;
  for (uint32_t t = first; t < head; t++) {
    ds_str form = ds_finder_form(f, t);
    if (form.len + last.len + 1 > sizeof words) continue;
    memcpy(words, form.ptr, form.len);
    words[form.len] = ' ';
    memcpy(words + form.len + 1, last.ptr, last.len);
    if (ds_phrases_get(&f->gazetteer->kind_words, (ds_str){words, form.len + 1 + last.len}, &at))
      return &f->gazetteer->kind_word_rows.items[at];
  }
  return NULL;
}

/* The head word of a name: the last one before "of", else the first one, else the last of all. */
static const ds_kind_word *find_kind_word(const ds_finder *f, uint32_t first, uint32_t count) {
  const ds_phrases *phrases = &f->gazetteer->kind_words;
  uint32_t end = first + count, cut = first + 1;
  uint64_t at;
  while (cut < end && !is_of(f, cut) && !ds_str_eqz(ds_finder_form(f, cut), "(")) cut++;
  if (ds_phrases_from(phrases, f->text, f->parse, first, end, &at) > cut - first) /* "Council of Ministers" */
    return &f->gazetteer->kind_word_rows.items[at];
  const ds_kind_word *split = find_split_phrase(f, first, cut - 1);
  if (split) return split;
  if (ds_phrases_to(phrases, f->text, f->parse, first, cut - 1, &at)) return &f->gazetteer->kind_word_rows.items[at];
  if (ds_phrases_from(phrases, f->text, f->parse, first, end, &at)) return &f->gazetteer->kind_word_rows.items[at];
  if (cut < end && ds_phrases_to(phrases, f->text, f->parse, first, end - 1, &at))
    return &f->gazetteer->kind_word_rows.items[at];
  return NULL;
}

static bool is_modifier(const ds_finder *f, uint32_t token) {
  const ds_word *w = ds_finder_word(f, token);
  return w->deprel == DS_DEPREL_AMOD || w->deprel == DS_DEPREL_COMPOUND || w->upos == DS_UPOS_ADJ;
}

/* "Hurricane Ida": the word before tells that this is no actor. */
static bool is_named_event(const ds_finder *f, uint32_t first) {
  uint64_t at;
  if (first == ds_finder_begin(f, first) || !ds_cp_is_upper(ds_utf8_at(ds_finder_form(f, first - 1), 0, NULL)))
    return false;
  return ds_phrases_get(&f->gazetteer->kind_words, ds_finder_form(f, first - 1), &at) &&
         f->gazetteer->kind_word_rows.items[at].kind == DS_NO_KIND;
}

static bool fits_model(const ds_finder *f, uint8_t model, uint8_t kind) {
  ds_kind_like like = ds_finder_like(f, kind);
  if (model == DS_NAME_ORGANIZATION) return like == DS_LIKE_ORGANIZATION;
  return (model == DS_NAME_PLACE || model == DS_NAME_FACILITY) && like == DS_LIKE_PLACE;
}

static uint8_t decide(const ds_finder *f, const ds_spot *spot) {
  const ds_gazetteer *g = f->gazetteer;
  if (spot->known) return spot->known->kind;
  if (spot->model == DS_NO_NAME) return spot->titled ? g->person_kind : DS_NO_KIND;
  uint8_t plain = g->model_kinds[spot->model];
  if (is_named_event(f, spot->first)) return DS_NO_KIND;
  if (spot->model == DS_NAME_PERSON)
    return !spot->titled && ds_finder_is_inside(f, spot->first, spot->count) ? g->place_kind : plain;
  if (spot->titled && spot->gender) return g->person_kind;
  if (spot->model == DS_NAME_GROUP && is_modifier(f, spot->head)) return DS_NO_KIND;
  const ds_kind_word *word = find_kind_word(f, spot->first, spot->count);
  if (!word) return plain;
  /* A club's or library's building stays a building. */
  if (spot->model == DS_NAME_FACILITY && word->kind == g->model_kinds[DS_NAME_ORGANIZATION]) return plain;
  return word->sure || fits_model(f, spot->model, word->kind) ? word->kind : plain;
}

bool ds_kinds_decide(ds_finder *f) {
  size_t kept = 0;
  for (size_t i = 0; i < f->spots.len; i++) {
    ds_spot spot = f->spots.items[i];
    spot.kind = decide(f, &spot);
    if (spot.kind != DS_NO_KIND) f->spots.items[kept++] = spot;
  }
  f->spots.len = kept;
  return ds_spots_sort(f);
}
