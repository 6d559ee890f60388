/* The k cheapest loopless paths, by Yen's algorithm with Lawler's rule against repeats.
 *
 * Why not igraph_get_k_shortest_paths: it has no limit on steps, its order among equally cheap paths is not stated (and costs
 * that are equal on paper differ in their last bits), and it would take igraph's one lock for a question that a store's reader
 * asks often. With whole-numbered costs the rule "cheapest, then first by the actors' order" is exact.
 */
#include <stdlib.h>
#include <string.h>

#include "base/vec.h"
#include "graph/pairs.h"

#define FAR UINT64_MAX

typedef struct route {
  uint32_t *nodes;
  size_t len;
  uint64_t cost;
  size_t deviation; /* the first node from which this route left the one it was made of */
} route;

typedef struct heap_item {
  uint64_t distance;
  uint32_t node;
} heap_item;

typedef struct search {
  ds_arena arena; /* routes and distances; dropped with the search */
  ds_pairs pairs;
  uint32_t target;
  size_t max_steps; /* 0: no limit */
  bool *blocked;    /* actors that stand in the fixed start of the route */
  uint32_t *banned; /* a first step to this actor is not allowed where the entry equals `round` */
  uint32_t round;
  uint32_t *way;  /* the route being made, with room for all actors */
  uint64_t **far; /* far[h][actor]: the cost to the target in h steps at most; with no limit only far[0] */
  size_t rows;
  DS_VEC(heap_item) heap;
  DS_VEC(route) candidates;
  DS_VEC(route) accepted;
} search;

static bool heap_push(search *s, heap_item item) {
  if (!DS_PUSH(s->heap, item)) return false;
  size_t at = s->heap.len - 1;
  for (; at && s->heap.items[(at - 1) / 2].distance > item.distance; at = (at - 1) / 2)
    s->heap.items[at] = s->heap.items[(at - 1) / 2];
  s->heap.items[at] = item;
  return true;
}

static heap_item heap_pop(search *s) {
  heap_item *h = s->heap.items, top = h[0], last = h[--s->heap.len];
  size_t at = 0, child;
  while ((child = at * 2 + 1) < s->heap.len) {
    if (child + 1 < s->heap.len && h[child + 1].distance < h[child].distance) child++;
    if (h[child].distance >= last.distance) break;
    h[at] = h[child];
    at = child;
  }
  h[at] = last;
  return top;
}

/* Dijkstra from the target over actors that are not blocked. */
static bool measure_all(search *s) {
  uint64_t *far = s->far[0];
  for (size_t a = 0; a < s->pairs.actor_count; a++) far[a] = FAR;
  far[s->target] = 0;
  s->heap.len = 0;
  if (!heap_push(s, (heap_item){0, s->target})) return false;
  while (s->heap.len) {
    heap_item item = heap_pop(s);
    if (item.distance > far[item.node]) continue;
    for (size_t i = s->pairs.first[item.node]; i < s->pairs.first[item.node + 1]; i++) {
      ds_neighbour n = s->pairs.neighbours[i];
      uint64_t distance = item.distance + s->pairs.pairs[n.pair].cost;
      if (s->blocked[n.actor] || distance >= far[n.actor]) continue;
      far[n.actor] = distance;
      if (!heap_push(s, (heap_item){distance, n.actor})) return false;
    }
  }
  return true;
}

/* Bellman-Ford, one row for each number of steps, up to `limit`. A walk that is cheapest for its number of steps never visits an
 * actor twice, as leaving out the round trip makes it cheaper and shorter. */
static bool measure_rows(search *s, size_t limit) {
  size_t actors = s->pairs.actor_count;
  for (size_t a = 0; a < actors; a++) s->far[0][a] = a == s->target ? 0 : FAR;
  for (size_t h = 1; h <= limit; h++) {
    if (!s->far[h]) s->far[h] = DS_NEW_ARRAY(&s->arena, uint64_t, actors);
    if (!s->far[h]) return false;
    memcpy(s->far[h], s->far[h - 1], actors * sizeof *s->far[h]);
    for (size_t i = 0; i < s->pairs.count; i++) {
      const ds_pair *p = &s->pairs.pairs[i];
      if (s->blocked[p->low] || s->blocked[p->high]) continue;
      uint64_t low = s->far[h - 1][p->low], high = s->far[h - 1][p->high];
      if (high != FAR && high + p->cost < s->far[h][p->low]) s->far[h][p->low] = high + p->cost;
      if (low != FAR && low + p->cost < s->far[h][p->high]) s->far[h][p->high] = low + p->cost;
    }
  }
  return true;
}

