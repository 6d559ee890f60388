/* graph/pairs.h - the network as an undirected simple graph: one edge for each two actors with a tie that counts
 *
 * What measures and paths share. Costs are whole numbers (millionths), so that sums are exact, equal is equal, and the last
 * bit of a machine's logarithm cannot change an order (I3).
 */
#ifndef DS_GRAPH_PAIRS_H
#define DS_GRAPH_PAIRS_H

#include "graph/graph.h"

#define DS_COST_UNIT 1000000.0 /* costs are counted in millionths */
#define DS_COST_STEP 0.25      /* every step costs this much beside -log(strength) */

typedef struct ds_pair {
  uint32_t low, high; /* actors, low < high */
  uint32_t *ties;     /* strongest first, then by number */
  size_t tie_count;
  uint32_t weight; /* sum over the ties */
  uint64_t cost;   /* of one step, in millionths; at least 1 */
} ds_pair;

typedef struct ds_neighbour {
  uint32_t actor, pair;
} ds_neighbour;

typedef struct ds_pairs {
  ds_pair *pairs; /* by low, high */
  size_t count;
  size_t actor_count;
  size_t *first;            /* actor's neighbours are neighbours[first[actor] .. first[actor + 1]) */
  ds_neighbour *neighbours; /* by actor */
} ds_pairs;

/* Everything lives in the arena. The only failure is memory. */
dossier_status ds_pairs_make(ds_arena *arena, const ds_network *network, bool with_denied, ds_pairs *out,
                             dossier_error *err);

#endif
