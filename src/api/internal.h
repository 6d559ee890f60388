/* api/internal.h - what the public functions share
 *
 * api/ puts the stages together behind the public headers. It is the only room that sees them all; cli/ sees none of them.
 */
#ifndef DS_API_INTERNAL_H
#define DS_API_INTERNAL_H

#include "claim/claim.h"
#include "claim/record.h"
#include "read/read.h"
#include "store/store.h"

#include <dossier/dossier.h>
#include <pthread.h>

/* A parser's working memory, kept by the engine between articles. */
typedef struct ds_idle_parser {
  ds_parser *parser;
  struct ds_idle_parser *next;
} ds_idle_parser;

struct dossier_engine {
  ds_arena arena; /* ontology, paths, public views; written before the engine is shared, read-only afterwards */
  ds_ontology ontology;
  ds_str data_dir, schema_dir, model_path; /* zero-ended; empty where the caller did not say */
  dossier_relation *relations;
  const char **kinds;
  const char **kind_colors;
  pthread_mutex_t lock; /* guards all below */
  bool prepared;
  ds_model *model;
  ds_gazetteer *gazetteer;
  ds_frames *frames;
  ds_idle_parser *idle;
};

/* A parser for the calling thread, to be given back. */
dossier_status ds_engine_take_parser(dossier_engine *engine, ds_idle_parser **out, dossier_error *err);
void ds_engine_give_parser(dossier_engine *engine, ds_idle_parser *parser);

/* Comments and surface words of an input in CoNLL-U, passed through to the output. */
typedef struct ds_conllu {
  ds_str *comments; /* one a sentence: its comment lines, each ended by a newline */
  ds_str *surfaces; /* one a token: the multiword token's form where this token is the first of one, else empty */
} ds_conllu;

/* All layers of one article, in one arena. */
typedef struct ds_analysis {
  ds_article article;
  ds_text text;
  ds_parse parse;
  ds_actors actors;
  ds_whens whens;
  ds_layers layers;
  ds_claims claims;
  const ds_conllu *conllu; /* NULL for an analysis of running text */
} ds_analysis;

/* Runs every stage from tokens on. analysis->article must be filled in; analysis->text too where split is false. */
dossier_status ds_analysis_run(dossier_engine *engine, ds_parser *parser, ds_arena *arena, bool split,
                               ds_analysis *analysis, dossier_error *err);

struct dossier_analysis {
  ds_arena arena;
  dossier_engine *engine;
  ds_analysis layers;
};

/* The morphological features of a word by UD's names, in alphabetic order as FEATS asks; returns how many it has. */
#define DS_FEATURES 8
typedef struct ds_feature {
  const char *name, *value;
} ds_feature;
size_t ds_morph_features(const ds_morph *m, ds_feature out[DS_FEATURES]);

/* Reads CoNLL-U into text layers: forms, multiword ranges and comments. */
dossier_status ds_conllu_read(ds_arena *arena, ds_str bytes, ds_text *text, ds_conllu *conllu, dossier_error *err);
void ds_conllu_write(const ds_analysis *analysis, ds_buf *out);
dossier_status ds_layers_write_json(const ds_ontology *ontology, const ds_analysis *analysis, ds_buf *out,
                                    dossier_error *err);
void ds_triples_write(const ds_analysis *analysis, ds_buf *out);

/* dossier_build, on the inner handle. */
dossier_status ds_store_build(ds_store *store, dossier_engine *engine, const char *const *paths, size_t count,
                              const dossier_job *job, dossier_report *report, dossier_error *err);

struct dossier_store {
  ds_store *store;
};

/* Hands a buffer to a sink. */
dossier_status ds_sink_write(const dossier_sink *sink, ds_str bytes, dossier_error *err);

#endif
