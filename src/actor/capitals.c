/* A capital's name is the city ("in Tehran") or the government there ("Tehran denied it", "talks with Tehran"). */
#include "actor/finder.h"

static bool is_one_of(const ds_finder *f, uint32_t token, const char *const *words, size_t count) {
  for (size_t i = 0; i < count; i++)
    if (ds_finder_is(f, token, words[i])) return true;
  return false;
}
#define IS_ONE_OF(f, token, words) is_one_of(f, token, words, sizeof(words) / sizeof *(words))

static bool is_place_word(const ds_finder *f, uint32_t token) {
  return ds_phrases_get(&f->gazetteer->place_words, ds_finder_word(f, token)->lemma, NULL);
}

/* "Kabul's airport": what is had is a place, or has to do with a town. */
static bool is_place_noun(const ds_finder *f, uint32_t token) {
  const ds_gazetteer *g = f->gazetteer;
  uint64_t at;
  if (is_place_word(f, token)) return true;
  ds_str lemma = ds_finder_word(f, token)->lemma;
  if (ds_phrases_get(&g->kind_words, lemma, &at) &&
      ds_finder_like(f, g->kind_word_rows.items[at].kind) == DS_LIKE_PLACE)
    return true;
  return ds_phrases_get(&g->descriptions, lemma, &at) && (g->description_rows.items[at].kinds >> g->place_kind & 1);
}

static bool is_part_noun(const ds_finder *f, uint32_t token) {
  uint64_t at;
  if (!ds_phrases_get(&f->gazetteer->parts, ds_finder_word(f, token)->lemma, &at)) return false;
  const ds_part *part = &f->gazetteer->part_rows.items[at];
  return part->alone != DS_ALONE_NOTHING && part->local == DS_NO_KIND;
}

/* "Tehran is ready to talk", "Washington is concerned about it"; but "Kabul is calm". */
static bool has_complement(const ds_finder *f, uint32_t token) {
  return ds_finder_dependent(f, token, DS_DEPREL_XCOMP) != DS_NO_HEAD ||
         ds_finder_dependent(f, token, DS_DEPREL_CCOMP) != DS_NO_HEAD ||
         ds_finder_dependent(f, token, DS_DEPREL_ADVCL) != DS_NO_HEAD ||
         ds_finder_dependent(f, token, DS_DEPREL_OBL) != DS_NO_HEAD;
}

/* By the preposition. A noun takes more of them with a government ("pressure on") than a verb ("march on"). */
static bool acts_behind(const ds_finder *f, uint32_t token, bool of_noun) {
  static const char *const ALWAYS[] = {"with", "against", "between", "by", "toward", "towards"};
  static const char *const AFTER_NOUN[] = {"on", "to", "for"};
  uint32_t preposition = ds_finder_dependent(f, token, DS_DEPREL_CASE);
  if (preposition == DS_NO_HEAD) return false;
  if (IS_ONE_OF(f, preposition, ALWAYS)) return true;
  if (!of_noun || !IS_ONE_OF(f, preposition, AFTER_NOUN)) return false;
  uint32_t head = ds_finder_word(f, token)->head;
  return head != DS_NO_HEAD && !is_place_word(f, head);
}

/* "KABUL, 3 May (AFP) -" */
static bool is_dateline(const ds_finder *f, const ds_spot *spot) {
  uint32_t next = spot->first + spot->count;
  if (spot->first != ds_finder_begin(f, spot->first) || next >= ds_finder_end(f, spot->first)) return false;
  return ds_finder_word(f, next)->upos == DS_UPOS_PUNCT || ds_finder_word(f, next)->upos == DS_UPOS_SYM;
}

static bool acts(const ds_finder *f, const ds_spot *spot) {
  if (spot->nested || is_dateline(f, spot)) return false;
  uint32_t token = ds_finder_first_conjunct(f, spot->head);
  uint32_t head = ds_finder_word(f, token)->head;
  if (head == DS_NO_HEAD) return false;
  const ds_word *w = ds_finder_word(f, token), *h = ds_finder_word(f, head);
  switch (ds_deprel_base((ds_deprel)w->deprel)) {
    case DS_DEPREL_NSUBJ:
      if (w->deprel == DS_DEPREL_NSUBJ_PASS) return !is_place_word(f, head);
      return h->upos == DS_UPOS_VERB || h->upos == DS_UPOS_NOUN || has_complement(f, head);
    case DS_DEPREL_OBJ:
    case DS_DEPREL_IOBJ: return h->upos == DS_UPOS_VERB && !is_place_word(f, head);
    case DS_DEPREL_NMOD:
      if (w->deprel == DS_DEPREL_NMOD_POSS) return !is_place_noun(f, head);
      return acts_behind(f, token, true);
    case DS_DEPREL_OBL: return acts_behind(f, token, h->upos == DS_UPOS_ADJ || ds_str_eqz(h->lemma, "call"));
    case DS_DEPREL_COMPOUND:
    case DS_DEPREL_AMOD: return is_part_noun(f, head);
    default: return false;
  }
}

void ds_capitals_decide(ds_finder *f) {
  for (size_t i = 0; i < f->spots.len; i++) {
    ds_spot *spot = &f->spots.items[i];
    if (!spot->known) continue;
    const ds_uses *uses = ds_gazetteer_uses(f->gazetteer, spot->key);
    const ds_known *state = NULL, *city = NULL;
    for (size_t u = 0; uses && u < uses->count; u++) {
      const ds_known_use *use = &uses->items[u];
      if (use->form == DS_FORM_CAPITAL && !state) state = use->row;
      if (use->form == DS_FORM_NAME && ds_finder_like(f, use->row->kind) == DS_LIKE_PLACE && !city) city = use->row;
    }
    if (!state || (spot->known != state && spot->known != city)) continue;
    bool as_state = acts(f, spot);
    spot->known = as_state ? state : city;
    spot->kind = as_state ? state->kind : f->gazetteer->place_kind;
    spot->reason = as_state ? DS_STR("capital") : DS_STR("gazetteer");
  }
}
