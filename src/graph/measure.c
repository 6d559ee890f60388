/* Measures, by igraph: the one file that includes it.
 *
 * Debian 12's igraph 0.10.2 is built with IGRAPH_THREAD_SAFE 0: its error handlers, its list of what to free on failure and its
 * random numbers are globals. So one lock stands around all of it, and what it finds set there is put back at the end for a
 * program that uses igraph itself. The default handlers abort; ours return.
 *
 * igraph sees only the actors that have a tie (a "vertex"), in the network's order.
 */
#include <igraph/igraph.h>
#include <math.h>
#include <pthread.h>
#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>

#include "graph/pairs.h"

#define DAMPING 0.85
#define LEIDEN_RANDOMNESS 0.01 /* igraph's default in its other languages */
#define LEIDEN_SEED 20230915
#define DIGITS 6

static pthread_mutex_t igraph_lock = PTHREAD_MUTEX_INITIALIZER;
static jmp_buf fatal_jump;         /* guarded by igraph_lock */
static bool igraph_broken = false; /* guarded by igraph_lock: a fault inside igraph left its globals in disorder */

static void on_fatal(const char *reason, const char *file, int line) {
  (void)reason, (void)file, (void)line;
  longjmp(fatal_jump, 1);
}

typedef struct measuring {
  const ds_pairs *pairs;
  uint32_t *vertex_of; /* of each actor, or DS_NONE */
  uint32_t *actor_of;  /* of each vertex */
  size_t vertices;
  ds_measures *out; /* one an actor */
  igraph_t graph;
  igraph_vector_t weights, costs, strengths, figures;
  igraph_vector_int_t edges, membership;
} measuring;

/* A figure with as many digits as are the same everywhere. The nudge moves values that lie exactly between two roundings (and
 * whose last bit may differ) to one side. */
static double rounded(double value) {
  char text[48];
  if (!isfinite(value) || value == 0) return 0;
  snprintf(text, sizeof text, "%.*e", DIGITS - 1, value * (1 + 1e-10));
  return strtod(text, NULL);
}

#define TRY(call)                                    \
  do {                                               \
    igraph_error_t try_code = (call);                \
    if (try_code != IGRAPH_SUCCESS) return try_code; \
  } while (0)

static igraph_error_t load(measuring *m) {
  for (size_t i = 0; i < m->pairs->count; i++) {
    const ds_pair *pair = &m->pairs->pairs[i];
    TRY(igraph_vector_int_push_back(&m->edges, m->vertex_of[pair->low]));
    TRY(igraph_vector_int_push_back(&m->edges, m->vertex_of[pair->high]));
    TRY(igraph_vector_push_back(&m->weights, pair->weight));
    TRY(igraph_vector_push_back(&m->costs, (igraph_real_t)pair->cost));
  }
  return igraph_add_edges(&m->graph, &m->edges, NULL);
}

static igraph_error_t measure_figures(measuring *m) {
  igraph_vs_t all = igraph_vss_all();
  double n = (double)m->vertices, betweens = (n - 1) * (n - 2) / 2;
  for (size_t v = 0; v < m->vertices; v++) {
    uint32_t actor = m->actor_of[v];
    m->out[actor].degree = (double)(m->pairs->first[actor + 1] - m->pairs->first[actor]);
  }
  TRY(igraph_strength(&m->graph, &m->strengths, all, IGRAPH_ALL, IGRAPH_LOOPS, &m->weights));
  for (size_t v = 0; v < m->vertices; v++) m->out[m->actor_of[v]].strength = VECTOR(m->strengths)[v];
  TRY(igraph_pagerank(&m->graph, IGRAPH_PAGERANK_ALGO_PRPACK, &m->figures, NULL, all, IGRAPH_UNDIRECTED, DAMPING,
                      &m->weights, NULL));
  for (size_t v = 0; v < m->vertices; v++) m->out[m->actor_of[v]].pagerank = rounded(VECTOR(m->figures)[v]);
  TRY(igraph_betweenness(&m->graph, &m->figures, all, IGRAPH_UNDIRECTED, &m->costs));
  for (size_t v = 0; v < m->vertices; v++)
    m->out[m->actor_of[v]].betweenness = betweens > 0 ? rounded(VECTOR(m->figures)[v] / betweens) : 0;
  TRY(igraph_harmonic_centrality(&m->graph, &m->figures, all, IGRAPH_ALL, NULL, true));
  for (size_t v = 0; v < m->vertices; v++) m->out[m->actor_of[v]].closeness = rounded(VECTOR(m->figures)[v]);
  return IGRAPH_SUCCESS;
}

