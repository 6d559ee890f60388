/* claim/frames.h - the frames as they lie in memory (internal to claim/)
 *
 * schema/frames/README.md describes the files. Everything is read once into one arena and never changed.
 */
#ifndef DS_CLAIM_FRAMES_H
#define DS_CLAIM_FRAMES_H

#include "base/map.h"
#include "base/vec.h"
#include "base/yaml.h"
#include "claim/claim.h"

#define FRAMES_NONE UINT32_MAX

/* One place of a pattern: "object", "with", "object.of", with "+" where an owner may stand for it. */
typedef struct slot {
  ds_str name;
  ds_str below; /* after a dot: a slot of the noun that fills `name`; or empty */
  bool owner;   /* "+": where the argument itself is no actor, whoever it belongs to */
} slot;

typedef struct pattern {
  slot *from, *to; /* alternatives, best first */
  size_t from_count, to_count;
  bool pairs; /* "<->": both sides are one slot, and its members stand to each other in the relation */
} pattern;

/* Lemmas that a slot must (or must not) have. */
typedef struct condition {
  ds_str slot;
  ds_str *words;
  size_t word_count;
} condition;

typedef enum rule_part { RULE_VERB, RULE_NOUN, RULE_ADJECTIVE, RULE_NAME, RULE_OFFICE, RULE_PARTS } rule_part;

typedef struct rule {
  ds_str id;         /* "supports.verb.back" */
  rule_part part;
  uint8_t relation;  /* DS_NO_RELATION for offices: the gazetteer says it */
  pattern *patterns;
  size_t pattern_count;
  condition *when, *unless;
  size_t when_count, unless_count;
  uint64_t subject_kinds, object_kinds;
  uint8_t polarity, certainty; /* what the words themselves add */
  bool alone; /* a verb that must not have an object of its own: "X and Y met" */
  bool plain; /* only where the words are neither denied nor merely possible */
  float confidence;
} rule;

/* The rules of one word, in the order of the files. */
typedef struct rule_link {
  uint32_t rule;
  uint32_t next; /* index of the next link, or FRAMES_NONE */
} rule_link;

/* What a governing word does to the clause or noun below it. */
typedef struct effect {
  bool denies;     /* turns the polarity */
  uint8_t certainty; /* the least sure wins */
  bool speaks;     /* its subject is the speaker */
} effect;

/* A verb that carries the meaning of the noun it governs. */
typedef enum light_side {
  LIGHT_AGENT,  /* its subject does what the noun says: "launch an attack" */
  LIGHT_PATIENT, /* its subject is the one it is done to: "come under attack" */
  LIGHT_OBJECT  /* its object does: "blame Y for the attack" */
} light_side;
typedef struct light {
  light_side side;
  bool denies; /* "end", "sever" */
} light;

/* The share of a rule's claims that was right where it was measured. */
typedef struct measured {
  ds_str id;
  float share;
} measured;

struct ds_frames {
  ds_arena arena;
  const ds_ontology *ontology;
  DS_VEC(rule) rules;
  DS_VEC(rule_link) links;
  DS_VEC(effect) effects;
  DS_VEC(light) lights;
  DS_VEC(measured) measured;
  ds_map words[RULE_PARTS];  /* lemma -> first link; names and offices have none */
  ds_map vocabulary;         /* all words of verbs, nouns, effects and light verbs -> their index here */
  uint32_t all[RULE_PARTS];  /* first link of the rules without words, or FRAMES_NONE */
  ds_map clause_effects;     /* lemma of a governor of clauses -> effect */
  ds_map noun_effects;       /* lemma of a governor of event nouns -> effect */
  ds_map word_effects;       /* adverbs, modals, adjectives, marks beside the predicate -> effect */
  ds_map light_verbs;        /* "launch", "come under" -> light */
  ds_map through;            /* nouns that stand for whoever they belong to: "official", "forces" */
  ds_map groups;             /* nouns before "of" that add nothing: "member", "hundred" */
  ds_map shifts;             /* words before an office that make it another relation: "former", "deputy", "opposition" */
};

/* The first link of a part for a lemma, or FRAMES_NONE. */
uint32_t frames_first(const ds_frames *frames, rule_part part, ds_str lemma);
const effect *frames_effect(const ds_frames *frames, const ds_map *map, ds_str word);
/* The light verb of this lemma, with the preposition before the noun ("" where it is the object), or NULL. */
const light *frames_light(const ds_frames *frames, ds_str verb, ds_str preposition);

/* frames_rule.c: reads one item of a list of rules. */
dossier_status frames_read_rule(ds_frames *frames, const char *path, const ds_yaml *at, rule_part part, uint8_t relation,
                                dossier_error *err);
/* A list of texts, copied into the arena. */
dossier_status frames_read_words(ds_frames *frames, const char *path, const ds_yaml *list, ds_str **out, size_t *count,
                                 dossier_error *err);
/* A number above 0 and at most 1; false for anything else. */
bool frames_to_confidence(ds_str text, float *out);
/* Takes a word, or each of several, into the vocabulary; false where memory ran out. */
bool frames_know(ds_frames *frames, ds_str words);
dossier_status frames_check_keys(const char *path, const ds_yaml *at, const char *const *names, dossier_error *err);

#endif
