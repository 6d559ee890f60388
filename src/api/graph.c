#include "api/graph_internal.h"
#include "export/export.h"

#include <stdlib.h>
#include <string.h>

static dossier_status make(dossier_graph *graph, dossier_store *store, const dossier_selection *selection,
                           dossier_error *err) {
  ds_record *records = NULL;
  size_t count = 0;
  dossier_status status = ds_store_read(store->store, &graph->arena, &records, &count, err);
  graph->records = records;
  if (status == DOSSIER_OK)
    status = ds_network_make(&graph->arena, &graph->engine->ontology, records, count, &graph->whole, err);
  graph->network = graph->whole;
  if (status == DOSSIER_OK && selection)
    status = ds_network_select(&graph->arena, &graph->engine->ontology, &graph->whole, selection, &graph->network, err);
  return status == DOSSIER_OK ? ds_graph_make_views(graph, err) : status;
}

dossier_status dossier_graph_open(dossier_graph **out, dossier_store *store, dossier_engine *engine,
                                  const dossier_selection *selection, dossier_error *err) {
  *out = NULL;
  dossier_graph *graph = calloc(1, sizeof *graph);
  if (!graph) return ds_fail_memory(err);
  ds_arena_init(&graph->arena);
  ds_arena_init(&graph->answer);
  graph->engine = engine;
  dossier_status status = make(graph, store, selection, err);
  if (status != DOSSIER_OK) {
    dossier_graph_free(graph);
    return status;
  }
  *out = graph;
  return DOSSIER_OK;
}

void dossier_graph_free(dossier_graph *graph) {
  if (!graph) return;
  ds_arena_release(&graph->arena);
  ds_arena_release(&graph->answer);
  free(graph);
}

size_t dossier_graph_document_count(const dossier_graph *graph) {
  return graph->network.document_count;
}

const dossier_document *dossier_graph_document(const dossier_graph *graph, size_t index) {
  return index < graph->network.document_count ? &graph->documents[index] : NULL;
}

size_t dossier_graph_actor_count(const dossier_graph *graph) {
  return graph->network.actor_count;
}

const dossier_actor *dossier_graph_actor(const dossier_graph *graph, size_t index) {
  return index < graph->network.actor_count ? &graph->actors[index] : NULL;
}

size_t dossier_graph_tie_count(const dossier_graph *graph) {
  return graph->network.tie_count;
}

const dossier_tie *dossier_graph_tie(const dossier_graph *graph, size_t index) {
  return index < graph->network.tie_count ? &graph->ties[index] : NULL;
}

size_t dossier_graph_claim_count(const dossier_graph *graph) {
  return graph->network.claim_count;
}

const dossier_claim *dossier_graph_claim(const dossier_graph *graph, size_t index) {
  return index < graph->network.claim_count ? &graph->claims[index] : NULL;
}

dossier_status dossier_graph_measure(dossier_graph *graph, dossier_error *err) {
  if (graph->measures) return DOSSIER_OK;
  dossier_status status = ds_network_measure(&graph->arena, &graph->network, &graph->measures, err);
  if (status != DOSSIER_OK) {
    graph->measures = NULL;
    return status;
  }
  for (size_t i = 0; i < graph->network.actor_count; i++) {
    dossier_actor *actor = &graph->actors[i];
    const ds_measures *m = &graph->measures[i];
    actor->degree = m->degree;
    actor->strength = m->strength;
    actor->pagerank = m->pagerank;
    actor->betweenness = m->betweenness;
    actor->closeness = m->closeness;
    actor->community = m->community;
    actor->component = m->component;
  }
  return DOSSIER_OK;
}

static dossier_status path_views(dossier_graph *graph, const ds_path *paths, size_t count, const dossier_path **out,
                                 dossier_error *err) {
  dossier_path *views = DS_NEW_ARRAY(&graph->answer, dossier_path, count);
  if (!views) return ds_fail_memory(err);
  for (size_t p = 0; p < count; p++) {
    dossier_step *steps = DS_NEW_ARRAY(&graph->answer, dossier_step, paths[p].step_count);
    if (!steps) return ds_fail_memory(err);
    for (size_t s = 0; s < paths[p].step_count; s++) {
      const ds_path_step *from = &paths[p].steps[s];
      size_t *ties = DS_NEW_ARRAY(&graph->answer, size_t, from->tie_count);
      if (!ties) return ds_fail_memory(err);
      for (size_t t = 0; t < from->tie_count; t++) ties[t] = from->ties[t];
      steps[s] = (dossier_step){from->from, from->to, ties, from->tie_count};
    }
    views[p] = (dossier_path){steps, paths[p].step_count, paths[p].cost};
  }
  *out = views;
  return DOSSIER_OK;
}

dossier_status dossier_graph_paths(dossier_graph *graph, size_t from, size_t to, const dossier_path_options *options,
                                   const dossier_path **paths, size_t *count, dossier_error *err) {
  static const dossier_path_options defaults;
  if (!options) options = &defaults;
  *paths = NULL;
  *count = 0;
  if (from >= graph->network.actor_count || to >= graph->network.actor_count)
    return ds_fail(err, DOSSIER_USAGE, "there is no actor of that number");
  if (from == to) return ds_fail(err, DOSSIER_USAGE, "both ends of the path are %s", graph->actors[from].label);
  ds_path *found = NULL;
  ds_arena_clear(&graph->answer);
  dossier_status status =
      ds_network_paths(&graph->answer, &graph->network, (uint32_t)from, (uint32_t)to, options->k ? options->k : 3,
                       options->with_denied, options->max_steps, &found, count, err);
  if (status == DOSSIER_OK) status = path_views(graph, found, *count, paths, err);
  if (status != DOSSIER_OK) *count = 0;
  return status;
}

static dossier_status unknown_format(const char *format, dossier_error *err) {
  size_t count;
  const ds_export_format *formats = ds_export_formats(&count);
  ds_buf list;
  ds_buf_init(&list);
  for (size_t i = 0; i < count; i++) ds_buf_printf(&list, "%s%s", i ? ", " : "", formats[i].name);
  dossier_status status =
      ds_fail(err, DOSSIER_USAGE, "there is no export format '%s'; there are: %s", format, list.data ? list.data : "");
  ds_buf_release(&list);
  return status;
}

dossier_status dossier_graph_export(dossier_graph *graph, const char *format, const dossier_sink *sink,
                                    dossier_error *err) {
  const ds_export_format *found = ds_export_find(format);
  if (!found) return unknown_format(format, err);
  dossier_status status = dossier_graph_measure(graph, err);
  if (status != DOSSIER_OK) return status;
  ds_export export = {&graph->network, &graph->engine->ontology, graph->measures};
  return found->write(&export, sink, err);
}
