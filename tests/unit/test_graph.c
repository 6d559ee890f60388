/* Unit tests of src/graph and of resolve/ties.c, on networks made by hand (tests/interop/networks.h). */
#include <math.h>
#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "../interop/networks.h"
#include "graph/graph.h"
#include "graph/pairs.h"

#define NEAR(a, b) assert_true(fabs((a) - (b)) < 1e-6)

static void expect_str(ds_str got, const char *wanted) {
  if (!ds_str_eqz(got, wanted)) fail_msg("got \"%.*s\", wanted \"%s\"", DS_STR_ARG(got), wanted);
}

static void expect_in(const dossier_error *err, const char *words) {
  if (!strstr(err->message, words)) fail_msg("\"%s\" lacks \"%s\"", err->message, words);
}

/* A maker with documents d1 to d3 (d3 copies d1) and actors a to f. */
static maker *make_small(void) {
  maker *m = make_start();
  make_document(m, "d1", "Alpha Post", "2023-09-15", "One", "", "");
  make_document(m, "d2", "Beta", "2024", "Two", "", "");
  make_document(m, "d3", "Gamma", "2024-02", "Three", "", "");
  m->documents[2].copy_of = 0;
  for (char id[2] = "a"; id[0] <= 'f'; id[0]++) make_actor(m, id, id[0] < 'd' ? "person" : "state", id, "");
  return m;
}

static uint32_t tie_at(const ds_network *network, const char *id) {
  for (uint32_t i = 0; i < network->tie_count; i++)
    if (ds_str_eqz(network->ties[i].id, id)) return i;
  fail_msg("no tie %s", id);
  return DS_NONE;
}

static bool has_tie(const ds_network *network, const char *id) {
  for (uint32_t i = 0; i < network->tie_count; i++)
    if (ds_str_eqz(network->ties[i].id, id)) return true;
  return false;
}

/* ties */

static void ties_gather_claims(void **state) {
  maker *m = make_small();
  ds_net_claim *claim = make_claim(m, "d1", "b", "meets", "a");
  claim->certainty = DS_REPORTED;
  claim->date = DS_STR("2023-09");
  claim->speaker = actor_at(m, "c");
  claim = make_claim(m, "d3", "a", "meets", "b"); /* the copy */
  claim->certainty = DS_POSSIBLE;
  claim->date = DS_STR("2012");
  claim->speaker = actor_at(m, "c");
  claim->confidence = 0.95f;
  make_claim(m, "d2", "a", "supports", "b");
  make_claim(m, "d2", "b", "supports", "a");
  make_claim(m, "d2", "a", "supports", "b")->polarity = DS_DENIED;
  make_claim(m, "d2", "a", "supports", "a");
  const ds_network *n = made(m);
  assert_int_equal(n->tie_count, 4);
  const ds_net_tie *tie = &n->ties[tie_at(n, "a.meets.b")]; /* turned: the relation is symmetric */
  assert_int_equal(tie->claim_count, 2);
  assert_int_equal(tie->weight, 1); /* I5 */
  assert_int_equal(tie->certainty, DS_REPORTED);
  NEAR(tie->confidence, 0.95);
  assert_int_equal(tie->speaker_count, 1);
  expect_str(tie->first, "2012");
  expect_str(tie->last, "2023-09");
  assert_int_equal(n->ties[tie_at(n, "a.supports.b")].weight, 1);
  assert_int_equal(n->ties[tie_at(n, "a.supports.b.denied")].polarity, DS_DENIED); /* I9 */
  assert_true(has_tie(n, "b.supports.a"));
  for (size_t i = 0; i < n->claim_count; i++) {
    uint32_t of = n->claims[i].tie;
    assert_true((of == DS_NONE) == (n->claims[i].subject == n->claims[i].object));
    if (of == DS_NONE) continue;
    bool held = false;
    for (size_t c = 0; c < n->ties[of].claim_count; c++) held = held || n->ties[of].claims[c] == i;
    assert_true(held); /* I2 */
  }
  make_end(m);
}

/* strength */

