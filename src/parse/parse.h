/* parse/parse.h - the language model: tags, lemmas, dependency trees and name spans for tokenised sentences
 *
 * One MiniLM encoder with int8 weights, mapped read-only from a safetensors file (models/FORMAT.md); one ds_model serves any
 * number of threads, each with a ds_parser of its own. The same sentence gives the same result in any batch, thread and
 * instruction set (invariant I3).
 */
#ifndef DS_PARSE_PARSE_H
#define DS_PARSE_PARSE_H

#include "base/arena.h"
#include "base/error.h"
#include "parse/ud.h"
#include "text/text.h"

#define DS_NO_HEAD UINT32_MAX

/* What the model says of the token with the same index in ds_text.tokens. */
typedef struct ds_word {
  ds_str lemma;
  ds_morph morph;
  uint8_t upos;   /* ds_upos */
  uint8_t xpos;   /* ds_xpos */
  uint8_t deprel; /* ds_deprel */
  uint32_t head;  /* index of the head token in ds_text.tokens, or DS_NO_HEAD for the sentence's root */
} ds_word;

typedef enum ds_name_kind {
  DS_NAME_PERSON,
  DS_NAME_ORGANIZATION,
  DS_NAME_PLACE,    /* states, cities, regions */
  DS_NAME_FACILITY, /* buildings, airports, bridges: a place for whoever counts four kinds */
  DS_NAME_GROUP,    /* nationalities, religious and political groups (NORP) */
  DS_NAME_MISC      /* events, works, products, laws: names that are no actors */
} ds_name_kind;

typedef struct ds_name {
  uint32_t first, count; /* tokens; inside one sentence; names do not overlap and are in order */
  ds_name_kind kind;
  float score; /* mean probability of its tags, 0..1 */
} ds_name;

typedef struct ds_parse {
  ds_word *words; /* one a token */
  ds_name *names;
  size_t name_count;
  const float *states; /* the encoder's last layer for each token (tokens x width), or NULL where not asked for */
  size_t width;
} ds_parse;

typedef struct ds_model ds_model;
typedef struct ds_parser ds_parser;

/* Maps and checks a model file. Its version, shapes and labels must fit this code: the error says what does not. */
dossier_status ds_model_open(ds_model **out, const char *path, dossier_error *err);
void ds_model_free(ds_model *model);
/* One line that names the model and its training, from its metadata. Owned by the model. */
ds_str ds_model_title(const ds_model *model);

/* Working memory of one thread. The model must outlive it. */
dossier_status ds_parser_new(ds_parser **out, const ds_model *model, dossier_error *err);
void ds_parser_free(ds_parser *parser);

/* Analyses all sentences of a text. The result lives in the arena. Sentences are packed into batches by length; those of
 * more than 510 pieces are encoded in overlapping windows and never lost. */
dossier_status ds_parser_run(ds_parser *parser, ds_arena *arena, const ds_text *text, bool want_states, ds_parse *out,
                             dossier_error *err);

/* Tree helpers over one parse. */
/* Whether token `below` is `above` or one of its descendants. */
bool ds_tree_dominates(const ds_parse *parse, uint32_t above, uint32_t below);
const char *ds_name_kind_label(ds_name_kind kind); /* "person", "organization", "place", "facility", "group", "misc" */

#endif
