#include "api/internal.h"
#include "base/sha256.h"

#include <stdlib.h>
#include <string.h>

dossier_status ds_analysis_run(dossier_engine *engine, ds_parser *parser, ds_arena *arena, bool split,
                               ds_analysis *analysis, dossier_error *err) {
  const ds_article *article = &analysis->article;
  dossier_status status = split ? ds_text_split(arena, article->text, &analysis->text, err) : DOSSIER_OK;
  if (status == DOSSIER_OK) status = ds_parser_run(parser, arena, &analysis->text, false, &analysis->parse, err);
  if (status == DOSSIER_OK)
    status = ds_actors_find(arena, &engine->ontology, engine->gazetteer, &analysis->text, &analysis->parse,
                            &analysis->actors, err);
  if (status == DOSSIER_OK)
    status = ds_whens_find(arena, &analysis->text, &analysis->parse, article->published, &analysis->whens, err);
  if (status != DOSSIER_OK) return status;
  analysis->layers =
      (ds_layers){&analysis->text, &analysis->parse, &analysis->actors, &analysis->whens, article->published};
  return ds_claims_find(arena, &engine->ontology, engine->gazetteer, engine->frames, &analysis->layers,
                        &analysis->claims, err);
}

/* Runs the stages for a handle whose article is filled in; frees the handle where they fail. */
static dossier_status run(dossier_analysis **out, dossier_analysis *analysis, bool split, dossier_error *err) {
  ds_idle_parser *parser = NULL;
  dossier_status status = ds_engine_take_parser(analysis->engine, &parser, err);
  if (status == DOSSIER_OK)
    status = ds_analysis_run(analysis->engine, parser->parser, &analysis->arena, split, &analysis->layers, err);
  ds_engine_give_parser(analysis->engine, parser);
  if (status == DOSSIER_OK)
    *out = analysis;
  else
    dossier_analysis_free(analysis);
  return status;
}

static dossier_analysis *make(dossier_engine *engine) {
  dossier_analysis *analysis = calloc(1, sizeof *analysis);
  if (analysis) {
    ds_arena_init(&analysis->arena);
    analysis->engine = engine;
  }
  return analysis;
}

static ds_str keep(ds_arena *arena, const char *s, bool *memory) {
  ds_str copy = ds_arena_str(arena, ds_str_from(s));
  *memory = *memory && copy.ptr;
  return copy;
}

static dossier_status copy_metadata(ds_arena *arena, const dossier_article *from, ds_article *to, dossier_error *err) {
  bool memory = true;
  to->path = keep(arena, from->path, &memory);
  to->title = keep(arena, from->title, &memory);
  to->publisher = keep(arena, from->publisher, &memory);
  to->published = keep(arena, from->published, &memory);
  to->url = keep(arena, from->url, &memory);
  to->authors = DS_NEW_ARRAY(arena, ds_str, from->author_count);
  if (!to->authors) return ds_fail_memory(err);
  to->author_count = from->author_count;
  for (size_t i = 0; i < from->author_count; i++) to->authors[i] = keep(arena, from->authors[i], &memory);
  if (!memory) return ds_fail_memory(err);
  if (to->published.len && !ds_edtf_valid(to->published))
    return ds_fail(err, DOSSIER_USAGE, "'%s' is no date; write it as 2023-09-20, 2023-09 or 2023", to->published.ptr);
  return DOSSIER_OK;
}

dossier_status dossier_analyze(dossier_analysis **out, dossier_engine *engine, const dossier_article *article,
                               dossier_error *err) {
  *out = NULL;
  dossier_analysis *analysis = make(engine);
  if (!analysis) return ds_fail_memory(err);
  dossier_status status = ds_article_from_text(&analysis->arena, (ds_str){article->text, article->text_size},
                                               &analysis->layers.article, err);
  if (status == DOSSIER_OK) status = copy_metadata(&analysis->arena, article, &analysis->layers.article, err);
  if (status == DOSSIER_OK) return run(out, analysis, true, err);
  dossier_analysis_free(analysis);
  return status;
}

dossier_status dossier_analyze_conllu(dossier_analysis **out, dossier_engine *engine, const char *bytes, size_t size,
                                      const char *published, dossier_error *err) {
  *out = NULL;
  dossier_analysis *analysis = make(engine);
  ds_conllu *conllu = analysis ? DS_NEW(&analysis->arena, ds_conllu) : NULL;
  if (!conllu) {
    dossier_analysis_free(analysis);
    return ds_fail_memory(err);
  }
  dossier_article metadata = {.published = published};
  ds_analysis *layers = &analysis->layers;
  dossier_status status = copy_metadata(&analysis->arena, &metadata, &layers->article, err);
  if (status == DOSSIER_OK)
    status = ds_conllu_read(&analysis->arena, (ds_str){bytes, size}, &layers->text, conllu, err);
  if (status == DOSSIER_OK) {
    layers->conllu = conllu;
    layers->article.text = layers->text.text;
    ds_sha256_hex(layers->article.text, layers->article.sha256);
    return run(out, analysis, false, err);
  }
  dossier_analysis_free(analysis);
  return status;
}

void dossier_analysis_free(dossier_analysis *analysis) {
  if (!analysis) return;
  ds_arena_release(&analysis->arena);
  free(analysis);
}

static dossier_status write_record(const dossier_analysis *analysis, ds_buf *out, dossier_error *err) {
  ds_arena arena;
  ds_arena_init(&arena);
  ds_record record = {0};
  const ds_analysis *layers = &analysis->layers;
  dossier_status status = ds_record_make(&arena, &analysis->engine->ontology, &layers->article, &layers->layers,
                                         &layers->claims, &record, err);
  if (status == DOSSIER_OK) status = ds_record_write(&record, out, err);
  ds_arena_release(&arena);
  return status;
}

dossier_status dossier_analysis_write(const dossier_analysis *analysis, dossier_format format, const dossier_sink *sink,
                                      dossier_error *err) {
  ds_buf out;
  ds_buf_init(&out);
  dossier_status status = DOSSIER_OK;
  switch (format) {
    case DOSSIER_FORMAT_CONLLU: ds_conllu_write(&analysis->layers, &out); break;
    case DOSSIER_FORMAT_JSON:
      status = ds_layers_write_json(&analysis->engine->ontology, &analysis->layers, &out, err);
      break;
    case DOSSIER_FORMAT_TRIPLES: ds_triples_write(&analysis->layers, &out); break;
    case DOSSIER_FORMAT_RECORD: status = write_record(analysis, &out, err); break;
    default: status = ds_fail(err, DOSSIER_USAGE, "there is no format of number %d", (int)format);
  }
  if (status == DOSSIER_OK && out.failed) status = ds_fail_memory(err);
  if (status == DOSSIER_OK) status = ds_sink_write(sink, ds_buf_str(&out), err);
  ds_buf_release(&out);
  return status;
}
