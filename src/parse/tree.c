#include "parse/tree.h"

#include <stdlib.h>
#include <string.h>

/* Taken off each arc from the root, so that the best tree has one. */
#define ROOT_COST 1e6

/* An arc between words, as it stands in the sentence. */
struct arc {
  uint16_t word, head;
};

/* Contraction in place. A slot is a word or a set of words that a cycle merged; a node is a slot at one time: words are
 * nodes 0..n, each contraction makes a new one. */
struct state {
  size_t size;      /* slots: n + 1 */
  double *score;    /* [slot][slot of the head] */
  struct arc *arc;  /* [slot][slot of the head]: the words' arc behind that score */
  uint16_t *active; /* slots that still stand for themselves, 0 first */
  size_t active_count;
  uint16_t *head;     /* [slot] the best head's slot */
  uint16_t *node;     /* [slot] */
  uint16_t *parent;   /* [node] the node that swallowed it */
  struct arc *chosen; /* [node] the arc into it */
  uint16_t *mark;     /* [slot] for finding cycles */
  uint16_t *cycle;    /* slots of the cycle at hand */
  size_t cycle_count;
};

static size_t aligned(size_t size) {
  return (size + 15) & ~(size_t)15;
}

static bool state_init(struct state *s, ds_tree_work *work, size_t size) {
  size_t pairs = size * size;
  size_t parts[] = {
      aligned(pairs * sizeof(double)),        aligned(pairs * sizeof(struct arc)), aligned(size * sizeof(uint16_t)),
      aligned(size * sizeof(uint16_t)),       aligned(size * sizeof(uint16_t)),    aligned(2 * size * sizeof(uint16_t)),
      aligned(2 * size * sizeof(struct arc)), aligned(size * sizeof(uint16_t)),    aligned(size * sizeof(uint16_t))};
  size_t need = 0, count = sizeof parts / sizeof *parts;
  for (size_t i = 0; i < count; i++) need += parts[i];
  if (work->nodes < size) {
    free(work->memory);
    work->memory = malloc(need);
    work->nodes = work->memory ? size : 0;
    if (!work->memory) return false;
  }
  char *place[sizeof parts / sizeof *parts], *at = work->memory;
  for (size_t i = 0; i < count; i++) {
    place[i] = at;
    at += parts[i];
  }
  *s = (struct state){.size = size,
                      .score = (void *)place[0],
                      .arc = (void *)place[1],
                      .active = (void *)place[2],
                      .head = (void *)place[3],
                      .node = (void *)place[4],
                      .parent = (void *)place[5],
                      .chosen = (void *)place[6],
                      .mark = (void *)place[7],
                      .cycle = (void *)place[8]};
  return true;
}

void ds_tree_work_release(ds_tree_work *work) {
  free(work->memory);
  *work = (ds_tree_work){0};
}

static void fill(struct state *s, const float *scores, size_t stride) {
  for (size_t d = 1; d < s->size; d++) {
    for (size_t h = 0; h < s->size; h++) {
      s->score[d * s->size + h] = (double)scores[d * stride + h] - (h == 0 ? ROOT_COST : 0);
      s->arc[d * s->size + h] = (struct arc){(uint16_t)d, (uint16_t)h};
    }
  }
  for (size_t i = 0; i < s->size; i++) s->active[i] = s->node[i] = (uint16_t)i;
  s->active_count = s->size;
}

/* Finds the best head of a slot among the active ones; the first of equals. */
static void choose(struct state *s, size_t slot) {
  size_t best = slot;
  for (size_t i = 0; i < s->active_count; i++) {
    size_t h = s->active[i];
    if (h != slot && (best == slot || s->score[slot * s->size + h] > s->score[slot * s->size + best])) best = h;
  }
  s->head[slot] = (uint16_t)best;
}

/* Whether the chosen heads have a cycle, and which. */
static bool find_cycle(struct state *s) {
  memset(s->mark, 0, s->size * sizeof *s->mark);
  for (size_t i = 1; i < s->active_count; i++) {
    uint16_t walk = (uint16_t)i; /* marks of this walk */
    size_t slot = s->active[i];
    while (slot != 0 && s->mark[slot] == 0) {
      s->mark[slot] = walk;
      slot = s->head[slot];
    }
    if (slot == 0 || s->mark[slot] != walk) continue;
    size_t first = slot;
    s->cycle_count = 0;
    do {
      s->cycle[s->cycle_count++] = (uint16_t)slot;
      slot = s->head[slot];
    } while (slot != first);
    return true;
  }
  return false;
}

