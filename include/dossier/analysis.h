/* dossier/analysis.h - what each stage saw in one article, without a store
 *
 *     dossier_article article = {.text = text, .text_size = strlen(text), .published = "2023-09-20"};
 *     dossier_analysis *analysis;
 *     if (dossier_analyze(&analysis, engine, &article, &err) != DOSSIER_OK) ...
 *     dossier_analysis_write(analysis, DOSSIER_FORMAT_JSON, &sink, &err);
 *     dossier_analysis_free(analysis);
 */
#ifndef DOSSIER_ANALYSIS_H
#define DOSSIER_ANALYSIS_H

#include <dossier/engine.h>
#include <dossier/error.h>
#include <dossier/reader.h>
#include <dossier/sink.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct dossier_analysis dossier_analysis;

typedef enum dossier_format {
  DOSSIER_FORMAT_CONLLU,  /* CoNLL-U, with TokenRange=start:end and NER=B-person in MISC */
  DOSSIER_FORMAT_JSON,    /* all layers: sentences, tokens, mentions, entities, dates, propositions, claims */
  DOSSIER_FORMAT_TRIPLES, /* TSV: sentence, subject, relation phrase, object, polarity, certainty, speaker */
  DOSSIER_FORMAT_RECORD   /* one JSON line of entities and claims, as `dossier extract` prints and `dossier load` reads */
} dossier_format;

/* Analyses one article. Only text and text_size must be given; the text is repaired where it is not valid UTF-8. The result
 * keeps nothing of the engine's working memory and may outlive the article, not the engine. About 0.1 s for 700 words on
 * one core without dot-product instructions (docs/results.md). DOSSIER_INPUT for a text without words. */
DOSSIER_API dossier_status dossier_analyze(dossier_analysis **out, dossier_engine *engine, const dossier_article *article,
                                           dossier_error *err);

/* The same for a text whose tokens and sentences are given: CoNLL-U, of which forms, multiword ranges and comments are used
 * and all else is ignored. For measuring with gold tokens. published is EDTF or "". */
DOSSIER_API dossier_status dossier_analyze_conllu(dossier_analysis **out, dossier_engine *engine, const char *bytes, size_t size,
                                                  const char *published, dossier_error *err);

DOSSIER_API void dossier_analysis_free(dossier_analysis *analysis);

/* Writes it. The same article gives the same bytes everywhere (invariant I3). */
DOSSIER_API dossier_status dossier_analysis_write(const dossier_analysis *analysis, dossier_format format,
                                                  const dossier_sink *sink, dossier_error *err);

#ifdef __cplusplus
}
#endif
#endif