static void strength_grows_with_evidence(void **state) {
  maker *m = make_small();
  make_claim(m, "d1", "a", "supports", "b")->confidence = 0.5f;
  make_claim(m, "d3", "a", "supports", "b")->confidence = 0.8f;
  make_claim(m, "d2", "a", "supports", "c")->confidence = 0.5f;
  make_claim(m, "d1", "a", "supports", "c")->confidence = 0.5f;
  make_claim(m, "d1", "a", "supports", "d")->certainty = DS_REPORTED;
  make_claim(m, "d1", "a", "supports", "e")->certainty = DS_POSSIBLE;
  make_claim(m, "d1", "a", "supports", "f")->confidence = NAN;
  const ds_network *n = made(m);
  uint32_t b = tie_at(n, "a.supports.b"), c = tie_at(n, "a.supports.c"), d = tie_at(n, "a.supports.d");
  uint32_t e = tie_at(n, "a.supports.e"), f = tie_at(n, "a.supports.f");
  NEAR(ds_ties_strength(n, &b, 1), 0.9 * 0.8); /* the copy's better word counts, once */
  NEAR(ds_ties_strength(n, &c, 1), 1 - 0.55 * 0.55);
  NEAR(ds_ties_strength(n, &d, 1), 0.6 * 0.9);
  NEAR(ds_ties_strength(n, &e, 1), 0.3 * 0.9);
  NEAR(ds_ties_strength(n, &f, 1), 0.01);
  uint32_t both[] = {b, c};
  NEAR(ds_ties_strength(n, both, 2), 1 - 0.28 * 0.55);
  assert_true(ds_ties_strength(n, both, 0) == 0);
  make_end(m);
}

static void strength_stays_below_one(void **state) {
  maker *m = make_start();
  char id[16];
  for (int i = 0; i < 40; i++) {
    snprintf(id, sizeof id, "d%02d", i);
    make_document(m, id, "P", "2020", "T", "", "");
  }
  make_actor(m, "a", "state", "A", "");
  make_actor(m, "b", "state", "B", "");
  for (uint32_t i = 0; i < 40; i++) make_claim_at(m, i, 0, "supports", 1)->confidence = 1;
  const ds_network *n = made(m);
  uint32_t tie = 0;
  NEAR(ds_ties_strength(n, &tie, 1), 0.999);
  assert_int_equal(n->ties[0].weight, 40);
  make_end(m);
}

/* measures */

static ds_measures *measure(maker *m) {
  ds_measures *out;
  dossier_error err = DOSSIER_ERROR_INIT;
  if (ds_network_measure(&m->arena, &m->network, &out, &err) != DOSSIER_OK) fail_msg("%s", err.message);
  return out;
}

static void measures_of_a_line(void **state) {
  maker *m = make_small(); /* a - b - c, d - e by a denied tie only, f alone */
  make_claim(m, "d1", "a", "supports", "b");
  make_claim(m, "d2", "a", "supports", "b");
  make_claim(m, "d2", "b", "accuses", "a");
  make_claim(m, "d1", "b", "meets", "c");
  make_claim(m, "d1", "d", "meets", "e")->polarity = DS_DENIED;
  made(m);
  ds_measures *x = measure(m);
  assert_true(x[0].degree == 1 && x[1].degree == 2 && x[2].degree == 1 && x[3].degree == 0);
  assert_true(x[0].strength == 3 && x[1].strength == 4 && x[2].strength == 1 && x[3].strength == 0);
  NEAR(x[1].betweenness, 1.0 / 6); /* one of the six pairs that the other four of five make */
  assert_true(x[0].betweenness == 0 && x[5].betweenness == 0);
  NEAR(x[1].closeness, 2.0 / 4);
  NEAR(x[0].closeness, 1.5 / 4);
  assert_true(x[3].closeness == 0 && x[5].closeness == 0 && x[5].pagerank == 0);
  double sum = 0;
  for (size_t a = 0; a < 6; a++) sum += x[a].pagerank;
  assert_true(fabs(sum - 1) < 1e-5);
  assert_true(x[1].pagerank > x[0].pagerank && x[0].pagerank > x[2].pagerank);
  const uint32_t components[] = {0, 0, 0, 1, 2, 3};
  for (size_t a = 0; a < 6; a++) assert_int_equal(x[a].component, components[a]);
  assert_int_equal(x[0].community, 0);
  assert_int_equal(x[5].community, x[3].community + 2);
  make_end(m);
}

