/* actor/finder.h - inside this room: the working state of ds_actors_find
 *
 * Steps, in this order, each in a file of its own:
 *   spots.c     places in the text that hold a name: the model's spans and the gazetteer's, cleaned, nested ones too
 *   capitals.c  which of them are a capital that stands for its state
 *   kinds.c     what kind of actor each name is
 *   parts.c     "Iranian forces", "the parliament", "Hamas militants": a head noun and its owner
 *   groups.c    names written alike become groups; surnames, acronyms and short forms join the full name
 *   refer.c     pronouns and descriptions, and "the government" of the state at hand, in order of the text
 *   actors.c    the result: mentions in order, entities, labels
 *
 * Everything lives in the arena. A function that returns false ran out of memory.
 */
#ifndef DS_ACTOR_FINDER_H
#define DS_ACTOR_FINDER_H

#include "actor/gazetteer.h"

#define DS_NO_SPOT UINT32_MAX
#define DS_NO_NAME UINT8_MAX /* model: the model saw no name here */

typedef struct ds_spot {
  uint32_t first, count, head; /* tokens; head lies inside */
  uint8_t form;                /* ds_mention_form */
  uint8_t model;               /* ds_name_kind, or DS_NO_NAME */
  uint8_t kind;                /* of the ontology, or DS_NO_KIND: no actor */
  uint8_t gender;              /* ds_gender, told by a title */
  bool titled;                 /* a title or office stands before it */
  bool nested;                 /* lies inside another spot */
  bool body;                   /* a body by its common noun: "parliament" */
  const ds_known *known;       /* its row, or NULL */
  uint32_t owner;              /* spot of the state or body that it belongs to, or DS_NO_SPOT */
  uint32_t same_as;            /* spot that it stands for ("Iranian forces": that of "Iranian"), or DS_NO_SPOT */
  bool at_hand;                /* stands for, or belongs to, the state that the text is about here */
  uint32_t pronoun;            /* "its army": the token of "its", or DS_NO_HEAD */
  uint32_t holder;             /* "the Bush administration": the person's spot, or DS_NO_SPOT */
  uint32_t group;              /* DS_NO_SPOT before groups.c */
  ds_str key;                  /* ds_name_key of the name, without its owner */
  uint32_t *words;             /* hashes of the key's words */
  uint32_t word_count;
  ds_str reason;
} ds_spot;

/* All spots of one name, later an entity. */
typedef struct ds_group {
  ds_str key;
  uint32_t *words;
  uint32_t word_count;
  const ds_known *known;
  uint8_t kind;
  uint8_t gender;
  uint32_t owner;  /* group, or DS_NO_SPOT */
  uint32_t parent; /* the group that it was joined to, or itself */
  uint32_t entity; /* DS_NO_ENTITY until its first mention */
  uint32_t spot_count;
  uint32_t first_spot; /* first one in the text */
  uint16_t kind_votes[64];
  uint32_t last_token; /* of its last mention so far, while the text is walked through; DS_NO_SPOT before */
  uint32_t *rivals;    /* groups that it may be short for, where there are several */
  uint32_t rival_count;
  bool acronym;
  bool body;
  ds_str reason; /* why it was joined */
} ds_group;

/* A mention and the group that it belongs to. */
typedef struct ds_found {
  uint32_t first, count, head, group;
  uint32_t spot; /* or DS_NO_SPOT */
  uint8_t form;
  ds_str reason;
} ds_found;

typedef struct ds_finder {
  ds_arena *arena;
  const ds_ontology *ontology;
  const ds_gazetteer *gazetteer;
  const ds_text *text;
  const ds_parse *parse;
  DS_VEC(ds_spot) spots; /* in order of the text; a nested one comes after the outer one */
  DS_VEC(ds_group) groups;
  uint32_t *sentence;     /* of each token */
  uint32_t *child, *next; /* of each token: its first dependent, its next sibling; DS_NO_HEAD for none */
  uint32_t *spot_at;      /* of each token: the outermost spot that covers it, or DS_NO_SPOT */
  uint32_t *spot_head;    /* of each token: the spot that it heads, or DS_NO_SPOT */
  DS_VEC(ds_found) found; /* what refer.c comes to, in order of the heads */
} ds_finder;

static inline ds_kind_like ds_finder_like(const ds_finder *f, uint8_t kind) {
  return kind == DS_NO_KIND ? DS_LIKE_OTHER : f->ontology->kinds[kind].like;
}
static inline const ds_word *ds_finder_word(const ds_finder *f, uint32_t token) {
  return &f->parse->words[token];
}
static inline ds_str ds_finder_form(const ds_finder *f, uint32_t token) {
  return f->text->tokens[token].form;
}
/* Whether the token's form is this word, whatever its case (ASCII). */
static inline bool ds_finder_is(const ds_finder *f, uint32_t token, const char *word) {
  return ds_str_eq_nocase(ds_finder_form(f, token), ds_str_from(word));
}
static inline uint32_t ds_finder_end(const ds_finder *f, uint32_t token) { /* of its sentence */
  const ds_sentence *s = &f->text->sentences[f->sentence[token]];
  return s->first + s->count;
}
static inline uint32_t ds_finder_begin(const ds_finder *f, uint32_t token) {
  return f->text->sentences[f->sentence[token]].first;
}
/* A dependent of the token with this relation (subtypes too), or DS_NO_HEAD. */
uint32_t ds_finder_dependent(const ds_finder *f, uint32_t token, ds_deprel relation);
/* The token in [first, first + count) whose head lies outside. */
uint32_t ds_finder_span_head(const ds_finder *f, uint32_t first, uint32_t count);
/* Follows conj up to the first conjunct. */
uint32_t ds_finder_first_conjunct(const ds_finder *f, uint32_t token);
/* "in X", "near X" as a circumstance: X is a place. */
bool ds_finder_is_inside(const ds_finder *f, uint32_t first, uint32_t count);
bool ds_finder_is_subject(const ds_finder *f, uint32_t token);

/* Fills key and words of a spot from tokens [first, first + count). */
bool ds_spot_name(ds_finder *f, ds_spot *spot, uint32_t first, uint32_t count);
/* Appends a spot that covers these tokens; *index may be NULL. */
bool ds_spot_add(ds_finder *f, ds_spot spot, uint32_t *index);
/* Puts the spots in order and fills spot_at and spot_head anew. Indexes inside spots are kept right. */
bool ds_spots_sort(ds_finder *f);

bool ds_spots_find(ds_finder *f);
void ds_capitals_decide(ds_finder *f);
bool ds_kinds_decide(ds_finder *f); /* drops the spots that name no actor */
bool ds_parts_find(ds_finder *f);
bool ds_groups_make(ds_finder *f);
/* The group that it was joined to in the end. */
uint32_t ds_group_root(const ds_finder *f, uint32_t group);
bool ds_refer(ds_finder *f);

#endif
