#include "claim/finder.h"

#define DEEPEST 4 /* nouns between the words and the actor: "members of the families of officials from X" */

static void find_in(const finder *f, uint32_t token, bool owner, int depth, actor_refs *out);

uint32_t who_entity(const finder *f, uint32_t token) {
  uint32_t mention = f->layers->actors->mention_of_head[token];
  return mention == DS_NO_ENTITY ? DS_NO_ENTITY : f->layers->actors->mentions[mention].entity;
}

static void add(const finder *f, uint32_t token, int depth, actor_refs *out) {
  actor_ref ref = {who_entity(f, token), f->layers->actors->mention_of_head[token], depth > 0};
  for (size_t i = 0; i < out->count; i++)
    if (out->items[i].entity == ref.entity) return;
  if (out->count < MOST_ACTORS) out->items[out->count++] = ref;
}

static bool has_word(const ds_map *map, ds_str word) { return ds_map_get(map, word, NULL); }

/* Children with this relation, the case among the given ones (NULL: any), and an actor behind them. */
static bool descend(const finder *f, uint32_t token, ds_deprel base, const char *preposition, int depth, actor_refs *out) {
  size_t before = out->count;
  EACH_CHILD(&f->t, token, c) {
    if (tree_base(&f->t, c) != base) continue;
    ds_deprel rel = tree_rel(&f->t, c);
    bool possessor = rel == DS_DEPREL_NMOD_POSS;
    if (base == DS_DEPREL_NMOD && !preposition != possessor && rel != DS_DEPREL_NMOD_DESC) continue;
    if (preposition && !ds_str_eqz(tree_case(&f->t, c), preposition)) continue;
    find_in(f, c, false, depth + 1, out);
  }
  return out->count > before;
}

/* Whoever a noun belongs to. */
static void find_owner(const finder *f, uint32_t token, bool any, int depth, actor_refs *out) {
  if (any && descend(f, token, DS_DEPREL_NMOD, "by", depth, out)) return;
  if (descend(f, token, DS_DEPREL_NMOD, NULL, depth, out)) return;
  if (descend(f, token, DS_DEPREL_AMOD, NULL, depth, out)) return;
  if (descend(f, token, DS_DEPREL_COMPOUND, NULL, depth, out)) return;
  if (descend(f, token, DS_DEPREL_NMOD, "of", depth, out)) return;
  descend(f, token, DS_DEPREL_NMOD, "from", depth, out);
}

/* Names that say the same as the noun: "the group, Hezbollah", "President Obama". */
static bool find_apposed(const finder *f, uint32_t token, actor_refs *out, int depth) {
  EACH_CHILD(&f->t, token, c) {
    ds_deprel rel = tree_rel(&f->t, c);
    bool same = rel == DS_DEPREL_APPOS || rel == DS_DEPREL_FLAT || rel == DS_DEPREL_NMOD_DESC;
    if (!same || c < token || who_entity(f, c) == DS_NO_ENTITY) continue;
    add(f, c, depth, out);
    return true;
  }
  return false;
}

static void find_in(const finder *f, uint32_t token, bool owner, int depth, actor_refs *out) {
  if (depth > DEEPEST) return;
  token = tree_antecedent(&f->t, token);
  if (who_entity(f, token) != DS_NO_ENTITY) {
    add(f, token, depth, out);
  } else if (!find_apposed(f, token, out, depth)) {
    ds_str lemma = tree_lemma(&f->t, token);
    if (has_word(&f->frames->groups, lemma) || tree_word(&f->t, token)->upos == DS_UPOS_NUM)
      descend(f, token, DS_DEPREL_NMOD, "of", depth, out);
    if (owner || has_word(&f->frames->through, lemma)) find_owner(f, token, owner, depth, out);
  }
  EACH_CHILD(&f->t, token, c)
    if (tree_rel(&f->t, c) == DS_DEPREL_CONJ && (tree_is_nominal(&f->t, c) || who_entity(f, c) != DS_NO_ENTITY))
      find_in(f, c, owner, depth, out);
}

void who_is(const finder *f, uint32_t token, bool owner, actor_refs *out) { find_in(f, token, owner, 0, out); }