static void communities_are_found(void **state) {
  maker *m = make_start(); /* two cliques of five and four actors, with one tie between them */
  make_document(m, "d1", "P", "2020", "T", "", "");
  for (char id[2] = "a"; id[0] <= 'i'; id[0]++) make_actor(m, id, "person", id, "");
  for (uint32_t i = 0; i < 9; i++)
    for (uint32_t j = i + 1; j < 9; j++)
      if ((i < 4) == (j < 4) || (i == 0 && j == 8)) make_claim_at(m, 0, i, "meets", j);
  made(m);
  ds_measures *x = measure(m);
  for (size_t a = 0; a < 9; a++) assert_int_equal(x[a].community, a < 4 ? 1 : 0); /* the larger one is number 0 */
  make_end(m);
}

static void empty_networks_are_measured(void **state) {
  maker *m = make_start();
  made(m);
  measure(m);
  make_document(m, "d1", "P", "2020", "T", "", "");
  make_actor(m, "a", "person", "A", "");
  made(m);
  assert_true(measure(m)[0].pagerank == 0);
  make_end(m);
}

static void *measure_often(void *context) {
  maker *m = context;
  for (int i = 0; i < 20; i++) {
    ds_arena arena;
    ds_measures *out;
    ds_arena_init(&arena);
    bool same = ds_network_measure(&arena, &m->network, &out, NULL) == DOSSIER_OK;
    for (size_t a = 0; same && a < m->network.actor_count; a++)
      same = out[a].pagerank > 0 && out[a].community < m->network.actor_count;
    ds_arena_release(&arena);
    if (!same) return m;
  }
  return NULL;
}

static void measures_are_the_same_from_all_threads(void **state) {
  maker *m = make_sample();
  ds_measures *before = measure(m);
  for (size_t a = 0; a < m->network.actor_count; a++)
    if (before[a].pagerank == 0) assert_true(before[a].degree == 0);
  ds_network all = m->network;
  size_t kept = 0; /* measure_often wants everybody tied */
  for (size_t a = 0; a < all.actor_count; a++) kept += before[a].degree > 0;
  assert_true(kept > 20);
  dossier_selection selection = {.polarity = "affirmed"};
  assert_int_equal(ds_network_select(&m->arena, &m->ontology, &all, &selection, &m->network, NULL), DOSSIER_OK);
  pthread_t threads[4];
  for (int i = 0; i < 4; i++) assert_int_equal(pthread_create(&threads[i], NULL, measure_often, m), 0);
  for (int i = 0; i < 4; i++) {
    void *failed;
    pthread_join(threads[i], &failed);
    assert_null(failed);
  }
  m->network = all;
  ds_measures *after = measure(m);
  assert_memory_equal(before, after, all.actor_count * sizeof *after);
  make_end(m);
}

/* paths */

static void expect_path(const maker *m, const ds_path *path, const char *wanted) {
  char got[256] = "";
  for (size_t i = 0; i < path->step_count; i++) {
    if (!i) strcat(got, m->actors[path->steps[i].from].id.ptr);
    strcat(got, m->actors[path->steps[i].to].id.ptr);
    if (i) assert_int_equal(path->steps[i].from, path->steps[i - 1].to);
  }
  assert_string_equal(got, wanted);
}

static ds_path *paths(maker *m, const char *from, const char *to, size_t k, bool denied, size_t most, size_t *count) {
  ds_path *out;
  dossier_error err = DOSSIER_ERROR_INIT;
  dossier_status status =
      ds_network_paths(&m->arena, &m->network, actor_at(m, from), actor_at(m, to), k, denied, most, &out, count, &err);
  assert_true(status == DOSSIER_OK || (status == DOSSIER_NONE && !*count));
  return out;
}

