/* tests/interop/networks.h - networks made by hand, without the pipeline, for the tests of graph/ and export/
 *
 * A maker gathers documents, actors and claims; made() orders and numbers them as resolve/ does. Every failure ends the test
 * program: these are tests.
 */
#ifndef TESTS_INTEROP_NETWORKS_H
#define TESTS_INTEROP_NETWORKS_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "resolve/resolve.h"

#define MOST 6000

typedef struct maker {
  ds_arena arena;
  ds_ontology ontology;
  ds_network network;
  ds_article articles[64];
  ds_net_document documents[64];
  ds_net_actor actors[MOST];
  ds_net_claim claims[MOST * 3];
  ds_net_alias aliases[MOST * 4];
  size_t alias_count;
} maker;

static inline void *must(void *pointer, const char *what) {
  if (pointer) return pointer;
  fprintf(stderr, "cannot make the network: %s\n", what);
  exit(2);
}

static inline const char *test_file(maker *m, const char *name) {
  const char *root = getenv("DOSSIER_TEST_ROOT");
  return ds_path_join(&m->arena, ds_str_from(root ? root : "."), ds_str_from(name)).ptr;
}

static inline maker *make_start(void) {
  maker *m = must(calloc(1, sizeof *m), "memory");
  dossier_error err = DOSSIER_ERROR_INIT;
  dossier_status status = ds_ontology_read(&m->arena, test_file(m, "schema/ontology.yaml"), &m->ontology, &err);
  must(status == DOSSIER_OK ? m : NULL, err.message);
  m->network = (ds_network){.documents = m->documents, .actors = m->actors, .claims = m->claims};
  return m;
}

static inline void make_end(maker *m) {
  ds_arena_release(&m->arena);
  free(m);
}

static inline ds_str kept(maker *m, const char *text) {
  return ds_arena_str(&m->arena, ds_str_from(text ? text : ""));
}

static inline uint32_t document_at(const maker *m, const char *id) {
  for (uint32_t i = 0; i < m->network.document_count; i++)
    if (ds_str_eqz(m->documents[i].id, id)) return i;
  return DS_NONE;
}

static inline uint32_t actor_at(const maker *m, const char *id) {
  for (uint32_t i = 0; i < m->network.actor_count; i++)
    if (ds_str_eqz(m->actors[i].id, id)) return i;
  return DS_NONE;
}

/* In the order of ids. copy_of may be "". */
static inline void make_document(maker *m, const char *id, const char *publisher, const char *published,
                                 const char *title, const char *url, const char *copy_of) {
  size_t n = m->network.document_count++;
  ds_article *article = &m->articles[n];
  article->path = ds_arena_printf(&m->arena, "articles/%s.txt", id);
  article->publisher = kept(m, publisher);
  article->published = kept(m, published);
  article->title = kept(m, title);
  article->url = kept(m, url);
  article->text = kept(m, "");
  memset(article->sha256, 'a', 64);
  snprintf(article->sha256, 65, "%064zx", n + 1);
  m->documents[n] = (ds_net_document){.id = kept(m, id), .record = (uint32_t)n, .article = article, .copy_of = DS_NONE};
}

/* In the order of ids. aliases are separated by "|". */
static inline uint32_t make_actor(maker *m, const char *id, const char *kind, const char *label, const char *aliases) {
  uint32_t n = (uint32_t)m->network.actor_count++;
  must(!n || ds_str_cmp(m->actors[n - 1].id, ds_str_from(id)) < 0 ? m : NULL, id);
  ds_net_actor *actor = &m->actors[n];
  *actor = (ds_net_actor){.id = kept(m, id), .label = kept(m, label), .owner = DS_NONE, .documents = 1, .mentions = 1};
  actor->kind = ds_ontology_kind(&m->ontology, ds_str_from(kind));
  must(actor->kind != DS_NO_KIND ? m : NULL, kind);
  actor->aliases = m->aliases + m->alias_count;
  ds_str rest = kept(m, aliases), name;
  while (ds_str_split(&rest, '|', &name))
    actor->aliases[actor->alias_count++] = (ds_net_alias){.name = name, .reason = DS_STR("name"), .documents = 1};
  m->alias_count += actor->alias_count;
  return n;
}

