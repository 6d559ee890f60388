/* actor/gazetteer.h - inside this room: what the gazetteer knows, for those who look words up in running text
 *
 * Names are compared by their key (ds_name_key): lower case, without marks, apostrophes and full stops, other punctuation as one
 * blank. Whether the writing must fit more closely is a property of the single use of a name (ds_known_use).
 */
#ifndef DS_ACTOR_GAZETTEER_H
#define DS_ACTOR_GAZETTEER_H

#include "actor/actor.h"
#include "base/map.h"
#include "base/vec.h"

#define DS_KEY_SIZE 256 /* bytes of the longest key; longer names are never found */

typedef enum ds_known_form {
  DS_FORM_NAME,
  DS_FORM_ADJECTIVE, /* "Iranian" */
  DS_FORM_PEOPLE,    /* "Iranians" */
  DS_FORM_CAPITAL    /* "Tehran", standing for the government */
} ds_known_form;

/* One row under one of its names. */
typedef struct ds_known_use {
  const ds_known *row;
  ds_str written; /* the name as the table has it */
  uint8_t form;   /* ds_known_form */
  bool weak;      /* also a common word: counts only where the model saw a name */
  bool exact;     /* must be written in the same case (full stops aside) */
} ds_known_use;

typedef struct ds_uses {
  ds_known_use *items; /* those of states first */
  size_t count;
  const ds_known **rows; /* rows of those with form DS_FORM_NAME */
  size_t row_count;
} ds_uses;

/* Phrases of one or more words, each with a number. */
typedef struct ds_phrases {
  ds_map map;
  ds_map starts, ends; /* first and last words -> most words of a phrase with it */
} ds_phrases;

typedef enum ds_gender { DS_GENDER_UNKNOWN, DS_GENDER_HE, DS_GENDER_SHE } ds_gender;

/* "the group": what it may point back to. */
typedef struct ds_description {
  uint64_t kinds; /* bit set */
  bool plural;
  uint8_t gender;
} ds_description;

typedef enum ds_part_alone {
  DS_ALONE_NOTHING,
  DS_ALONE_OWNER, /* the state at hand: "the government" */
  DS_ALONE_OWN,   /* a body: "parliament" */
  DS_ALONE_NAMED  /* a body where a noun before it names it: "culture ministry" */
} ds_part_alone;

/* "government", "parliament", "troops": what they are to the state or group that they belong to. */
typedef struct ds_part {
  uint8_t kind;  /* the body's kind, or DS_NO_KIND where the words stand for the owner itself */
  bool of_group; /* they stand for an owner that is no state: "Hamas militants" */
  uint8_t alone; /* ds_part_alone: what they mean without an owner */
  uint8_t local; /* the body's kind where the owner is a place: "Shanghai police"; or DS_NO_KIND: the place itself */
} ds_part;

/* "university": the kind that the head word of a name tells. */
typedef struct ds_kind_word {
  uint8_t kind; /* DS_NO_KIND: names with it are no actors ("treaty") */
  bool sure;    /* even where the model took the name for something else */
} ds_kind_word;

struct ds_gazetteer {
  ds_arena arena;
  DS_VEC(ds_known *) rows;
  ds_map ids;    /* id -> index into rows */
  ds_map keys;   /* key -> index into uses */
  ds_map starts; /* first word of a key -> most words of a key that starts so */
  DS_VEC(ds_uses) uses;
  ds_phrases offices, titles, given, kind_words, descriptions, parts,
      place_words; /* values: index, gender, gender, ... */
  DS_VEC(ds_office) office_rows;
  DS_VEC(ds_description) description_rows;
  DS_VEC(ds_part) part_rows;
  DS_VEC(ds_kind_word) kind_word_rows;
  uint8_t model_kinds[DS_NAME_MISC + 1];       /* kind of a name that nothing else tells, or DS_NO_KIND */
  uint8_t place_kind, person_kind, state_kind; /* first kinds of the ontology that are like these, or DS_NO_KIND */
};

/* Writes the key of a name and returns its length; 0 where there is none or it does not fit. */
size_t ds_name_key(ds_str name, char key[DS_KEY_SIZE]);

/* The uses of a key, or NULL. */
const ds_uses *ds_gazetteer_uses(const ds_gazetteer *gazetteer, ds_str key);

/* The longest known name that starts at token `first` and ends before `end`, and may be written as the text has it: the
 * number of its tokens, 0 for none. *use is the best use there; weak uses are reported too. */
uint32_t ds_gazetteer_match(const ds_gazetteer *gazetteer, const ds_text *text, uint32_t first, uint32_t end,
                            const ds_uses **uses, const ds_known_use **use);

/* The longest phrase that starts at token `first` (within `end`), or that ends with token `last` (not before `begin`): tokens
 * covered, 0 for none. The last word is compared by form and by lemma. */
uint32_t ds_phrases_from(const ds_phrases *phrases, const ds_text *text, const ds_parse *parse, uint32_t first,
                         uint32_t end, uint64_t *value);
uint32_t ds_phrases_to(const ds_phrases *phrases, const ds_text *text, const ds_parse *parse, uint32_t begin,
                       uint32_t last, uint64_t *value);
/* The value of one word or phrase given as text. */
bool ds_phrases_get(const ds_phrases *phrases, ds_str words, uint64_t *value);
/* Adds one phrase; false where memory ran out. Its key is copied into the arena. */
bool ds_phrases_add(ds_phrases *phrases, ds_arena *arena, ds_str words, uint64_t value);

/* Reads one file of the folder into the gazetteer (gazetteer_read.c). */
dossier_status ds_gazetteer_read(ds_gazetteer *gazetteer, const ds_ontology *ontology, const char *path,
                                 dossier_error *err);
/* After the last file: owners exist, uses in order. */
dossier_status ds_gazetteer_finish(ds_gazetteer *gazetteer, const ds_ontology *ontology, dossier_error *err);

#endif