static void paths_in_order(void **state) {
  maker *m = make_small();
  make_claim(m, "d1", "b", "supports", "a"); /* against the direction */
  make_claim(m, "d1", "b", "supports", "d");
  make_claim(m, "d1", "a", "supports", "c");
  make_claim(m, "d1", "c", "supports", "d");
  make_claim(m, "d1", "a", "accuses", "d")->certainty = DS_POSSIBLE;
  make_claim(m, "d1", "d", "accuses", "e")->polarity = DS_DENIED;
  made(m);
  size_t count;
  ds_path *p = paths(m, "a", "d", 5, false, 0, &count);
  assert_int_equal(count, 3);
  expect_path(m, &p[0], "abd"); /* as cheap as acd, and first by order */
  expect_path(m, &p[1], "acd");
  expect_path(m, &p[2], "ad"); /* a weak claim */
  NEAR(p[0].cost, 2 * (0.25 - log(0.81)));
  NEAR(p[2].cost, 0.25 - log(0.27));
  assert_true(p[0].cost == p[1].cost);
  p = paths(m, "a", "d", 1, false, 0, &count);
  assert_int_equal(count, 1);
  p = paths(m, "a", "d", 5, false, 1, &count);
  assert_int_equal(count, 1);
  expect_path(m, &p[0], "ad");
  paths(m, "a", "e", 5, false, 0, &count);
  assert_int_equal(count, 0);
  p = paths(m, "a", "e", 9, true, 0, &count);
  assert_int_equal(count, 3);
  expect_path(m, &p[0], "abde");
  assert_int_equal(p[0].steps[2].tie_count, 1);
  make_end(m);
}

static void path_steps_hold_the_strongest_tie_first(void **state) {
  maker *m = make_small();
  make_claim(m, "d1", "a", "accuses", "b")->confidence = 0.4f;
  make_claim(m, "d1", "a", "supports", "b")->confidence = 0.9f;
  make_claim(m, "d2", "b", "meets", "a")->confidence = 0.5f;
  made(m);
  size_t count;
  ds_path *p = paths(m, "b", "a", 3, false, 0, &count);
  assert_int_equal(count, 1);
  assert_int_equal(p->steps[0].tie_count, 3);
  expect_str(m->network.ties[p->steps[0].ties[0]].id, "a.supports.b");
  expect_str(m->network.ties[p->steps[0].ties[1]].id, "a.meets.b");
  NEAR(p->cost, 0.25 - log(1 - (1 - 0.81) * (1 - 0.45)));
  dossier_error err = DOSSIER_ERROR_INIT;
  assert_int_equal(ds_network_paths(&m->arena, &m->network, 1, 1, 3, false, 0, &p, &count, &err), DOSSIER_USAGE);
  make_end(m);
}

/* All loopless paths by trying everything, to compare with. */
typedef struct trial {
  uint32_t nodes[8];
  size_t len;
  uint64_t cost;
} trial;
typedef struct trials {
  const ds_pairs *pairs;
  trial found[4000], now;
  size_t count, most;
  uint32_t to;
} trials;

static void try_all(trials *t) {
  uint32_t at = t->now.nodes[t->now.len - 1];
  if (at == t->to) {
    t->found[t->count++] = t->now;
    return;
  }
  for (size_t i = t->pairs->first[at]; i < t->pairs->first[at + 1] && t->now.len <= t->most; i++) {
    ds_neighbour n = t->pairs->neighbours[i];
    bool seen = false;
    for (size_t j = 0; j < t->now.len; j++) seen = seen || t->now.nodes[j] == n.actor;
    if (seen) continue;
    t->now.nodes[t->now.len++] = n.actor;
    t->now.cost += t->pairs->pairs[n.pair].cost;
    try_all(t);
    t->now.cost -= t->pairs->pairs[n.pair].cost;
    t->now.len--;
  }
}

static int compare_trials(const void *a, const void *b) {
  const trial *x = a, *y = b;
  if (x->cost != y->cost) return x->cost < y->cost ? -1 : 1;
  for (size_t i = 0; i < x->len && i < y->len; i++)
    if (x->nodes[i] != y->nodes[i]) return x->nodes[i] < y->nodes[i] ? -1 : 1;
  return 0;
}

