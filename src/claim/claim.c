#include "claim/claim.h"

#include <stdlib.h>
#include <string.h>

#include "claim/finder.h"

const char *ds_polarity_name(ds_polarity polarity) { return polarity == DS_DENIED ? "denied" : "affirmed"; }

const char *ds_certainty_name(ds_certainty certainty) {
  static const char *const names[] = {"stated", "reported", "possible"};
  return names[certainty];
}

const char *ds_date_basis_name(ds_date_basis basis) {
  static const char *const names[] = {NULL, "text", "published"};
  return names[basis];
}

static dossier_status prepare(finder *f, dossier_error *err) {
  size_t n = f->layers->text->token_count;
  const ds_actors *actors = f->layers->actors;
  dossier_status status = tree_init(&f->t, f->arena, f->layers->text, f->layers->parse, err);
  if (status) return status;
  if (!lemma_prepare(f)) return ds_fail_memory(err);
  f->mention_at = DS_NEW_ARRAY(f->arena, uint32_t, n);
  f->quotation = DS_NEW_ARRAY(f->arena, uint32_t, n);
  f->said_by = DS_NEW_ARRAY(f->arena, uint32_t, f->layers->text->sentence_count);
  if (!f->mention_at || !f->quotation || !f->said_by) return ds_fail_memory(err);
  for (size_t i = 0; i < n; i++) f->mention_at[i] = DS_NO_ENTITY;
  for (size_t m = 0; m < actors->mention_count; m++) /* an inner mention comes after the outer one */
    if (actors->mentions[m].entity != DS_NO_ENTITY)
      for (uint32_t i = 0; i < actors->mentions[m].count; i++) f->mention_at[actors->mentions[m].first + i] = (uint32_t)m;
  speaker_prepare(f);
  return DOSSIER_OK;
}

/* ---- all predicates of the text ---- */

static void find_at(finder *f, uint32_t token) {
  const ds_frames *frames = f->frames;
  arguments args;
  ds_str lemma = tree_lemma(&f->t, token);
  if (tree_is_verb(&f->t, token)) {
    arguments_of_verb(f, token, &args);
    if (args.count) match_predicate(f, token, RULE_VERB, &args);
  }
  if (who_entity(f, token) != DS_NO_ENTITY) {
    arguments_of_name(f, token, &args);
    match_predicate(f, token, RULE_NAME, &args);
  }
  if (tree_is_nominal(&f->t, token) && frames_first(frames, RULE_NOUN, lemma) != FRAMES_NONE) {
    arguments_of_noun(f, token, &args);
    match_predicate(f, token, RULE_NOUN, &args);
  }
  uint8_t upos = tree_word(&f->t, token)->upos;
  bool adjective = upos == DS_UPOS_ADJ || upos == DS_UPOS_ADV || upos == DS_UPOS_VERB;
  if (adjective && frames_first(frames, RULE_ADJECTIVE, lemma) != FRAMES_NONE) {
    arguments_of_adjective(f, token, &args);
    match_predicate(f, token, RULE_ADJECTIVE, &args);
  }
}

/* ---- dates ---- */

#define FARTHEST 6 /* governors between a predicate and the date that it takes over */

/* The first expression with a value under a token of the tree. */
static const ds_when *when_below(const finder *f, uint32_t token) {
  const ds_whens *whens = f->layers->whens;
  for (size_t i = 0; i < whens->count; i++) {
    const ds_when *w = &whens->items[i];
    if (f->t.sentence[w->first] != f->t.sentence[token]) continue;
    if (w->edtf.len && ds_tree_dominates(f->t.parse, token, w->first)) return w;
  }
  return NULL;
}

/* The expression under the predicate; for an event also under the nearest of its governors. */
static const ds_when *find_when(const finder *f, uint32_t predicate, bool event) {
  const ds_when *found = when_below(f, predicate);
  for (int steps = 0; !found && event && steps < FARTHEST; steps++) {
    predicate = tree_head(&f->t, predicate);
    if (predicate == DS_NO_HEAD) break;
    found = when_below(f, predicate);
  }
  return found;
}

/* Not a state of things: a verb, or a noun that is not said of somebody ("X, head of Y"). */
static bool is_event(const finder *f, const ds_proposition *p) {
  if (tree_is_verb(&f->t, p->predicate)) return true;
  if (who_entity(f, p->predicate) != DS_NO_ENTITY) return false;
  for (size_t i = 0; i < p->argument_count; i++)
    if (ds_str_eq(p->arguments[i].role, DS_STR("holder"))) return false;
  return true;
}

static void date_claim(const finder *f, ds_claim *claim) {
  const ds_proposition *p = &f->propositions.items[claim->proposition];
  const ds_when *when = find_when(f, p->predicate, is_event(f, p));
  if (when) {
    claim->date = when->edtf;
    claim->date_basis = DS_DATE_TEXT;
  } else if (f->layers->published.len) {
    claim->date = f->layers->published;
    claim->date_basis = DS_DATE_PUBLISHED;
  } else {
    claim->date = DS_STR("");
  }
}

