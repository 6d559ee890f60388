/* graph/graph.h - the network as a graph: selections, measures, communities, paths
 *
 * The only room that includes igraph, and in one file of it. igraph runs in one thread at a time (its own limits), with an
 * error handler that returns instead of aborting. All results depend on the network alone: fixed order, fixed seed (I3).
 */
#ifndef DS_GRAPH_GRAPH_H
#define DS_GRAPH_GRAPH_H

#include "resolve/resolve.h"

#include <dossier/graph.h>

/* Keeps the claims that the selection asks for, and the actors and ties that follow from them; documents stay. The result
 * shares what it can with `network`. DOSSIER_USAGE for an unknown relation, class, kind or actor. */
dossier_status ds_network_select(ds_arena *arena, const ds_ontology *ontology, const ds_network *network,
                                 const dossier_selection *selection, ds_network *out, dossier_error *err);

/* Measures of one actor. Over the undirected simple graph of ties that are not denied; an edge's strength as in
 * ds_tie_strength. A measure that does not exist (closeness of an isolated actor) is 0. */
typedef struct ds_measures {
  double degree;      /* neighbours */
  double strength;    /* sum of the weights (independent articles) of its ties */
  double pagerank;    /* damping 0.85, weighted; sums to 1 */
  double betweenness; /* weighted by path cost, normalised to 0..1 */
  double closeness;   /* harmonic, normalised to 0..1 */
  uint32_t community; /* Leiden, modularity, fixed order and seed; numbered by size, then by smallest actor */
  uint32_t component; /* numbered by size, then by smallest actor */
} ds_measures;

/* One for each actor of the network, in the arena. */
dossier_status ds_network_measure(ds_arena *arena, const ds_network *network, ds_measures **out, dossier_error *err);

/* How well a set of ties between two actors is attested, in (0, 1]: 1 - prod(1 - p) over independent articles with p from
 * certainty and confidence, at most 0.999 (docs/measures.md). Denied ties count only where asked for. */
double ds_ties_strength(const ds_network *network, const uint32_t *ties, size_t count);

typedef struct ds_path_step {
  uint32_t from, to;
  uint32_t *ties; /* strongest first */
  size_t tie_count;
} ds_path_step;
typedef struct ds_path {
  ds_path_step *steps;
  size_t step_count;
  double cost;
} ds_path;

/* The k cheapest loopless paths (Yen), cost -log(strength) a step plus a small constant a step (docs/measures.md), ties in
 * cost broken by the actors' order. DOSSIER_NONE where there is none. */
dossier_status ds_network_paths(ds_arena *arena, const ds_network *network, uint32_t from, uint32_t to, size_t k,
                                bool with_denied, size_t max_steps, ds_path **out, size_t *count, dossier_error *err);

#endif