static uint64_t cost_from(const search *s, uint32_t actor, size_t steps_left) {
  return s->far[s->max_steps ? steps_left : 0][actor];
}

/* The cheapest next actor, the first of those that are equally cheap; DS_NONE where the target is out of reach. */
static uint32_t next_actor(const search *s, uint32_t at, size_t steps_left, bool first_step, uint64_t *cost) {
  uint32_t best = DS_NONE;
  uint64_t best_total = FAR;
  if (s->max_steps && !steps_left) return DS_NONE;
  for (size_t i = s->pairs.first[at]; i < s->pairs.first[at + 1]; i++) {
    ds_neighbour n = s->pairs.neighbours[i];
    if (s->blocked[n.actor] || (first_step && s->banned[n.actor] == s->round)) continue;
    uint64_t rest = cost_from(s, n.actor, steps_left ? steps_left - 1 : 0), step = s->pairs.pairs[n.pair].cost;
    if (rest == FAR || rest + step >= best_total) continue;
    best = n.actor;
    best_total = rest + step;
    *cost = step;
  }
  return best;
}

static uint64_t step_cost(const search *s, uint32_t from, uint32_t to) {
  for (size_t i = s->pairs.first[from]; i < s->pairs.first[from + 1]; i++)
    if (s->pairs.neighbours[i].actor == to) return s->pairs.pairs[s->pairs.neighbours[i].pair].cost;
  return FAR;
}

/* Completes base's nodes[0..at] to the target by the cheapest way that does not begin with a banned step. Nodes up to `at` are
 * blocked by the caller. found is false where there is no way. */
static bool complete(search *s, const route *base, size_t at, route *out, bool *found) {
  size_t left = s->max_steps ? s->max_steps - at : 0;
  bool done = s->max_steps ? measure_rows(s, left) : measure_all(s);
  *found = false;
  *out = (route){.len = at + 1, .deviation = at};
  if (!done) return false;
  memcpy(s->way, base->nodes, (at + 1) * sizeof *s->way);
  for (size_t i = 0; i < at; i++) out->cost += step_cost(s, base->nodes[i], base->nodes[i + 1]);
  while (s->way[out->len - 1] != s->target) {
    uint64_t cost = 0;
    uint32_t next = next_actor(s, s->way[out->len - 1], left, out->len == at + 1, &cost);
    if (next == DS_NONE) return true;
    s->way[out->len++] = next;
    out->cost += cost;
    left -= left > 0;
  }
  *found = true;
  out->nodes = DS_NEW_ARRAY(&s->arena, uint32_t, out->len);
  if (out->nodes) memcpy(out->nodes, s->way, out->len * sizeof *out->nodes);
  return out->nodes != NULL;
}

/* Bans the next actors of all accepted routes that begin like base up to `at`. */
static void ban_known(search *s, const route *base, size_t at) {
  s->round++;
  for (size_t i = 0; i < s->accepted.len; i++) {
    const route *known = &s->accepted.items[i];
    if (known->len > at + 1 && memcmp(known->nodes, base->nodes, (at + 1) * sizeof *base->nodes) == 0)
      s->banned[known->nodes[at + 1]] = s->round;
  }
}

/* All routes that leave the newest accepted one somewhere behind its own deviation: the cheapest of each. */
static bool branch(search *s) {
  route base = s->accepted.items[s->accepted.len - 1];
  bool done = true;
  for (size_t at = 0; done && at + 1 < base.len; at++) {
    s->blocked[base.nodes[at]] = true;
    if (at < base.deviation) continue;
    route made;
    bool found;
    ban_known(s, &base, at);
    done = complete(s, &base, at, &made, &found) && (!found || DS_PUSH(s->candidates, made));
  }
  for (size_t at = 0; at < base.len; at++) s->blocked[base.nodes[at]] = false;
  return done;
}

static bool cheaper(const route *a, const route *b) {
  if (a->cost != b->cost) return a->cost < b->cost;
  for (size_t i = 0; i < a->len && i < b->len; i++)
    if (a->nodes[i] != b->nodes[i]) return a->nodes[i] < b->nodes[i];
  return a->len < b->len;
}

