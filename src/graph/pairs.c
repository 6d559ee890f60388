#include "graph/pairs.h"

#include <math.h>
#include <stdlib.h>

/* What one article's word is worth, by certainty (docs/measures.md), before the claim's own confidence. */
static double certainty_share(uint8_t certainty) {
  return certainty == DS_STATED ? 0.9 : certainty == DS_REPORTED ? 0.6 : 0.3;
}

#define LEAST_CLAIM 0.01
#define MOST_STRENGTH 0.999

static double claim_strength(const ds_net_claim *claim) {
  double p = certainty_share(claim->certainty) * (double)claim->confidence;
  return p > LEAST_CLAIM ? p : LEAST_CLAIM; /* a NaN becomes the least too */
}

/* A walk over the claims of several ties. */
typedef struct claim_walk {
  const ds_network *network;
  const uint32_t *ties;
  size_t count, tie, at;
} claim_walk;

static const ds_net_claim *next_claim(claim_walk *walk) {
  for (; walk->tie < walk->count; walk->tie++, walk->at = 0) {
    const ds_net_tie *tie = &walk->network->ties[walk->ties[walk->tie]];
    if (walk->at < tie->claim_count) return &walk->network->claims[tie->claims[walk->at++]];
  }
  return NULL;
}

static uint32_t independent(const ds_network *network, const ds_net_claim *claim) {
  uint32_t copied = network->documents[claim->document].copy_of;
  return copied == DS_NONE ? claim->document : copied;
}

/* The best word of the claim's independent article; 0 where an earlier claim of that article has already counted. */
static double article_strength(claim_walk start, const ds_net_claim *claim) {
  uint32_t article = independent(start.network, claim);
  double best = 0;
  for (const ds_net_claim *other; (other = next_claim(&start));) {
    if (independent(start.network, other) != article) continue;
    if (best <= 0 && other != claim) return 0;
    best = fmax(best, claim_strength(other));
  }
  return best;
}

/* Quadratic in the claims between two actors, which are few, and free of memory that could fail. */
double ds_ties_strength(const ds_network *network, const uint32_t *ties, size_t count) {
  claim_walk start = {.network = network, .ties = ties, .count = count}, walk = start;
  double doubt = 1;
  for (const ds_net_claim *claim; (claim = next_claim(&walk));) doubt *= 1 - article_strength(start, claim);
  return fmin(1 - doubt, MOST_STRENGTH);
}

typedef struct ranked {
  uint32_t low, high, tie;
  double strength;
} ranked;

static int compare_ranked(const void *a, const void *b) {
  const ranked *x = a, *y = b;
  if (x->low != y->low) return x->low < y->low ? -1 : 1;
  if (x->high != y->high) return x->high < y->high ? -1 : 1;
  if (x->strength != y->strength) return x->strength > y->strength ? -1 : 1;
  return (x->tie > y->tie) - (x->tie < y->tie);
}

static size_t rank_ties(const ds_network *network, bool with_denied, ranked *out) {
  size_t count = 0;
  for (uint32_t i = 0; i < network->tie_count; i++) {
    const ds_net_tie *tie = &network->ties[i];
    if ((tie->polarity == DS_DENIED && !with_denied) || tie->subject == tie->object) continue;
    bool turn = tie->object < tie->subject;
    out[count++] = (ranked){.low = turn ? tie->object : tie->subject,
                            .high = turn ? tie->subject : tie->object,
                            .tie = i,
                            .strength = ds_ties_strength(network, &i, 1)};
  }
  qsort(out, count, sizeof *out, compare_ranked);
  return count;
}

static void finish_pair(const ds_network *network, ds_pair *pair) {
  for (size_t i = 0; i < pair->tie_count; i++) pair->weight += network->ties[pair->ties[i]].weight;
  double strength = ds_ties_strength(network, pair->ties, pair->tie_count);
  pair->cost = (uint64_t)llround((DS_COST_STEP - log(strength)) * DS_COST_UNIT);
}

/* Both ends of each pair, in order: pairs are sorted, so that the lower neighbours of an actor come before the higher ones. */
static void fill_neighbours(ds_pairs *pairs, size_t *next) {
  for (size_t a = 0; a < pairs->actor_count; a++) pairs->first[a + 1] += pairs->first[a];
  for (size_t a = 0; a < pairs->actor_count; a++) next[a] = pairs->first[a];
  for (uint32_t i = 0; i < pairs->count; i++)
    pairs->neighbours[next[pairs->pairs[i].high]++] = (ds_neighbour){pairs->pairs[i].low, i};
  for (uint32_t i = 0; i < pairs->count; i++)
    pairs->neighbours[next[pairs->pairs[i].low]++] = (ds_neighbour){pairs->pairs[i].high, i};
}

static bool make_pairs(ds_arena *arena, const ds_network *network, const ranked *order, size_t count, ds_pairs *out) {
  uint32_t *ties = DS_NEW_ARRAY(arena, uint32_t, count);
  out->pairs = DS_NEW_ARRAY(arena, ds_pair, count);
  out->first = DS_NEW_ARRAY(arena, size_t, network->actor_count + 1);
  if (!ties || !out->pairs || !out->first) return false;
  for (size_t i = 0; i < count; i++) {
    ties[i] = order[i].tie;
    ds_pair *pair = out->count ? &out->pairs[out->count - 1] : NULL;
    if (!pair || pair->low != order[i].low || pair->high != order[i].high) {
      pair = &out->pairs[out->count++];
      *pair = (ds_pair){.low = order[i].low, .high = order[i].high, .ties = ties + i};
      out->first[pair->low + 1]++;
      out->first[pair->high + 1]++;
    }
    pair->tie_count++;
  }
  for (size_t i = 0; i < out->count; i++) finish_pair(network, &out->pairs[i]);
  out->neighbours = DS_NEW_ARRAY(arena, ds_neighbour, out->count * 2);
  size_t *next = calloc(out->actor_count + 1, sizeof *next);
  if (out->neighbours && next) fill_neighbours(out, next);
  bool done = out->neighbours && next;
  free(next);
  return done;
}

dossier_status ds_pairs_make(ds_arena *arena, const ds_network *network, bool with_denied, ds_pairs *out,
                             dossier_error *err) {
  *out = (ds_pairs){.actor_count = network->actor_count};
  ranked *order = calloc(network->tie_count + 1, sizeof *order);
  bool done = order && make_pairs(arena, network, order, rank_ties(network, with_denied, order), out);
  free(order);
  return done ? DOSSIER_OK : ds_fail_memory(err);
}
