#include <stdio.h>

#include "claim/finder.h"

#define DEEPEST 12 /* governors above a predicate */

static uint8_t least_sure(uint8_t a, uint8_t b) {
  return a > b ? a : b;
}

static void apply(modality *m, const effect *e) {
  if (!e) return;
  if (e->denies) m->polarity = m->polarity == DS_DENIED ? DS_AFFIRMED : DS_DENIED;
  m->certainty = least_sure(m->certainty, e->certainty);
}

static const effect *pair_effect(const finder *f, uint32_t first) {
  if (first + 1 >= f->t.text->token_count) return NULL;
  char key[64];
  ds_str a = tree_lemma(&f->t, first), b = tree_lemma(&f->t, first + 1);
  if (a.len + b.len + 2 > sizeof key) return NULL;
  int len = snprintf(key, sizeof key, "%.*s %.*s", DS_STR_ARG(a), DS_STR_ARG(b));
  return frames_effect(f->frames, &f->frames->word_effects, (ds_str){key, (size_t)len});
}

/* The effect of a word with the word after or before it ("not only", "no longer"), else of the word. */
static const effect *word_effect(const finder *f, uint32_t token) {
  const effect *found = pair_effect(f, token);
  if (!found && token > 0) found = pair_effect(f, token - 1);
  return found ? found : frames_effect(f->frames, &f->frames->word_effects, tree_lemma(&f->t, token));
}

static bool is_modifier(ds_deprel base) {
  return base == DS_DEPREL_ADVMOD || base == DS_DEPREL_AUX || base == DS_DEPREL_MARK || base == DS_DEPREL_DET ||
         base == DS_DEPREL_AMOD || base == DS_DEPREL_CC || base == DS_DEPREL_DISCOURSE || base == DS_DEPREL_CASE;
}

/* Adverbs, modals, negations and marks beside the predicate. */
static void apply_words(const finder *f, uint32_t node, modality *m) {
  EACH_CHILD(&f->t, node, c)
  if (is_modifier(tree_base(&f->t, c))) apply(m, word_effect(f, c));
}

/* "no official visited": a negated argument negates the statement. */
static void apply_arguments(const finder *f, const arguments *args, modality *m) {
  for (size_t i = 0; i < args->count; i++) {
    EACH_CHILD(&f->t, args->items[i].head, c) {
      ds_deprel base = tree_base(&f->t, c);
      if (base != DS_DEPREL_DET && base != DS_DEPREL_CC) continue;
      const effect *e = word_effect(f, c);
      if (!e || !e->denies) continue;
      m->polarity = DS_DENIED;
      return;
    }
  }
}

/* The effect of a governor: "accuse of", "plan to", else for complements the governor alone. */
static const effect *governor_effect(const finder *f, uint32_t governor, ds_str link, bool complement,
                                     const ds_map *map) {
  ds_str lemma = tree_is_verb(&f->t, governor) ? tree_verb_lemma(&f->t, governor) : tree_lemma(&f->t, governor);
  char key[64];
  if (link.len && lemma.len + link.len + 1 < sizeof key) {
    int len = snprintf(key, sizeof key, "%.*s %.*s", DS_STR_ARG(lemma), DS_STR_ARG(link));
    const effect *both = frames_effect(f->frames, map, (ds_str){key, (size_t)len});
    if (both) return both;
  }
  return complement ? frames_effect(f->frames, map, lemma) : NULL;
}

static bool is_negated(const finder *f, uint32_t node) {
  modality m = {DS_AFFIRMED, DS_STATED, {DS_NO_ENTITY, DS_NO_HEAD}};
  apply_words(f, node, &m);
  return m.polarity == DS_DENIED;
}

/* A clause below its governor. */
static void apply_governor(const finder *f, uint32_t node, uint32_t head, ds_deprel base, modality *m) {
  bool complement = base == DS_DEPREL_CCOMP || base == DS_DEPREL_XCOMP || base == DS_DEPREL_CSUBJ;
  const effect *e = governor_effect(f, head, tree_mark(&f->t, node), complement, &f->frames->clause_effects);
  if (!e) {
    if (base == DS_DEPREL_XCOMP) apply_words(f, head, m);
    return;
  }
  effect used = *e;
  if (base == DS_DEPREL_XCOMP) {
    apply(m, &used);
    apply_words(f, head, m);
    return;
  }
  if (is_negated(f, head)) used = (effect){.certainty = DS_POSSIBLE}; /* "did not deny that", "did not say that" */
  if (used.speaks && tree_is_passive(&f->t, head)) used.certainty = least_sure(used.certainty, DS_REPORTED);
  apply(m, &used);
}

