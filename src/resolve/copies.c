/* Which article copies which: runs of eight words that both have. A copy has at least half of the smaller article's runs, however
 * it was cut or given a new first paragraph; an article that tells the same news in its own words has few.
 *
 * Of long articles every fourth run is compared, chosen by its hash, so that the choice is the same in every article. A passage
 * that very many articles have (a syndicated text, or a publisher's standing lines) links them all to the first, not each to
 * each. */
#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "resolve/internal.h"
#include "when/edtf.h"

#define RUN_WORDS 8
#define SHORT_ARTICLE 400 /* runs; up to here all are compared */
#define LEAST_SHARED 10   /* runs that two articles must share, or their sampled part */
#define LEAST_SAMPLED 5
#define LEAST_SHARE .5
#define MANY 12 /* articles with one passage: from here on they are linked to the first alone */

typedef struct run {
  uint64_t hash;
  uint32_t rank; /* of the article: see order_articles */
} run;

typedef struct sizes {
  uint32_t all, sampled; /* distinct runs */
  bool is_short;
} sizes;

typedef struct pair {
  uint32_t early, late; /* ranks */
  uint32_t all, sampled;
} pair;

typedef DS_VEC(run) run_vec;
typedef DS_VEC(pair) pair_vec;
typedef DS_VEC(uint64_t) hash_vec;

typedef struct copies {
  uint32_t *by_rank; /* documents, originals before their copies */
  sizes *sizes;      /* by rank */
  run_vec runs;
  pair_vec pairs;
} copies;

/* ---- order ---- */

typedef struct rank_key {
  const ds_article *article;
  uint32_t document;
  int32_t day;
} rank_key;

static int compare_ranks(const void *a, const void *b) {
  const rank_key *x = a, *y = b;
  if (x->day != y->day) return x->day < y->day ? -1 : 1;
  if (x->article->text.len != y->article->text.len) return x->article->text.len > y->article->text.len ? -1 : 1;
  return rs_compare_articles(x->article, y->article);
}

/* The earliest published first (an unknown day last), then the longest, then by hash. */
static bool order_articles(rs_set *set, copies *c) {
  const ds_network *network = set->network;
  rank_key *keys = DS_NEW_ARRAY(set->scratch, rank_key, network->document_count);
  if (!keys) return false;
  for (uint32_t i = 0; i < network->document_count; i++) {
    int32_t last;
    keys[i] = (rank_key){.article = network->documents[i].article, .document = i};
    if (!ds_edtf_bounds(keys[i].article->published, &keys[i].day, &last)) keys[i].day = DS_DAY_MAX;
  }
  if (network->document_count) qsort(keys, network->document_count, sizeof *keys, compare_ranks);
  for (size_t i = 0; i < network->document_count; i++) c->by_rank[i] = keys[i].document;
  return true;
}

/* ---- runs of words ---- */

static int compare_hashes(const void *a, const void *b) {
  uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;
  return (x > y) - (x < y);
}

static bool is_sampled(uint64_t hash) {
  return hash % 4 == 0;
}

/* Hashes of the words of a text: letters and digits, lower case, without marks. */
static bool hash_words(ds_str text, hash_vec *words) {
  ds_buf low;
  size_t size;
  bool fine = true;
  ds_buf_init(&low);
  ds_utf8_fold(text, &low);
  ds_str folded = ds_buf_str(&low);
  for (size_t at = 0, start = 0; at <= folded.len && fine; at += size) {
    size = 1;
    uint32_t cp = at < folded.len ? ds_utf8_at(folded, at, &size) : ' ';
    if (ds_cp_is_alpha(cp) || ds_cp_is_digit(cp)) continue;
    if (at > start) fine = DS_PUSH(*words, ds_str_hash(ds_str_sub(folded, start, at)));
    start = at + size;
  }
  fine = fine && !low.failed;
  ds_buf_release(&low);
  return fine;
}

static uint64_t hash_run(const uint64_t *words) {
  uint64_t hash = 0xcbf29ce484222325u;
  for (size_t i = 0; i < RUN_WORDS; i++) {
    hash = (hash ^ words[i]) * 0x9e3779b97f4a7c15u;
    hash ^= hash >> 29;
  }
  return hash;
}

static bool add_article(copies *c, ds_str text, uint32_t rank, hash_vec *hashes) {
  size_t kept = 0;
  hashes->len = 0;
  if (!hash_words(text, hashes)) return false;
  size_t runs = hashes->len >= RUN_WORDS ? hashes->len - RUN_WORDS + 1 : 0;
  for (size_t i = 0; i < runs; i++) hashes->items[i] = hash_run(hashes->items + i);
  if (runs) qsort(hashes->items, runs, sizeof *hashes->items, compare_hashes);
  sizes *s = &c->sizes[rank];
  for (size_t i = 0; i < runs; i++) {
    if (kept && hashes->items[kept - 1] == hashes->items[i]) continue;
    hashes->items[kept++] = hashes->items[i];
    s->sampled += is_sampled(hashes->items[i]);
  }
  s->all = (uint32_t)kept;
  s->is_short = kept <= SHORT_ARTICLE;
  for (size_t i = 0; i < kept; i++)
    if ((s->is_short || is_sampled(hashes->items[i])) && !DS_PUSH(c->runs, (run){hashes->items[i], rank})) return false;
  return true;
}