static igraph_error_t measure_groups(measuring *m) {
  TRY(igraph_connected_components(&m->graph, &m->membership, NULL, NULL, IGRAPH_WEAK));
  for (size_t v = 0; v < m->vertices; v++) m->out[m->actor_of[v]].component = (uint32_t)VECTOR(m->membership)[v];
  if (m->pairs->count) { /* modularity divides by the edges */
    double twice = igraph_vector_sum(&m->strengths);
    TRY(igraph_community_leiden(&m->graph, &m->weights, &m->strengths, 1 / twice, LEIDEN_RANDOMNESS, false, -1,
                                &m->membership, NULL, NULL));
  }
  for (size_t v = 0; v < m->vertices; v++) m->out[m->actor_of[v]].community = (uint32_t)VECTOR(m->membership)[v];
  return IGRAPH_SUCCESS;
}

static igraph_error_t measure_seeded(measuring *m) {
  igraph_rng_t own;
  TRY(igraph_rng_init(&own, &igraph_rngtype_mt19937));
  igraph_error_t code = igraph_rng_seed(&own, LEIDEN_SEED);
  igraph_rng_set_default(&own);
  if (code == IGRAPH_SUCCESS) code = load(m);
  if (code == IGRAPH_SUCCESS) code = measure_figures(m);
  if (code == IGRAPH_SUCCESS) code = measure_groups(m);
  igraph_rng_destroy(&own);
  return code;
}

static igraph_error_t measure_all(measuring *m) {
  igraph_vector_t *reals[] = {&m->weights, &m->costs, &m->strengths, &m->figures};
  igraph_vector_int_t *ints[] = {&m->edges, &m->membership};
  size_t real_count = 0, int_count = 0;
  igraph_error_t code = IGRAPH_SUCCESS;
  while (code == IGRAPH_SUCCESS && real_count < 4)
    real_count += (code = igraph_vector_init(reals[real_count], 0)) == IGRAPH_SUCCESS;
  while (code == IGRAPH_SUCCESS && int_count < 2)
    int_count += (code = igraph_vector_int_init(ints[int_count], 0)) == IGRAPH_SUCCESS;
  if (code == IGRAPH_SUCCESS) code = igraph_empty(&m->graph, (igraph_integer_t)m->vertices, IGRAPH_UNDIRECTED);
  if (code == IGRAPH_SUCCESS) {
    code = measure_seeded(m);
    igraph_destroy(&m->graph);
  }
  while (real_count) igraph_vector_destroy(reals[--real_count]);
  while (int_count) igraph_vector_int_destroy(ints[--int_count]);
  return code;
}

/* Everything that touches igraph's globals. */
static igraph_error_t measure_locked(measuring *m) {
  volatile igraph_error_t code = IGRAPH_FAILURE;
  pthread_mutex_lock(&igraph_lock);
  igraph_error_handler_t *on_error = igraph_set_error_handler(igraph_error_handler_ignore);
  igraph_warning_handler_t *on_warning = igraph_set_warning_handler(igraph_warning_handler_ignore);
  igraph_rng_t random = *igraph_rng_default(); /* set_default copies the struct */
  igraph_fatal_handler_t *on_abort = igraph_set_fatal_handler(on_fatal);
  if (setjmp(fatal_jump) != 0)
    igraph_broken = true, code = IGRAPH_FAILURE;
  else if (!igraph_broken)
    code = measure_all(m);
  igraph_rng_set_default(&random);
  igraph_set_fatal_handler(on_abort);
  igraph_set_warning_handler(on_warning);
  igraph_set_error_handler(on_error);
  pthread_mutex_unlock(&igraph_lock);
  return code;
}

