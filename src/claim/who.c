#include "claim/finder.h"

#define DEEPEST 6 /* steps from the words to the actor: "members of the families of officials from X" */

/* How the actor is reached. */
typedef struct way {
  bool owner;   /* whoever a noun belongs to may stand for it */
  bool through; /* some noun was passed already */
  int depth;
} way;

static void find_in(const finder *f, uint32_t token, way w, actor_refs *out);

uint32_t who_entity(const finder *f, uint32_t token) {
  uint32_t mention = f->layers->actors->mention_of_head[token];
  return mention == DS_NO_ENTITY ? DS_NO_ENTITY : f->layers->actors->mentions[mention].entity;
}

static void add(const finder *f, uint32_t token, way w, actor_refs *out) {
  actor_ref ref = {who_entity(f, token), f->layers->actors->mention_of_head[token], w.through};
  for (size_t i = 0; i < out->count; i++)
    if (out->items[i].entity == ref.entity) return;
  if (out->count < MOST_ACTORS) out->items[out->count++] = ref;
}

static bool has_word(const ds_map *map, ds_str word) { return ds_map_get(map, word, NULL); }

/* Children with this relation, the case among the given ones (NULL: any), and an actor behind them. */
static bool descend(const finder *f, uint32_t token, ds_deprel base, const char *preposition, way w, actor_refs *out) {
  way below = {.through = true, .depth = w.depth + 1};
  size_t before = out->count;
  EACH_CHILD(&f->t, token, c) {
    if (tree_base(&f->t, c) != base) continue;
    ds_deprel rel = tree_rel(&f->t, c);
    bool possessor = rel == DS_DEPREL_NMOD_POSS;
    if (base == DS_DEPREL_NMOD && !preposition != possessor && rel != DS_DEPREL_NMOD_DESC) continue;
    if (preposition && !ds_str_eqz(tree_case(&f->t, c), preposition)) continue;
    find_in(f, c, below, out);
  }
  return out->count > before;
}

/* Whoever a noun belongs to. */
static void find_owner(const finder *f, uint32_t token, way w, actor_refs *out) {
  if (w.owner && descend(f, token, DS_DEPREL_NMOD, "by", w, out)) return;
  if (descend(f, token, DS_DEPREL_NMOD, NULL, w, out)) return;
  if (descend(f, token, DS_DEPREL_AMOD, NULL, w, out)) return;
  if (descend(f, token, DS_DEPREL_COMPOUND, NULL, w, out)) return;
  if (descend(f, token, DS_DEPREL_NMOD, "of", w, out)) return;
  if (descend(f, token, DS_DEPREL_NMOD, "from", w, out)) return;
  if (!w.owner) descend(f, token, DS_DEPREL_NMOD, "for", w, out); /* "a spokesman for X" */
}

/* "leaders like X", "countries such as X and Y" */
static bool find_examples(const finder *f, uint32_t token, way w, actor_refs *out) {
  static const char *const links[] = {"like", "such as", "including", "include"};
  size_t before = out->count;
  for (size_t i = 0; i < sizeof links / sizeof *links; i++) descend(f, token, DS_DEPREL_NMOD, links[i], w, out);
  return out->count > before;
}

/* Names that say the same as the noun: "the group, the Front", "President Obama". */
static bool find_apposed(const finder *f, uint32_t token, way w, actor_refs *out) {
  EACH_CHILD(&f->t, token, c) {
    ds_deprel rel = tree_rel(&f->t, c);
    bool same = rel == DS_DEPREL_APPOS || rel == DS_DEPREL_FLAT || rel == DS_DEPREL_NMOD_DESC;
    if (!same || c < token || who_entity(f, c) == DS_NO_ENTITY) continue;
    add(f, c, w, out);
    return true;
  }
  return false;
}

static void find_in(const finder *f, uint32_t token, way w, actor_refs *out) {
  if (w.depth > DEEPEST || out->count == MOST_ACTORS) return;
  token = tree_antecedent(&f->t, token);
  if (who_entity(f, token) != DS_NO_ENTITY) {
    add(f, token, w, out);
  } else if (!find_apposed(f, token, w, out) && !find_examples(f, token, w, out)) {
    ds_str lemma = tree_lemma(&f->t, token);
    if (has_word(&f->frames->groups, lemma) || tree_word(&f->t, token)->upos == DS_UPOS_NUM)
      descend(f, token, DS_DEPREL_NMOD, "of", w, out);
    if (w.owner || has_word(&f->frames->through, lemma)) find_owner(f, token, w, out);
  }
  EACH_CHILD(&f->t, token, c)
    if (tree_rel(&f->t, c) == DS_DEPREL_CONJ && (tree_is_nominal(&f->t, c) || who_entity(f, c) != DS_NO_ENTITY))
      find_in(f, c, (way){w.owner, w.through, w.depth + 1}, out);
}

void who_is(const finder *f, uint32_t token, bool owner, actor_refs *out) {
  find_in(f, token, (way){.owner = owner}, out);
}
