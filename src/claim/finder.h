/* claim/finder.h - the work on one article: what all files of claim/ share (internal to claim/)
 *
 *   tree.c       walking the trees                    arguments.c  predicate -> its arguments in canonical slots
 *   who.c        argument -> the actors it names      modality.c   is it so, how sure
 *   speaker.c    who says it                          office.c     posts and their holders
 *   lemma.c      the model's lemmas, mended          match.c      propositions by frames -> claims
 *   claim.c      the way through all of these, dates, order
 *
 * Memory that ran out is kept in `failed` and reported once, at the end of ds_claims_find.
 */
#ifndef DS_CLAIM_FINDER_H
#define DS_CLAIM_FINDER_H

#include "claim/frames.h"
#include "claim/tree.h"

typedef struct finder {
  ds_arena *arena;
  const ds_ontology *ontology;
  const ds_gazetteer *gazetteer;
  const ds_frames *frames;
  const ds_layers *layers;
  tree t;
  uint32_t *mention_at;  /* for each token the innermost mention that covers it, or DS_NO_ENTITY */
  uint32_t *quotation;   /* for each token the number of the quotation it stands in, 0 for none */
  uint32_t *said_by;     /* for each sentence the entity that speaks in its quotation where the sentence itself does not say, or
                            DS_NO_ENTITY */
  DS_VEC(ds_proposition) propositions;
  DS_VEC(ds_claim) claims;
  bool failed;
} finder;

/* lemma.c: mends lemmas of words that the frames know; false where memory ran out. */
bool lemma_prepare(finder *f);

/* arguments.c ---------------------------------------------------------------------------------------------------------- */

#define MOST_ARGUMENTS 48

typedef struct arguments {
  ds_argument items[MOST_ARGUMENTS];
  size_t count;
  uint32_t light;    /* the light verb that was undone, or DS_NO_HEAD */
  bool light_denies; /* it says that the event ended or did not come about */
} arguments;

void arguments_of_verb(const finder *f, uint32_t verb, arguments *out);
void arguments_of_noun(const finder *f, uint32_t noun, arguments *out);
void arguments_of_adjective(const finder *f, uint32_t adjective, arguments *out);
/* The words around a name: "in" (the embassy in Kabul), "possessor", "modifier", "comma" (Mashhad, Iran), "self". */
void arguments_of_name(const finder *f, uint32_t head, arguments *out);
/* The first argument in this slot, or DS_NO_HEAD. */
uint32_t arguments_find(const arguments *args, ds_str role);
/* Adds one, unless it is there already; DS_NO_HEAD and an empty role are passed over. */
void arguments_add(arguments *args, ds_str role, uint32_t head);

/* who.c ---------------------------------------------------------------------------------------------------------------- */

#define MOST_ACTORS 48

typedef struct actor_ref {
  uint32_t entity, mention;
  bool through; /* not named itself: "officials from X" */
} actor_ref;

typedef struct actor_refs {
  actor_ref items[MOST_ACTORS];
  size_t count;
} actor_refs;

/* The actors that a nominal names: itself, those joined to it by "and", and those behind nouns that stand for whoever they belong
 * to ("officials from X"); with `owner`, behind any noun ("X's policy"). Appends. */
void who_is(const finder *f, uint32_t token, bool owner, actor_refs *out);
/* The entity a token's own mention names, or DS_NO_ENTITY. */
uint32_t who_entity(const finder *f, uint32_t token);

/* modality.c, speaker.c ------------------------------------------------------------------------------------------------ */

typedef struct speaker {
  uint32_t entity; /* or DS_NO_ENTITY */
  uint32_t token;  /* where the sentence names it, or DS_NO_HEAD */
} speaker;

typedef struct modality {
  uint8_t polarity, certainty;
  speaker speaker;
} modality;

/* Of the statement that this predicate makes. */
modality modality_of(const finder *f, uint32_t predicate, const arguments *args);
/* Finds quotations and their speakers; fills in quotation and said_by. */
void speaker_prepare(finder *f);
/* The outermost named speaker of the clause. */
speaker speaker_of(const finder *f, uint32_t token);

/* match.c, office.c ---------------------------------------------------------------------------------------------------- */

/* Adds a proposition; false where memory ran out. */
bool match_proposition(finder *f, uint32_t token, const arguments *args, const modality *m);
/* Adds the proposition of a predicate and the claims that frames find in it. */
void match_predicate(finder *f, uint32_t token, rule_part part, arguments *args);
/* What a claim about to be made says beside its two actors. */
typedef struct statement {
  const rule *rule;
  uint8_t relation;
  ds_str role;
  modality modality;
  uint32_t predicate, light;
  uint32_t proposition;
  bool ends; /* the verb says that what its object names is over: never an affirmed claim (invariant I9) */
  bool said; /* its subject is whoever says so: "X said that Y broke the truce" accuses Y */
} statement;
/* All pairs of the pattern's sides become claims. */
void match_pattern(finder *f, const arguments *args, const pattern *p, const statement *what);
/* A mention of the state that the text around a token is mostly about, or DS_NO_ENTITY. */
uint32_t office_context(const finder *f, uint32_t token);
/* Posts: "France's foreign minister, Jean Dupont". */
void office_find(finder *f);

#endif
