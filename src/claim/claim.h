/* claim/claim.h - from trees to propositions (who does what, any verb), and by frames to claims of the ontology
 *
 * Propositions are the language: one predicate with its arguments, polarity, certainty and speaker. Frames
 * (schema/frames, YAML) are the knowledge of how English expresses a relation. This code knows no relation by name.
 */
#ifndef DS_CLAIM_CLAIM_H
#define DS_CLAIM_CLAIM_H

#include "actor/actor.h"
#include "base/ontology.h"
#include "when/when.h"

typedef enum ds_polarity { DS_AFFIRMED, DS_DENIED } ds_polarity;
typedef enum ds_certainty { DS_STATED, DS_REPORTED, DS_POSSIBLE } ds_certainty;
typedef enum ds_date_basis { DS_DATE_NONE, DS_DATE_TEXT, DS_DATE_PUBLISHED } ds_date_basis;

/* One argument of a proposition: the token that heads it and how it hangs on the predicate. */
typedef struct ds_argument {
  ds_str role;   /* canonical slot, after undoing passive, relative clause, control and light verb: "subject", "object",
                    "indirect", or a preposition: "with", "against", "of"; "apposition", "modifier", "clause" */
  uint32_t head; /* token */
} ds_argument;

typedef struct ds_proposition {
  uint32_t predicate;  /* token that heads it: verb, event noun, adjective, office noun */
  ds_str relation;     /* surface relation phrase: "agreed to help", "launched an attack on" */
  ds_str lemma;        /* lemma of the predicate, with particle: "carry out" */
  ds_argument *arguments;
  size_t argument_count;
  uint8_t polarity;    /* ds_polarity */
  uint8_t certainty;   /* ds_certainty */
  uint32_t speaker;    /* entity that says so, or DS_NO_ENTITY for the article's own voice */
  uint32_t sentence;   /* index of the sentence */
  uint32_t first, count; /* tokens of the clause, for the quote */
} ds_proposition;

typedef struct ds_claim {
  uint32_t subject, object; /* entities */
  uint32_t subject_mention, object_mention; /* the mentions they were found by */
  uint8_t relation;         /* number in the ontology */
  uint8_t polarity, certainty, date_basis;
  uint32_t speaker;         /* entity, or DS_NO_ENTITY */
  ds_str role;              /* office or post, or empty */
  ds_str date;              /* EDTF, or empty */
  uint32_t start, end;      /* bytes of the article's text: the quote (invariant I1) */
  uint32_t proposition;     /* index of the proposition it came from */
  float confidence;         /* 0..1 */
  ds_str rule;              /* id of the frame: "supports.verb.back" */
} ds_claim;

typedef struct ds_claims {
  ds_proposition *propositions; /* in order of the text */
  size_t proposition_count;
  ds_claim *claims; /* in order of the text: by start, end, subject, relation, object */
  size_t claim_count;
} ds_claims;

typedef struct ds_frames ds_frames;

/* Reads all frames of a folder (*.yaml, sorted). A mistake is an error with file and line. */
dossier_status ds_frames_open(ds_frames **out, const ds_ontology *ontology, const char *folder, dossier_error *err);
void ds_frames_free(ds_frames *frames);

/* One article's layers below this one. */
typedef struct ds_layers {
  const ds_text *text;
  const ds_parse *parse;
  const ds_actors *actors;
  const ds_whens *whens;
  ds_str published; /* EDTF or empty */
} ds_layers;

/* Everything lives in the arena. */
dossier_status ds_claims_find(ds_arena *arena, const ds_ontology *ontology, const ds_gazetteer *gazetteer,
                              const ds_frames *frames, const ds_layers *layers, ds_claims *out, dossier_error *err);

const char *ds_polarity_name(ds_polarity polarity);    /* affirmed, denied */
const char *ds_certainty_name(ds_certainty certainty); /* stated, reported, possible */
const char *ds_date_basis_name(ds_date_basis basis);   /* text, published; NULL for none */

#endif
