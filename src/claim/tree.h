/* claim/tree.h - walking the dependency trees of one article (internal to claim/)
 *
 * The parse keeps heads only; here each token also knows its children, in the order of the text.
 */
#ifndef DS_CLAIM_TREE_H
#define DS_CLAIM_TREE_H

#include "parse/parse.h"
#include "text/text.h"

typedef struct tree {
  ds_arena *arena;
  const ds_text *text;
  const ds_parse *parse;
  uint32_t *child;    /* first child of each token, or DS_NO_HEAD */
  uint32_t *next;     /* next child of the same head, or DS_NO_HEAD */
  uint32_t *sentence; /* the sentence each token stands in */
  const ds_str *lemma; /* of each token, as lemma.c repaired them; NULL for the parse's own */
} tree;

#define EACH_CHILD(t, token, c) \
  for (uint32_t c = (t)->child[token]; c != DS_NO_HEAD; c = (t)->next[c])

dossier_status tree_init(tree *t, ds_arena *arena, const ds_text *text, const ds_parse *parse, dossier_error *err);

static inline const ds_word *tree_word(const tree *t, uint32_t token) { return &t->parse->words[token]; }
static inline ds_str tree_lemma(const tree *t, uint32_t token) {
  return t->lemma ? t->lemma[token] : t->parse->words[token].lemma;
}
static inline ds_deprel tree_rel(const tree *t, uint32_t token) { return (ds_deprel)t->parse->words[token].deprel; }
static inline ds_deprel tree_base(const tree *t, uint32_t token) { return ds_deprel_base(tree_rel(t, token)); }
static inline uint32_t tree_head(const tree *t, uint32_t token) { return t->parse->words[token].head; }

/* The first child with this relation (without subtypes where `base`), or DS_NO_HEAD. */
uint32_t tree_find(const tree *t, uint32_t token, ds_deprel rel);
uint32_t tree_find_base(const tree *t, uint32_t token, ds_deprel base);

/* The preposition of a nominal, in lower case, of several words where they go together ("on behalf of"); empty for none.
 * ptr is NULL where memory ran out. */
ds_str tree_case(const tree *t, uint32_t token);
/* The word that marks a clause ("if", "without", "to"), in lower case; empty for none. */
ds_str tree_mark(const tree *t, uint32_t token);
/* Lemma of a verb with its particle: "carry out". */
ds_str tree_verb_lemma(const tree *t, uint32_t token);

bool tree_is_verb(const tree *t, uint32_t token);
bool tree_is_nominal(const tree *t, uint32_t token); /* NOUN, PROPN, PRON, NUM */
bool tree_is_relative(const tree *t, uint32_t token); /* "who", "which", "that" as a pronoun, "whose" */
/* Passive: by its auxiliary or subject, or as a bare past participle that stands for a clause. */
bool tree_is_passive(const tree *t, uint32_t verb);
/* The noun that a relative pronoun stands for, or the token itself. */
uint32_t tree_antecedent(const tree *t, uint32_t token);
/* The surface subject of a verb or copular predicate: its own, or inherited by control, raising, conjunction, participle
 * or relative clause. DS_NO_HEAD for none. */
uint32_t tree_subject(const tree *t, uint32_t predicate);
/* The subject that stands beside the predicate itself. */
uint32_t tree_own_subject(const tree *t, uint32_t predicate);

#endif