static inline ds_net_claim *make_claim_at(maker *m, uint32_t document, uint32_t subject, const char *relation,
                                          uint32_t object) {
  ds_net_claim *claim = &m->claims[m->network.claim_count++];
  *claim =
      (ds_net_claim){.document = document, .subject = subject, .object = object, .speaker = DS_NONE, .tie = DS_NONE};
  claim->relation = ds_ontology_relation(&m->ontology, ds_str_from(relation));
  must(claim->relation != DS_NO_RELATION ? m : NULL, relation);
  claim->confidence = 0.9f;
  claim->date = claim->role = claim->subject_words = claim->object_words = DS_STR("");
  claim->quote = DS_STR("so it is");
  claim->rule = DS_STR("test.rule");
  return claim;
}

static inline ds_net_claim *make_claim(maker *m, const char *document, const char *subject, const char *relation,
                                       const char *object) {
  uint32_t d = document_at(m, document), s = actor_at(m, subject), o = actor_at(m, object);
  must(d != DS_NONE ? m : NULL, document);
  must(s != DS_NONE ? m : NULL, subject);
  must(o != DS_NONE ? m : NULL, object);
  return make_claim_at(m, d, s, relation, o);
}

static inline int by_document(const void *a, const void *b) {
  const ds_net_claim *x = a, *y = b;
  if (x->document != y->document) return x->document < y->document ? -1 : 1;
  return (x->start > y->start) - (x->start < y->start);
}

/* Puts claims in order, numbers them, and ties them up. */
static inline const ds_network *made(maker *m) {
  ds_network *n = &m->network;
  for (size_t i = 0; i < n->claim_count; i++)
    m->claims[i].start = (uint32_t)(i * 100); /* the order they were made in */
  qsort(m->claims, n->claim_count, sizeof *m->claims, by_document);
  for (size_t i = 0, number = 0; i < n->claim_count; i++) {
    ds_net_claim *claim = &m->claims[i];
    number = i && claim[-1].document == claim->document ? number + 1 : 1;
    claim->id = ds_arena_printf(&m->arena, "%.*s.%zu", DS_STR_ARG(m->documents[claim->document].id), number);
    claim->end = claim->start + (uint32_t)claim->quote.len;
    m->actors[claim->subject].claims++;
    if (claim->subject != claim->object) m->actors[claim->object].claims++;
  }
  dossier_error err = DOSSIER_ERROR_INIT;
  must(ds_network_tie_up(&m->arena, &m->ontology, n, &err) == DOSSIER_OK ? m : NULL, err.message);
  return n;
}

static inline void read_row(maker *m, ds_str line) {
  const char *f[12] = {"", "", "", "", "", "", "", "", "", "", "", ""};
  ds_str part;
  for (size_t i = 0; i < 12 && ds_str_split(&line, '\t', &part); i++) f[i] = ds_arena_str(&m->arena, part).ptr;
  if (strcmp(f[0], "document") == 0) {
    make_document(m, f[1], f[2], f[3], f[4], f[5], f[6]);
    if (*f[6]) m->documents[m->network.document_count - 1].copy_of = document_at(m, f[6]);
  } else if (strcmp(f[0], "actor") == 0) {
    ds_net_actor *actor = &m->actors[make_actor(m, f[1], f[2], f[3], f[4])];
    actor->documents = (uint32_t)atoi(f[5]);
    actor->mentions = (uint32_t)atoi(f[6]);
  } else if (strcmp(f[0], "claim") == 0) {
    ds_net_claim *claim = make_claim(m, f[1], f[2], f[3], f[4]);
    claim->polarity = strcmp(f[5], "denied") == 0 ? DS_DENIED : DS_AFFIRMED;
    claim->certainty = strcmp(f[6], "stated") == 0     ? DS_STATED
                       : strcmp(f[6], "reported") == 0 ? DS_REPORTED
                                                       : DS_POSSIBLE;
    claim->speaker = *f[7] ? actor_at(m, f[7]) : DS_NONE;
    claim->date = ds_str_from(f[8]);
    claim->date_basis = *f[8] ? DS_DATE_TEXT : DS_DATE_NONE;
    claim->confidence = (float)atof(f[9]);
    claim->role = ds_str_from(f[10]);
    claim->quote = ds_str_from(f[11]);
  }
}

