/* resolve/internal.h - inside of resolve/: entities of all articles as one array, joined step by step
 *
 * The way: documents.c puts the articles in order and names them, names.c folds names, merge.c joins entities (persons.c knows
 * when two personal names are one), actors.c makes actors of what was joined, copies.c finds copies, network.c runs it all and
 * carries the claims over, ties.c makes ties.
 */
#ifndef DS_RESOLVE_INTERNAL_H
#define DS_RESOLVE_INTERNAL_H

#include "base/map.h"
#include "base/vec.h"
#include "resolve/resolve.h"

/* Entities of different classes are never the same actor. */
typedef enum rs_class { RS_PERSON, RS_STATE, RS_PLACE, RS_BODY } rs_class;

typedef struct rs_entity {
  const ds_record_entity *source;
  uint32_t document; /* index of the document; entities are in order of documents, then as in the record */
  uint32_t owner;    /* entity (in this array), or DS_NONE */
  uint8_t kind, class;
  uint8_t depth;      /* owners above it */
  const char *reason; /* how it was joined to others: see ds_net_alias */
  ds_str name;        /* folded label, without the names of its owner */
  bool acronym;       /* the label is one */
  bool titled;        /* the label has a title in front, the name has not */
  bool alone;         /* a surname or a word that tells nobody apart ("foreign ministry"): not joined by its name */
} rs_entity;

typedef struct rs_set {
  ds_arena *arena;   /* of the result */
  ds_arena *scratch; /* dropped at the end */
  const ds_ontology *ontology;
  const ds_record *records;
  ds_network *network;
  uint32_t *first_entity; /* of each document, and one more for the end */
  rs_entity *entities;
  size_t count;
  uint32_t *parent; /* joined entities are trees; the root is the smallest index */
  ds_str *known;    /* of a root: the gazetteer's id of its tree, or empty */
  uint32_t *next;   /* the entities of a tree as a ring */
} rs_set;

/* ---- documents.c ---- */
dossier_status rs_documents(rs_set *set, size_t count, dossier_error *err);
dossier_status rs_entities(rs_set *set, dossier_error *err);

/* ---- names.c: ptr is NULL where memory ran out ---- */
/* Lower case without marks, punctuation, a leading "the" and legal forms ("Inc."); words with one blank between. */
ds_str rs_fold(ds_arena *arena, ds_str name);
/* The same for persons: without titles in front as long as two words stay. */
ds_str rs_fold_person(ds_arena *arena, ds_str name);
/* "president abbas": a surname with a title, which is no full name; "king abdullah" is one. */
bool rs_is_titled_surname(ds_str folded);
size_t rs_word_count(ds_str folded);
bool rs_is_acronym(ds_str name);
/* Whether the letters of the acronym stand in the words of the name, in order, the first at the start of the first. */
bool rs_acronym_fits(ds_str acronym, ds_str folded_name);
/* Whether all words are such as tell no body from another: "foreign ministry", "supreme court". */
bool rs_is_generic(ds_str folded);
/* Whether the word lists are in order, for the tests: they are searched by halves. */
bool rs_lists_in_order(void);
/* Such a name whatever the order of its words and the spelling: "ministry of defense", "defence ministry". */
ds_str rs_generic_key(ds_arena *arena, ds_str folded);
/* [A-Za-z_][A-Za-z0-9_-]*; names without a Latin letter get "x-" and a hash. */
ds_str rs_slug(ds_arena *arena, ds_str name);
/* slug, slug-2, slug-3, ...: the first that `used` does not have; it is added there. */
ds_str rs_unique(ds_arena *arena, ds_map *used, ds_str slug, bool *failed);

/* ---- persons.c ---- */
typedef enum rs_likeness {
  RS_UNLIKE,
  RS_SPELLING, /* the same names, spelt otherwise */
  RS_SHORTER   /* besides, one leaves out a middle name or writes an initial */
} rs_likeness;
rs_likeness rs_persons_alike(ds_str folded_a, ds_str folded_b);
/* Persons whose keys differ are never alike: the sounds of the surname and the first letter. */
ds_str rs_person_key(ds_arena *arena, ds_str folded);

/* ---- merge.c ---- */
dossier_status rs_merge(rs_set *set, dossier_error *err);
uint32_t rs_root(rs_set *set, uint32_t entity);

/* ---- actors.c, copies.c ---- */
dossier_status rs_actors(rs_set *set, dossier_error *err);
dossier_status rs_copies(rs_set *set, dossier_error *err);

/* Articles in an order of their own: by hash, publisher, date, address, title, path. */
int rs_compare_articles(const ds_article *x, const ds_article *y);

#endif