static int compare_runs(const void *a, const void *b) {
  const run *x = a, *y = b;
  if (x->hash != y->hash) return x->hash < y->hash ? -1 : 1;
  return (x->rank > y->rank) - (x->rank < y->rank);
}

/* ---- pairs ---- */

static bool add_pair(copies *c, const run *early, const run *late) {
  bool sampled = is_sampled(early->hash);
  return DS_PUSH(c->pairs, (pair){early->rank, late->rank, 1, sampled});
}

static int compare_pairs(const void *a, const void *b) {
  const pair *x = a, *y = b;
  if (x->late != y->late) return x->late < y->late ? -1 : 1;
  return (x->early > y->early) - (x->early < y->early);
}

/* Adds up what stands of the same two articles, so that the array does not grow with the words that they share. */
static void fold_pairs(copies *c) {
  size_t kept = 0;
  if (c->pairs.len) qsort(c->pairs.items, c->pairs.len, sizeof *c->pairs.items, compare_pairs);
  for (size_t i = 0; i < c->pairs.len; i++) {
    pair *last = kept ? &c->pairs.items[kept - 1] : NULL;
    if (last && compare_pairs(last, &c->pairs.items[i]) == 0) {
      last->all += c->pairs.items[i].all;
      last->sampled += c->pairs.items[i].sampled;
    } else {
      c->pairs.items[kept++] = c->pairs.items[i];
    }
  }
  c->pairs.len = kept;
}

static bool make_pairs(copies *c) {
  size_t limit = 1 << 20;
  if (c->runs.len) qsort(c->runs.items, c->runs.len, sizeof *c->runs.items, compare_runs);
  for (size_t i = 0, next; i < c->runs.len; i = next) {
    const run *runs = c->runs.items;
    for (next = i + 1; next < c->runs.len && runs[next].hash == runs[i].hash;) next++;
    bool many = next - i > MANY;
    for (size_t late = i + 1; late < next; late++)
      for (size_t early = i; early < (many ? i + 1 : late); early++)
        if (!add_pair(c, &runs[early], &runs[late])) return false;
    if (c->pairs.len < limit) continue;
    fold_pairs(c);
    limit = c->pairs.len * 2 > limit ? c->pairs.len * 2 : limit;
  }
  fold_pairs(c);
  return true;
}

/* The part of the smaller article that both have; 0 where it is too little to say. */
static float share_of(const copies *c, const pair *p) {
  const sizes *a = &c->sizes[p->early], *b = &c->sizes[p->late];
  bool whole = a->is_short && b->is_short;
  uint32_t shared = whole ? p->all : p->sampled;
  uint32_t smaller = whole ? (a->all < b->all ? a->all : b->all) : (a->sampled < b->sampled ? a->sampled : b->sampled);
  if (shared < (whole ? LEAST_SHARED : LEAST_SAMPLED) || smaller == 0) return 0;
  return (float)shared / (float)smaller;
}

/* Pairs are in order of the later article, then of the earlier one: the first that shares enough is the original. */
static void mark_copies(ds_network *network, const copies *c) {
  for (size_t i = 0; i < c->pairs.len; i++) {
    const pair *p = &c->pairs.items[i];
    ds_net_document *late = &network->documents[c->by_rank[p->late]];
    const ds_net_document *early = &network->documents[c->by_rank[p->early]];
    float share = share_of(c, p);
    if (late->copy_of != DS_NONE || share < LEAST_SHARE) continue;
    late->copy_of = early->copy_of == DS_NONE ? c->by_rank[p->early] : early->copy_of;
    late->copy_share = share;
  }
}

/* The very same text under another publisher, date or address, however short it is. */
static bool mark_reposts(ds_network *network, const copies *c) {
  ds_map first;
  bool fine = true;
  ds_map_init(&first);
  for (uint32_t rank = 0; rank < network->document_count && fine; rank++) {
    ds_net_document *document = &network->documents[c->by_rank[rank]];
    ds_str hash = {document->article->sha256, strlen(document->article->sha256)};
    uint64_t early = 0;
    if (!ds_map_get(&first, hash, &early)) {
      fine = ds_map_put(&first, hash, c->by_rank[rank]);
    } else if (document->copy_of == DS_NONE) {
      uint32_t root = network->documents[early].copy_of;
      document->copy_of = root == DS_NONE ? (uint32_t)early : root;
      document->copy_share = 1;
    }
  }
  ds_map_release(&first);
  return fine;
}

dossier_status rs_copies(rs_set *set, dossier_error *err) {
  ds_network *network = set->network;
  copies c = {.by_rank = DS_NEW_ARRAY(set->scratch, uint32_t, network->document_count),
              .sizes = DS_NEW_ARRAY(set->scratch, sizes, network->document_count)};
  hash_vec hashes = {0};
  bool fine = c.by_rank && c.sizes && order_articles(set, &c);
  for (uint32_t rank = 0; rank < network->document_count && fine; rank++)
    fine = add_article(&c, network->documents[c.by_rank[rank]].article->text, rank, &hashes);
  fine = fine && make_pairs(&c);
  if (fine) mark_copies(network, &c);
  fine = fine && mark_reposts(network, &c);
  DS_VEC_RELEASE(hashes);
  DS_VEC_RELEASE(c.runs);
  DS_VEC_RELEASE(c.pairs);
  return fine ? DOSSIER_OK : ds_fail_memory(err);
}
