/* graph/graph.h - the network as a graph: selections, measures, communities, paths
 *
 * The only room that includes igraph, and in one file of it (measure.c). igraph runs in one thread at a time (its own limits),
 * with an error handler that returns instead of aborting. All results depend on the network alone: fixed order, fixed seed
 * (I3). The formulas and where they come from stand in docs/measures.md.
 */
#ifndef DS_GRAPH_GRAPH_H
#define DS_GRAPH_GRAPH_H

#include <dossier/graph.h>

#include "resolve/resolve.h"

/* Keeps the claims that the selection asks for, and the actors and ties that follow from them. The result
 * shares what it can with `network`, which is not written to.
 *
 *   dates       a claim stays where its span of days and [since, until] have a day in common: "2012" may be June 2012
 *   documents   all stay, but their actor_of becomes NULL (unless nothing was asked for)
 *   actors      the two ends and the speakers of claims that stay, and the actor of `around`; only they get numbers
 *   around      the subgraph of all actors within `hops` ties of it, in any direction, with the ties between them
 *   min_weight  counted after all other fields but `around`: the weight that the selected claims give a tie
 *   copies      a selected claim of a copy counts for its original, once, whether or not the original was selected
 *
 * DOSSIER_USAGE for a relation, class, kind, polarity, certainty, date or actor that is not known; the message lists the known
 * ones. A selection that fits nothing is DOSSIER_OK with an empty network. selection may be NULL: everything. */
dossier_status ds_network_select(ds_arena *arena, const ds_ontology *ontology, const ds_network *network,
                                 const dossier_selection *selection, ds_network *out, dossier_error *err);

/* The actor of this id or name, without regard to case, marks and a leading "the". An id wins over a label, a label over an
 * alias. DOSSIER_USAGE where it fits two (the message lists them); DOSSIER_NONE where it fits none, with the nearest names in
 * err->message. Linear in the names. */
dossier_status ds_network_find(const ds_network *network, ds_str name, uint32_t *actor, dossier_error *err);

/* Measures of one actor. Over the undirected simple graph of ties that are not denied, between the actors that have a tie; an
 * edge's strength as in ds_ties_strength. A measure that does not exist (closeness of an isolated actor, every measure of an
 * actor without a tie) is 0. Figures are already rounded to the six digits that are the same on every machine (I3). */
typedef struct ds_measures {
  double degree;      /* neighbours */
  double strength;    /* sum of the weights (independent articles) of its ties */
  double pagerank;    /* damping 0.85, weighted; sums to 1 */
  double betweenness; /* weighted by path cost, normalised to 0..1 */
  double closeness;   /* harmonic, in steps, normalised to 0..1 */
  uint32_t community; /* Leiden, modularity, fixed order and seed; numbered by size, then by smallest actor */
  uint32_t component; /* numbered by size, then by smallest actor */
} ds_measures;

/* One for each actor of the network, in the arena. Betweenness is the slowest: actors * ties * log(actors). */
dossier_status ds_network_measure(ds_arena *arena, const ds_network *network, ds_measures **out, dossier_error *err);

/* How well a set of ties between two actors is attested, in (0, 1]: 1 - prod(1 - p) over independent articles with p from
 * certainty and confidence, at most 0.999 (docs/measures.md). All ties given count, denied ones too: leave out what is not to
 * count. 0 for no ties. */
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
 * cost broken by the actors' order. Steps go along ties in either direction; denied ties count only with with_denied.
 * max_steps 0 means no limit. DOSSIER_NONE where there is none; DOSSIER_USAGE where both ends are one actor.
 * Time: k * steps * (ties * log(actors)). */
dossier_status ds_network_paths(ds_arena *arena, const ds_network *network, uint32_t from, uint32_t to, size_t k,
                                bool with_denied, size_t max_steps, ds_path **out, size_t *count, dossier_error *err);

#endif