static void compare_with_all(maker *m, size_t most, trials *t) {
  ds_pairs pairs;
  size_t count;
  assert_int_equal(ds_pairs_make(&m->arena, &m->network, false, &pairs, NULL), DOSSIER_OK);
  *t = (trials){.pairs = &pairs, .to = 6, .most = most ? most : 7, .now = {.nodes = {0}, .len = 1}};
  try_all(t);
  qsort(t->found, t->count, sizeof *t->found, compare_trials);
  ds_path *p = paths(m, "a", "g", 5000, false, most, &count);
  assert_int_equal(count, t->count);
  for (size_t i = 0; i < count; i++) {
    assert_int_equal(p[i].step_count, t->found[i].len - 1);
    for (size_t s = 0; s < p[i].step_count; s++) assert_int_equal(p[i].steps[s].to, t->found[i].nodes[s + 1]);
    NEAR(p[i].cost, (double)t->found[i].cost / 1e6);
  }
}

static void paths_are_all_paths(void **state) {
  trials *t = malloc(sizeof *t);
  assert_non_null(t);
  for (uint32_t seed = 1; seed <= 60; seed++) {
    uint32_t random = seed * 2654435761u;
    maker *m = make_start();
    make_document(m, "d1", "P", "2020", "T", "", "");
    for (char id[2] = "a"; id[0] <= 'g'; id[0]++) make_actor(m, id, "person", id, "");
    for (uint32_t i = 0; i < 7; i++) {
      for (uint32_t j = i + 1; j < 7; j++) {
        random = random * 1664525u + 1013904223u;
        if ((random >> 16) % 10 < 6)
          make_claim_at(m, 0, i, "meets", j)->confidence = (float)(1 + (random >> 24) % 3) / 4;
      }
    }
    made(m);
    for (size_t most = 0; most <= 4; most++) compare_with_all(m, most, t);
    make_end(m);
  }
  free(t);
}

/* finding */

static void expect_found(const maker *m, const char *name, const char *id) {
  uint32_t actor;
  dossier_error err = DOSSIER_ERROR_INIT;
  if (ds_network_find(&m->network, ds_str_from(name), &actor, &err) != DOSSIER_OK)
    fail_msg("%s: %s", name, err.message);
  expect_str(m->actors[actor].id, id);
}

static void actors_are_found_by_any_name(void **state) {
  maker *m = make_sample();
  expect_found(m, "iran", "iran");
  expect_found(m, "Tehran", "iran");
  expect_found(m, "the islamic emirate", "taliban");
  expect_found(m, "The IRGC", "revolutionary-guards");
  expect_found(m, "irgc qf", "quds-force");
  expect_found(m, "turkiye", "turkey");
  expect_found(m, " mullah   mansour ", "mullah-mansour");
  uint32_t actor;
  dossier_error err = DOSSIER_ERROR_INIT;
  assert_int_equal(ds_network_find(&m->network, DS_STR("Shamkani"), &actor, &err), DOSSIER_NONE);
  expect_in(&err, "Ali Shamkhani");
  assert_int_equal(ds_network_find(&m->network, DS_STR("..."), &actor, &err), DOSSIER_NONE);
  m->actors[0].aliases[0].name = DS_STR("Tehran");
  assert_int_equal(ds_network_find(&m->network, DS_STR("tehran"), &actor, &err), DOSSIER_USAGE);
  expect_in(&err, "(afghanistan)");
  expect_in(&err, "(iran)");
  make_end(m);
}

/* selections */