/* Arcs between the cycle and one slot outside become arcs of the cycle's first slot. */
static void merge_arcs(struct state *s, const double *kept, size_t other) {
  size_t n = s->size, into = s->cycle[0], from = s->cycle[0], first = s->cycle[0];
  double best_into = s->score[first * n + other] - kept[0];
  for (size_t i = 1; i < s->cycle_count; i++) {
    size_t c = s->cycle[i];
    double value = s->score[c * n + other] - kept[i];
    if (value > best_into) {
      best_into = value;
      into = c;
    }
    if (other && s->score[other * n + c] > s->score[other * n + from]) from = c;
  }
  s->score[first * n + other] = best_into;
  s->arc[first * n + other] = s->arc[into * n + other];
  if (other) {
    s->score[other * n + first] = s->score[other * n + from];
    s->arc[other * n + first] = s->arc[other * n + from];
  }
}

/* Merges the cycle into its first slot, as the new node. */
static void contract(struct state *s, size_t node, double *kept) {
  size_t n = s->size, first = s->cycle[0];
  memset(s->mark, 0, n * sizeof *s->mark);
  for (size_t i = 0; i < s->cycle_count; i++) {
    size_t c = s->cycle[i], at = c * n + s->head[c];
    kept[i] = s->score[at];
    s->chosen[s->node[c]] = s->arc[at];
    s->parent[s->node[c]] = (uint16_t)node;
    s->mark[c] = 1;
  }
  size_t count = 0;
  for (size_t i = 0; i < s->active_count; i++) {
    size_t other = s->active[i];
    if (!s->mark[other]) {
      merge_arcs(s, kept, other);
      if (other && s->mark[s->head[other]]) s->head[other] = (uint16_t)first;
    }
    if (!s->mark[other] || other == first) s->active[count++] = (uint16_t)other;
  }
  s->active_count = count;
  s->node[first] = (uint16_t)node;
  choose(s, first);
}

/* Opens the contractions again, the last first: the arc into a merged node goes to one of its parts, which loses its own. */
static void expand(struct state *s, size_t nodes, uint32_t *heads) {
  for (size_t i = 1; i < s->active_count; i++) {
    size_t slot = s->active[i];
    s->chosen[s->node[slot]] = s->arc[slot * s->size + s->head[slot]];
  }
  for (size_t node = nodes; node-- > s->size;) {
    size_t part = s->chosen[node].word;
    while (s->parent[part] != node) part = s->parent[part];
    s->chosen[part] = s->chosen[node];
  }
  for (size_t d = 1; d < s->size; d++) heads[d] = s->chosen[d].head;
}

/* Scores beyond ROOT_COST may leave several roots: all but the first hang on the first. */
static void one_root(size_t n, uint32_t *heads) {
  size_t root = 0;
  for (size_t d = 1; d <= n; d++) {
    if (heads[d] != 0) continue;
    if (root)
      heads[d] = (uint32_t)root;
    else
      root = d;
  }
}

/* Each word's best head, if they happen to make a tree. */
static bool greedy(const float *scores, size_t stride, size_t n, uint32_t *heads) {
  size_t roots = 0;
  for (size_t d = 1; d <= n; d++) {
    const float *row = scores + d * stride;
    size_t best = 0;
    for (size_t h = 1; h <= n; h++) {
      if (h != d && row[h] > row[best]) best = h;
    }
    heads[d] = (uint32_t)best;
    roots += best == 0;
  }
  if (roots != 1) return false;
  uint16_t mark[DS_TREE_MAX + 1] = {0};
  for (size_t d = 1; d <= n; d++) {
    size_t at = d;
    while (at != 0 && mark[at] == 0) {
      mark[at] = (uint16_t)d;
      at = heads[at];
    }
    if (at != 0 && mark[at] == d) return false;
  }
  return true;
}

bool ds_tree_decode(ds_tree_work *work, const float *scores, size_t stride, size_t n, uint32_t *heads) {
  if (n == 0 || greedy(scores, stride, n, heads)) return true;
  struct state s;
  double kept[DS_TREE_MAX + 1];
  if (!state_init(&s, work, n + 1)) return false;
  fill(&s, scores, stride);
  for (size_t slot = 1; slot < s.size; slot++) choose(&s, slot);
  size_t nodes = s.size;
  while (find_cycle(&s)) contract(&s, nodes++, kept);
  expand(&s, nodes, heads);
  one_root(n, heads);
  return true;
}
