/* api/graph_internal.h - what is behind a dossier_graph: the network, and the public header's view of it */
#ifndef DS_API_GRAPH_INTERNAL_H
#define DS_API_GRAPH_INTERNAL_H

#include "api/internal.h"
#include "graph/graph.h"

struct dossier_graph {
  dossier_engine *engine;
  ds_arena arena;     /* lives as long as the graph: records, network, views */
  ds_arena answer;    /* what the last question returned */
  ds_network whole;   /* over all articles */
  ds_network network; /* what the selection left of it */
  const ds_record *records;
  ds_measures *measures; /* NULL until asked for */
  dossier_document *documents;
  dossier_actor *actors;
  dossier_claim *claims;
  dossier_tie *ties;
};

/* Fills in the four arrays of views from graph->network. */
dossier_status ds_graph_make_views(dossier_graph *graph, dossier_error *err);

#endif