static ds_network pick(maker *m, dossier_selection selection) {
  ds_network out;
  dossier_error err = DOSSIER_ERROR_INIT;
  if (ds_network_select(&m->arena, &m->ontology, &m->network, &selection, &out, &err) != DOSSIER_OK)
    fail_msg("%s", err.message);
  for (size_t i = 0; i < out.claim_count; i++) { /* whatever is picked hangs together */
    const ds_net_claim *claim = &out.claims[i];
    assert_true(claim->subject < out.actor_count && claim->object < out.actor_count);
    assert_true(claim->speaker == DS_NONE || claim->speaker < out.actor_count);
    assert_true(claim->tie == DS_NONE || claim->tie < out.tie_count);
  }
  for (size_t i = 0; i < out.tie_count; i++) assert_true(out.ties[i].claim_count && out.ties[i].weight);
  for (size_t a = 1; a < out.actor_count; a++) assert_true(ds_str_cmp(out.actors[a - 1].id, out.actors[a].id) < 0);
  return out;
}

static dossier_status pick_fails(maker *m, dossier_selection selection, const char *words) {
  ds_network out;
  dossier_error err = DOSSIER_ERROR_INIT;
  dossier_status status = ds_network_select(&m->arena, &m->ontology, &m->network, &selection, &out, &err);
  assert_int_equal(status, err.status);
  expect_in(&err, words);
  return status;
}

static void nothing_asked_is_everything(void **state) {
  maker *m = make_sample();
  ds_network out;
  assert_int_equal(ds_network_select(&m->arena, &m->ontology, &m->network, NULL, &out, NULL), DOSSIER_OK);
  assert_memory_equal(&out, &m->network, sizeof out);
  out = pick(m, (dossier_selection){.min_weight = 1, .hops = 3});
  assert_int_equal(out.actor_count, m->network.actor_count);
  make_end(m);
}

static void selections_by_lists(void **state) {
  maker *m = make_sample();
  const char *const relations[] = {"arms", "supports"}, *const classes[] = {"support"}, *const kinds[] = {"state"};
  ds_network out = pick(m, (dossier_selection){.relations = relations, .relation_count = 2});
  assert_int_equal(out.tie_count, 4);
  size_t before = m->network.claim_count;
  assert_true(has_tie(&out, "iran.arms.taliban") && has_tie(&out, "iran.arms.taliban.denied"));
  out = pick(m, (dossier_selection){.relations = relations, .relation_count = 2, .polarity = "affirmed"});
  assert_int_equal(out.tie_count, 3);
  out = pick(m, (dossier_selection){.relations = relations, .relation_count = 1, .classes = classes, .class_count = 1});
  assert_int_equal(out.tie_count, 2);
  out = pick(m, (dossier_selection){.kinds = kinds, .kind_count = 1});
  assert_int_equal(out.tie_count, 6);
  assert_int_equal(m->network.claim_count, before);
  make_end(m);
}

static void selections_by_evidence(void **state) {
  maker *m = make_sample();
  ds_network out = pick(m, (dossier_selection){.source = "iran BRIEF"});
  assert_int_equal(out.tie_count, 1);
  assert_int_equal(out.ties[0].weight, 1); /* a copy alone stands for its original */
  assert_int_equal(out.actor_count, 3);    /* two ends and the speaker */
  assert_int_equal(out.documents[2].claim_count, 1);
  out = pick(m, (dossier_selection){.source = "articles/amu"});
  assert_true(out.claim_count > 5);
  out = pick(m, (dossier_selection){.source = "nowhere"});
  assert_int_equal(out.claim_count + out.actor_count + out.tie_count, 0);
  out = pick(m, (dossier_selection){.speaker = "Khatib"});
  assert_int_equal(out.claim_count, 3);
  out = pick(m, (dossier_selection){.certainty = "reported", .min_confidence = 0.7});
  for (size_t i = 0; i < out.claim_count; i++) assert_true(out.claims[i].certainty <= DS_REPORTED);
  assert_false(has_tie(&out, "iran.arms.taliban"));
  out = pick(m, (dossier_selection){.min_weight = 2});
  assert_int_equal(out.tie_count, 2);
  assert_int_equal(out.ties[tie_at(&out, "iran.cooperates_with.taliban")].weight, 3);
  out = pick(m, (dossier_selection){.min_weight = 2, .certainty = "stated"});
  assert_int_equal(out.ties[tie_at(&out, "iran.cooperates_with.taliban")].weight, 2);
  assert_int_equal(out.actors[0].claims, 2);
  make_end(m);
}