static bool accept_best(search *s) {
  size_t best = 0;
  for (size_t i = 1; i < s->candidates.len; i++)
    if (cheaper(&s->candidates.items[i], &s->candidates.items[best])) best = i;
  route chosen = s->candidates.items[best];
  s->candidates.items[best] = s->candidates.items[--s->candidates.len];
  return DS_PUSH(s->accepted, chosen);
}

static bool prepare(search *s) {
  size_t actors = s->pairs.actor_count;
  if (s->max_steps >= actors) s->max_steps = 0; /* no loopless path is longer */
  s->rows = s->max_steps + 1;
  s->far = DS_NEW_ARRAY(&s->arena, uint64_t *, s->rows);
  s->blocked = DS_NEW_ARRAY(&s->arena, bool, actors);
  s->banned = DS_NEW_ARRAY(&s->arena, uint32_t, actors);
  s->way = DS_NEW_ARRAY(&s->arena, uint32_t, actors);
  if (s->far) s->far[0] = DS_NEW_ARRAY(&s->arena, uint64_t, actors);
  return s->far && s->blocked && s->banned && s->way && s->far[0];
}

static bool find_routes(search *s, uint32_t from, size_t k) {
  route start = {.nodes = &from, .len = 1}, made;
  bool found;
  if (!prepare(s)) return false;
  s->round = 1;
  s->blocked[from] = true;
  bool done = complete(s, &start, 0, &made, &found) && (!found || DS_PUSH(s->candidates, made));
  s->blocked[from] = false;
  while (done && s->candidates.len && s->accepted.len < k) {
    done = accept_best(s);
    if (done && s->accepted.len < k) done = branch(s);
  }
  return done;
}

static bool write_path(ds_arena *arena, const search *s, const route *found, ds_path *out) {
  out->step_count = found->len - 1;
  out->cost = (double)found->cost / DS_COST_UNIT;
  out->steps = DS_NEW_ARRAY(arena, ds_path_step, out->step_count);
  if (!out->steps) return false;
  for (size_t i = 0; i < out->step_count; i++) {
    ds_path_step *step = &out->steps[i];
    step->from = found->nodes[i];
    step->to = found->nodes[i + 1];
    const ds_pair *pair = NULL;
    for (size_t n = s->pairs.first[step->from]; !pair && n < s->pairs.first[step->from + 1]; n++)
      if (s->pairs.neighbours[n].actor == step->to) pair = &s->pairs.pairs[s->pairs.neighbours[n].pair];
    step->tie_count = pair->tie_count;
    step->ties = DS_NEW_ARRAY(arena, uint32_t, pair->tie_count);
    if (!step->ties) return false;
    memcpy(step->ties, pair->ties, pair->tie_count * sizeof *step->ties);
  }
  return true;
}

dossier_status ds_network_paths(ds_arena *arena, const ds_network *network, uint32_t from, uint32_t to, size_t k,
                                bool with_denied, size_t max_steps, ds_path **out, size_t *count, dossier_error *err) {
  *out = NULL;
  *count = 0;
  if (from >= network->actor_count || to >= network->actor_count)
    return ds_fail(err, DOSSIER_USAGE, "there is no actor of this number");
  if (from == to)
    return ds_fail(err, DOSSIER_USAGE, "a path needs two actors, and both names mean \"%.*s\"",
                   DS_STR_ARG(network->actors[from].label));
  search s = {.target = to, .max_steps = max_steps};
  dossier_status status = ds_pairs_make(&s.arena, network, with_denied, &s.pairs, err);
  if (status == DOSSIER_OK && !find_routes(&s, from, k)) status = ds_fail_memory(err);
  if (status == DOSSIER_OK && !s.accepted.len) status = DOSSIER_NONE;
  if (status == DOSSIER_OK && !(*out = DS_NEW_ARRAY(arena, ds_path, s.accepted.len))) status = ds_fail_memory(err);
  for (size_t i = 0; status == DOSSIER_OK && i < s.accepted.len; i++) {
    if (!write_path(arena, &s, &s.accepted.items[i], &(*out)[i])) status = ds_fail_memory(err);
    *count = i + 1;
  }
  DS_VEC_RELEASE(s.heap);
  DS_VEC_RELEASE(s.candidates);
  DS_VEC_RELEASE(s.accepted);
  ds_arena_release(&s.arena);
  return status;
}