/* tests/interop/sample.tsv: 24 actors, five articles, one of them a copy. */
static inline maker *make_sample(void) {
  maker *m = make_start();
  ds_buf file = {0};
  dossier_error err = DOSSIER_ERROR_INIT;
  must(ds_file_read(test_file(m, "tests/interop/sample.tsv"), &file, &err) == DOSSIER_OK ? m : NULL, err.message);
  ds_str rest = ds_arena_str(&m->arena, ds_buf_str(&file)), line;
  ds_buf_release(&file);
  while (ds_str_split(&rest, '\n', &line)) read_row(m, line);
  made(m);
  return m;
}

#define HOSTILE_PARALLEL 20

/* The texts that break readers (shared notes on interop, section 10). */
static inline maker *make_hostile(void) {
  static const char *const labels[] = {"A & B < C > \"D\" 'E' \\N \\ F ]]> </script>",
                                       "\xE4\xBC\x8A\xE6\x9C\x97\xF0\x9F\x98\x80",
                                       "\xD8\xA5\xD9\x8A\xD8\xB1\xD8\xA7\xD9\x86 e\xCC\x81",
                                       "INF",
                                       "null",
                                       "NaN",
                                       "=cmd|' /C calc'!A0",
                                       "two\nlines\tand a tab",
                                       "control \x01\x1F bad \xED\xA0\x80 \xC3\x28 \xEF\xBF\xBE end",
                                       "&lt;b&gt; &amp;amp; \\\\G \\T",
                                       "@+:-->"};
  maker *m = make_start();
  make_document(m, "d1", "P & <Q> \"R\"", "2023-09", "T ]]> <t>", "https://example.org/?a=1&b=\"2\"", "");
  make_document(m, "d2", "", "", "", "javascript:alert(1)", "");
  make_actor(m, "B", "state", "Upper", "");
  for (size_t i = 0; i < sizeof labels / sizeof *labels; i++)
    make_actor(m, ds_arena_printf(&m->arena, "a%02zu", i).ptr, i % 2 ? "person" : "organization", labels[i],
               "x & y|<z>");
  make_actor(m, "b", "state", "Lower", "");
  make_actor(m, "isolated", "place", "Isolated", "");
  make_actor(m, "z-self", "other", "Self", "");
  char *long_quote = must(malloc(10241), "memory");
  for (size_t i = 0; i < 10240; i++) long_quote[i] = i % 60 == 59 ? '\n' : i % 7 == 6 ? '&' : 'q';
  long_quote[10240] = 0;
  make_claim(m, "d1", "a00", "supports", "a01")->quote = kept(m, long_quote);
  free(long_quote);
  static const char *const dates[] = {"",         "2021-21", "2017-06/..", "../2015",   "199X",
                                      "2024-08~", "1998-09", "2012",       "2023-09-15"};
  for (size_t i = 0; i + 1 < sizeof labels / sizeof *labels; i++) {
    ds_net_claim *claim = make_claim_at(m, i % 2, (uint32_t)i + 1, "accuses", (uint32_t)i + 2); /* actor 0 is "B" */
    claim->quote = kept(m, labels[i]);
    claim->date = ds_str_from(dates[i % 9]);
    claim->date_basis = *dates[i % 9] ? DS_DATE_TEXT : DS_DATE_NONE;
    claim->certainty = (uint8_t)(i % 3);
    claim->polarity = i % 4 == 3 ? DS_DENIED : DS_AFFIRMED;
    claim->speaker = i % 2 ? DS_NONE : (uint32_t)i + 1;
    claim->role = kept(m, "head & \"chief\"");
  }
  for (size_t i = 0; i < HOSTILE_PARALLEL; i++) { /* twice as many parallel edges */
    const char *relation = ds_arena_str(&m->arena, m->ontology.relations[i].name).ptr;
    make_claim(m, "d1", "a00", relation, "b");
    make_claim(m, "d2", "a00", relation, "b")->polarity = DS_DENIED;
  }
  make_claim(m, "d1", "z-self", "supports", "z-self"); /* no tie */
  made(m);
  return m;
}

#endif