static void selections_by_date(void **state) {
  maker *m = make_sample();
  ds_network out = pick(m, (dossier_selection){.since = "1997", .until = "1997"});
  assert_int_equal(out.tie_count, 4); /* two of 1997, two of the nineties */
  out = pick(m, (dossier_selection){.since = "2023-09-16"});
  assert_true(has_tie(&out, "islamic-state.attacks.taliban")); /* "2023" may be later */
  assert_true(has_tie(&out, "iran.cooperates_with.taliban"));  /* "2021/.." is open */
  assert_false(has_tie(&out, "tasnim.affiliated_with.revolutionary-guards"));
  out = pick(m, (dossier_selection){.until = "1990"});
  assert_int_equal(out.tie_count, 2);
  make_end(m);
}

static void selections_around(void **state) {
  maker *m = make_sample();
  ds_network out = pick(m, (dossier_selection){.around = "Tasnim"});
  assert_int_equal(out.actor_count, 2);
  out = pick(m, (dossier_selection){.around = "Tasnim", .hops = 2});
  assert_int_equal(out.actor_count, 5 + 3);                   /* and who says so */
  assert_true(has_tie(&out, "iran.cooperates_with.taliban")); /* ties between those within reach stay */
  out = pick(m, (dossier_selection){.around = "nimruz", .hops = 9});
  assert_int_equal(out.actor_count, 1);
  assert_int_equal(out.tie_count, 0);
  make_end(m);
}

static void unknown_names_are_listed(void **state) {
  maker *m = make_sample();
  const char *const names[] = {"nothing"};
  assert_int_equal(pick_fails(m, (dossier_selection){.relations = names, .relation_count = 1}, "cooperates_with"),
                   DOSSIER_USAGE);
  assert_int_equal(pick_fails(m, (dossier_selection){.classes = names, .class_count = 1}, "conflict"), DOSSIER_USAGE);
  assert_int_equal(pick_fails(m, (dossier_selection){.kinds = names, .kind_count = 1}, "armed_group"), DOSSIER_USAGE);
  assert_int_equal(pick_fails(m, (dossier_selection){.polarity = "maybe"}, "affirmed, denied"), DOSSIER_USAGE);
  assert_int_equal(pick_fails(m, (dossier_selection){.certainty = "sure"}, "stated, reported, possible"),
                   DOSSIER_USAGE);
  assert_int_equal(pick_fails(m, (dossier_selection){.since = "yesterday"}, "2023-09-15"), DOSSIER_USAGE);
  assert_int_equal(pick_fails(m, (dossier_selection){.since = "2024", .until = "2023"}, "2023"), DOSSIER_USAGE);
  assert_int_equal(pick_fails(m, (dossier_selection){.around = "Talibn"}, "Taliban"), DOSSIER_USAGE);
  assert_int_equal(pick_fails(m, (dossier_selection){.speaker = "Nobody at all"}, "Nobody"), DOSSIER_USAGE);
  make_end(m);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(ties_gather_claims),
      cmocka_unit_test(strength_grows_with_evidence),
      cmocka_unit_test(strength_stays_below_one),
      cmocka_unit_test(measures_of_a_line),
      cmocka_unit_test(communities_are_found),
      cmocka_unit_test(empty_networks_are_measured),
      cmocka_unit_test(measures_are_the_same_from_all_threads),
      cmocka_unit_test(paths_in_order),
      cmocka_unit_test(path_steps_hold_the_strongest_tie_first),
      cmocka_unit_test(paths_are_all_paths),
      cmocka_unit_test(actors_are_found_by_any_name),
      cmocka_unit_test(nothing_asked_is_everything),
      cmocka_unit_test(selections_by_lists),
      cmocka_unit_test(selections_by_evidence),
      cmocka_unit_test(selections_by_date),
      cmocka_unit_test(selections_around),
      cmocka_unit_test(unknown_names_are_listed),
  };
  return cmocka_run_group_tests_name("graph", tests, NULL, NULL);
}
