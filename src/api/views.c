/* The network in the words of dossier/graph.h: strings that end with a zero byte, size_t indexes. */
#include "api/graph_internal.h"

typedef struct viewer {
  ds_arena *arena;
  bool memory;
} viewer;

static const char *text_of(viewer *v, ds_str s) {
  ds_str copy = ds_arena_str(v->arena, s);
  if (!copy.ptr) v->memory = false;
  return copy.ptr ? copy.ptr : "";
}

static size_t index_of(uint32_t index) {
  return index == DS_NONE ? DOSSIER_NOBODY : index;
}

static const size_t *indexes_of(viewer *v, const uint32_t *from, size_t count) {
  size_t *out = DS_NEW_ARRAY(v->arena, size_t, count);
  if (!out) v->memory = false;
  for (size_t i = 0; out && i < count; i++) out[i] = from[i];
  return out;
}

static const char *const *texts_of(viewer *v, const ds_str *from, size_t count) {
  const char **out = DS_NEW_ARRAY(v->arena, const char *, count);
  if (!out) v->memory = false;
  for (size_t i = 0; out && i < count; i++) out[i] = text_of(v, from[i]);
  return out;
}

static dossier_document document_view(viewer *v, const ds_net_document *from) {
  const ds_article *article = from->article;
  return (dossier_document){.id = text_of(v, from->id),
                            .path = text_of(v, article->path),
                            .title = text_of(v, article->title),
                            .publisher = text_of(v, article->publisher),
                            .authors = texts_of(v, article->authors, article->author_count),
                            .author_count = article->author_count,
                            .published = text_of(v, article->published),
                            .url = text_of(v, article->url),
                            .sha256 = text_of(v, ds_str_from(article->sha256)),
                            .copy_of = index_of(from->copy_of),
                            .copy_share = (double)from->copy_share,
                            .text = article->text.ptr ? article->text.ptr : ""};
}

static dossier_actor actor_view(viewer *v, const dossier_engine *engine, const ds_net_actor *from) {
  const char **aliases = DS_NEW_ARRAY(v->arena, const char *, from->alias_count);
  if (!aliases) v->memory = false;
  for (size_t i = 0; aliases && i < from->alias_count; i++) aliases[i] = text_of(v, from->aliases[i].name);
  return (dossier_actor){.id = text_of(v, from->id),
                         .kind = engine->kinds[from->kind],
                         .label = text_of(v, from->label),
                         .aliases = aliases,
                         .alias_count = from->alias_count,
                         .documents = from->documents,
                         .mentions = from->mentions};
}

static dossier_claim claim_view(viewer *v, const dossier_engine *engine, const ds_net_claim *from) {
  return (dossier_claim){.id = text_of(v, from->id),
                         .subject = from->subject,
                         .object = from->object,
                         .relation = engine->relations[from->relation].name,
                         .polarity = ds_polarity_name(from->polarity),
                         .certainty = ds_certainty_name(from->certainty),
                         .attribution = index_of(from->speaker),
                         .role = text_of(v, from->role),
                         .date = text_of(v, from->date),
                         .date_basis = from->date_basis ? ds_date_basis_name(from->date_basis) : "",
                         .document = from->document,
                         .start = from->start,
                         .end = from->end,
                         .quote = text_of(v, from->quote),
                         .subject_words = text_of(v, from->subject_words),
                         .object_words = text_of(v, from->object_words),
                         .confidence = (double)from->confidence,
                         .rule = text_of(v, from->rule)};
}

static dossier_tie tie_view(viewer *v, const dossier_engine *engine, const ds_net_tie *from) {
  const dossier_relation *relation = &engine->relations[from->relation];
  return (dossier_tie){.id = text_of(v, from->id),
                       .source = from->subject,
                       .target = from->object,
                       .relation = relation->name,
                       .label = relation->label,
                       .class_name = relation->class_name,
                       .directed = !relation->symmetric,
                       .polarity = ds_polarity_name(from->polarity),
                       .certainty = ds_certainty_name(from->certainty),
                       .weight = from->weight,
                       .speakers = indexes_of(v, from->speakers, from->speaker_count),
                       .speaker_count = from->speaker_count,
                       .first = text_of(v, from->first),
                       .last = text_of(v, from->last),
                       .claims = indexes_of(v, from->claims, from->claim_count),
                       .claim_count = from->claim_count};
}

dossier_status ds_graph_make_views(dossier_graph *graph, dossier_error *err) {
  viewer v = {&graph->arena, true};
  const ds_network *n = &graph->network;
  graph->documents = DS_NEW_ARRAY(v.arena, dossier_document, n->document_count);
  graph->actors = DS_NEW_ARRAY(v.arena, dossier_actor, n->actor_count);
  graph->claims = DS_NEW_ARRAY(v.arena, dossier_claim, n->claim_count);
  graph->ties = DS_NEW_ARRAY(v.arena, dossier_tie, n->tie_count);
  if (!graph->documents || !graph->actors || !graph->claims || !graph->ties) return ds_fail_memory(err);
  for (size_t i = 0; i < n->document_count; i++) graph->documents[i] = document_view(&v, &n->documents[i]);
  for (size_t i = 0; i < n->actor_count; i++) graph->actors[i] = actor_view(&v, graph->engine, &n->actors[i]);
  for (size_t i = 0; i < n->claim_count; i++) graph->claims[i] = claim_view(&v, graph->engine, &n->claims[i]);
  for (size_t i = 0; i < n->tie_count; i++) {
    graph->ties[i] = tie_view(&v, graph->engine, &n->ties[i]);
    graph->actors[graph->ties[i].source].ties++;
    graph->actors[graph->ties[i].target].ties++;
  }
  return v.memory ? DOSSIER_OK : ds_fail_memory(err);
}