/* Words that joined verbs share with the first: modals always, a negation after "or". */
static void apply_joined(const finder *f, uint32_t node, uint32_t head, modality *m) {
  const tree *t = &f->t;
  if (tree_own_subject(t, node) != DS_NO_HEAD || tree_find_base(t, node, DS_DEPREL_AUX) != DS_NO_HEAD) return;
  modality first = {DS_AFFIRMED, DS_STATED, {DS_NO_ENTITY, DS_NO_HEAD}};
  apply_words(f, head, &first);
  uint32_t cc = tree_find(t, node, DS_DEPREL_CC);
  bool either =
      cc != DS_NO_HEAD && !ds_str_eq(tree_lemma(t, cc), DS_STR("and")) && !ds_str_eq(tree_lemma(t, cc), DS_STR("but"));
  m->certainty = least_sure(m->certainty, first.certainty);
  if (either && first.polarity == DS_DENIED) m->polarity = DS_DENIED;
}

/* "rejected the claim that X armed Y", "claimed in a book that ...": a clause with "that" tells what its noun says, and the verb above
 * the noun says, denies or doubts it as if the clause were its own. Returns that verb, or DS_NO_HEAD for any other clause. */
static uint32_t verb_above_content(const finder *f, uint32_t node, uint32_t noun) {
  uint32_t mark = tree_find(&f->t, node, DS_DEPREL_MARK), verb = tree_head(&f->t, noun);
  if (tree_base(&f->t, node) != DS_DEPREL_ACL || mark == DS_NO_HEAD || verb == DS_NO_HEAD) return DS_NO_HEAD;
  ds_deprel base = tree_base(&f->t, noun);
  bool fits = base == DS_DEPREL_OBJ || base == DS_DEPREL_OBL || tree_rel(&f->t, noun) == DS_DEPREL_NSUBJ_PASS;
  return fits && tree_is_verb(&f->t, verb) && ds_str_eq(tree_lemma(&f->t, mark), DS_STR("that")) ? verb : DS_NO_HEAD;
}

/* One step to the governor; false where the statement stands on its own from here. */
static bool climb(const finder *f, uint32_t node, uint32_t head, modality *m) {
  ds_deprel rel = tree_rel(&f->t, node), base = tree_base(&f->t, node);
  switch (base) {
    case DS_DEPREL_CCOMP:
    case DS_DEPREL_XCOMP:
    case DS_DEPREL_CSUBJ:
    case DS_DEPREL_ADVCL:
    case DS_DEPREL_ACL:
      if (rel == DS_DEPREL_ACL_RELCL) return false;
      apply_governor(f, node, head, base, m);
      return base != DS_DEPREL_ACL && base != DS_DEPREL_ADVCL;
    case DS_DEPREL_CONJ:
      if (tree_is_verb(&f->t, head)) apply_joined(f, node, head, m);
      return true;
    case DS_DEPREL_OBJ:
    case DS_DEPREL_OBL:
    case DS_DEPREL_NMOD:
    case DS_DEPREL_NSUBJ: {
      if (tree_is_verb(&f->t, node)) { /* "suspected of funding" */
        apply_governor(f, node, head, DS_DEPREL_ADVCL, m);
        return false;
      }
      const effect *e = governor_effect(f, head, tree_case(&f->t, node),
                                        base == DS_DEPREL_OBJ || rel == DS_DEPREL_NSUBJ_PASS, &f->frames->noun_effects);
      if (!e) return false;
      apply(m, e);
      apply_words(f, head, m);
      return true;
    }
    default: return false;
  }
}

static bool is_question(const finder *f, uint32_t token) {
  const ds_sentence *s = &f->t.text->sentences[f->t.sentence[token]];
  for (uint32_t i = s->first + s->count; i-- > s->first;) {
    ds_str form = f->t.text->tokens[i].form;
    if (ds_str_eq(form, DS_STR("?"))) return true;
    if (tree_word(&f->t, i)->upos != DS_UPOS_PUNCT) return false;
  }
  return false;
}

modality modality_of(const finder *f, uint32_t predicate, const arguments *args) {
  modality m = {DS_AFFIRMED, DS_STATED, {DS_NO_ENTITY, DS_NO_HEAD}};
  apply_words(f, predicate, &m);
  apply_arguments(f, args, &m);
  uint32_t node = predicate;
  if (args->light != DS_NO_HEAD && args->light != predicate) {
    node = args->light;
    if (args->light_denies) m.polarity = m.polarity == DS_DENIED ? DS_AFFIRMED : DS_DENIED;
    apply_words(f, node, &m);
    const effect *e = governor_effect(f, node, DS_STR(""), true, &f->frames->noun_effects);
    if (e) m.certainty = least_sure(m.certainty, e->certainty);
  }
  for (int depth = 0; depth < DEEPEST; depth++) {
    uint32_t head = tree_head(&f->t, node);
    if (head == DS_NO_HEAD) break;
    uint32_t verb = verb_above_content(f, node, head);
    if (verb != DS_NO_HEAD) {
      apply_governor(f, node, head, DS_DEPREL_ACL, &m);
      apply_governor(f, node, verb, DS_DEPREL_CCOMP, &m);
      head = verb;
    } else if (!climb(f, node, head, &m)) {
      break;
    }
    node = head;
  }
  if (is_question(f, predicate)) m.certainty = least_sure(m.certainty, DS_POSSIBLE);
  m.speaker = speaker_of(f, predicate);
  return m;
}