/* ---- order, and what is said twice ---- */

static int by_number(uint32_t a, uint32_t b) { return a < b ? -1 : a > b; }

static int by_place(const void *a, const void *b) {
  const ds_claim *x = a, *y = b;
  int c = by_number(x->start, y->start);
  if (!c) c = by_number(x->end, y->end);
  if (!c) c = by_number(x->subject, y->subject);
  if (!c) c = by_number(x->relation, y->relation);
  if (!c) c = by_number(x->object, y->object);
  if (!c) c = by_number(x->polarity, y->polarity);
  if (!c) c = y->confidence > x->confidence ? 1 : y->confidence < x->confidence ? -1 : 0;
  return c ? c : ds_str_cmp(x->rule, y->rule);
}

static bool same_pair(const finder *f, const ds_claim *a, const ds_claim *b) {
  if (a->subject == b->subject && a->object == b->object) return true;
  return f->ontology->relations[a->relation].symmetric && a->subject == b->object && a->object == b->subject;
}

/* Whether b says nothing that a does not: the same statement, date and speaker. */
static bool says_same(const finder *f, const ds_claim *a, const ds_claim *b) {
  return a->relation == b->relation && a->polarity == b->polarity && same_pair(f, a, b) && a->certainty == b->certainty &&
         a->speaker == b->speaker && (b->date_basis != DS_DATE_TEXT || ds_str_eq(a->date, b->date));
}

static size_t drop_repeated(const finder *f, ds_claim *claims, size_t count) {
  size_t kept = 0;
  for (size_t i = 0; i < count; i++) {
    bool repeated = false;
    for (size_t k = 0; k < kept && !repeated; k++) {
      repeated = says_same(f, &claims[k], &claims[i]);
      if (!repeated) continue;
      if (claims[i].confidence > claims[k].confidence) claims[k].confidence = claims[i].confidence;
      if (!claims[k].role.len) claims[k].role = claims[i].role;
    }
    if (!repeated) claims[kept++] = claims[i];
  }
  return kept;
}

typedef struct place {
  uint32_t predicate, index;
} place;

static int by_predicate(const void *a, const void *b) {
  const place *x = a, *y = b;
  return x->predicate != y->predicate ? by_number(x->predicate, y->predicate) : by_number(x->index, y->index);
}

/* Puts the propositions in the order of the text and lets the claims follow. */
static bool order_propositions(const finder *f, ds_proposition *out, ds_claim *claims, size_t count) {
  size_t n = f->propositions.len;
  place *places = DS_NEW_ARRAY(f->arena, place, n);
  uint32_t *moved = DS_NEW_ARRAY(f->arena, uint32_t, n);
  if (!places || !moved) return false;
  for (size_t i = 0; i < n; i++) places[i] = (place){f->propositions.items[i].predicate, (uint32_t)i};
  qsort(places, n, sizeof *places, by_predicate);
  for (size_t i = 0; i < n; i++) {
    out[i] = f->propositions.items[places[i].index];
    moved[places[i].index] = (uint32_t)i;
  }
  for (size_t i = 0; i < count; i++) claims[i].proposition = moved[claims[i].proposition];
  return true;
}

static dossier_status finish(finder *f, ds_claims *out, dossier_error *err) {
  if (f->failed) return ds_fail_memory(err);
  for (size_t i = 0; i < f->claims.len; i++) date_claim(f, &f->claims.items[i]);
  if (f->claims.len) qsort(f->claims.items, f->claims.len, sizeof *f->claims.items, by_place);
  size_t count = drop_repeated(f, f->claims.items, f->claims.len);
  out->claims = DS_NEW_ARRAY(f->arena, ds_claim, count);
  out->propositions = DS_NEW_ARRAY(f->arena, ds_proposition, f->propositions.len);
  if (!out->claims || !out->propositions) return ds_fail_memory(err);
  if (count) memcpy(out->claims, f->claims.items, count * sizeof *out->claims);
  if (!order_propositions(f, out->propositions, out->claims, count)) return ds_fail_memory(err);
  out->claim_count = count;
  out->proposition_count = f->propositions.len;
  return DOSSIER_OK;
}

dossier_status ds_claims_find(ds_arena *arena, const ds_ontology *ontology, const ds_gazetteer *gazetteer,
                              const ds_frames *frames, const ds_layers *layers, ds_claims *out, dossier_error *err) {
  *out = (ds_claims){0};
  finder f = {.arena = arena, .ontology = ontology, .gazetteer = gazetteer, .frames = frames, .layers = layers};
  dossier_status status = prepare(&f, err);
  if (!status) {
    for (uint32_t i = 0; i < layers->text->token_count; i++) find_at(&f, i);
    if (gazetteer) office_find(&f);
    status = finish(&f, out, err);
  }
  DS_VEC_RELEASE(f.propositions);
  DS_VEC_RELEASE(f.claims);
  return status;
}