typedef struct group {
  uint32_t size, smallest, number;
} group;

static int compare_groups(const void *a, const void *b) {
  const group *x = a, *y = b;
  if (x->size != y->size) return x->size > y->size ? -1 : 1;
  return (x->smallest > y->smallest) - (x->smallest < y->smallest);
}

/* Numbers groups by size, the largest first, then by their smallest actor. Old numbers are below `count`. */
static bool renumber(uint32_t *numbers, size_t count) {
  group *groups = calloc(count + 1, sizeof *groups);
  uint32_t *fresh = calloc(count + 1, sizeof *fresh);
  if (groups && fresh) {
    for (uint32_t i = 0; i < count; i++) groups[i] = (group){.smallest = UINT32_MAX, .number = i};
    for (uint32_t i = 0; i < count; i++) {
      group *g = &groups[numbers[i]];
      if (!g->size++) g->smallest = i;
    }
    qsort(groups, count, sizeof *groups, compare_groups);
    for (uint32_t i = 0; i < count; i++) fresh[groups[i].number] = i;
    for (size_t i = 0; i < count; i++) numbers[i] = fresh[numbers[i]];
  }
  bool done = groups && fresh;
  free(groups);
  free(fresh);
  return done;
}

/* Actors without a tie become groups of their own, behind igraph's numbers. */
static bool renumber_groups(measuring *m, size_t actors) {
  uint32_t *numbers = calloc(actors + 1, sizeof *numbers);
  if (!numbers) return false;
  bool done = true;
  for (int which = 0; which < 2; which++) {
    uint32_t alone = (uint32_t)m->vertices;
    for (size_t a = 0; a < actors; a++)
      numbers[a] = m->vertex_of[a] == DS_NONE ? alone++ : which ? m->out[a].component : m->out[a].community;
    done = done && renumber(numbers, actors);
    for (size_t a = 0; a < actors; a++) *(which ? &m->out[a].component : &m->out[a].community) = numbers[a];
  }
  free(numbers);
  return done;
}

static bool number_vertices(ds_arena *scratch, const ds_network *network, measuring *m) {
  m->vertex_of = DS_NEW_ARRAY(scratch, uint32_t, network->actor_count);
  m->actor_of = DS_NEW_ARRAY(scratch, uint32_t, network->actor_count);
  if (!m->vertex_of || !m->actor_of) return false;
  for (size_t i = 0; i < network->tie_count; i++)
    m->vertex_of[network->ties[i].subject] = m->vertex_of[network->ties[i].object] = 1;
  for (uint32_t a = 0; a < network->actor_count; a++) {
    bool tied = m->vertex_of[a] != 0;
    if (tied) m->actor_of[m->vertices] = a;
    m->vertex_of[a] = tied ? (uint32_t)m->vertices++ : DS_NONE;
  }
  return true;
}

dossier_status ds_network_measure(ds_arena *arena, const ds_network *network, ds_measures **out, dossier_error *err) {
  ds_arena scratch;
  ds_arena_init(&scratch);
  ds_pairs pairs;
  measuring m = {.pairs = &pairs, .out = DS_NEW_ARRAY(arena, ds_measures, network->actor_count)};
  dossier_status status = ds_pairs_make(&scratch, network, false, &pairs, err);
  if (status == DOSSIER_OK && (!m.out || !number_vertices(&scratch, network, &m))) status = ds_fail_memory(err);
  if (status == DOSSIER_OK && m.vertices) {
    igraph_error_t code = measure_locked(&m);
    if (code == IGRAPH_ENOMEM)
      status = ds_fail_memory(err);
    else if (code != IGRAPH_SUCCESS)
      status = ds_fail(err, DOSSIER_SYSTEM, "igraph cannot measure this graph: %s", igraph_strerror(code));
  }
  if (status == DOSSIER_OK && !renumber_groups(&m, network->actor_count)) status = ds_fail_memory(err);
  ds_arena_release(&scratch);
  *out = m.out;
  return status;
}
