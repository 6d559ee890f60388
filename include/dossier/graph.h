/* dossier/graph.h - actors and ties over all articles of a store
 *
 * A graph is worked out anew each time it is opened: the same articles give the same graph in whatever order they were added.
 * Actors, ties, claims and documents are numbered from 0 in an order that depends on the set alone.
 */
#ifndef DOSSIER_GRAPH_H
#define DOSSIER_GRAPH_H

#include <dossier/engine.h>
#include <dossier/error.h>
#include <dossier/sink.h>
#include <dossier/store.h>

#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#define DOSSIER_NOBODY ((size_t)-1)

typedef struct dossier_graph dossier_graph;

/* Which claims the graph is made of. Empty lists and zeros mean: all. Lists hold names and are joined by "or"; different
 * fields by "and". A name that the ontology or the store does not know is DOSSIER_USAGE. */
typedef struct dossier_selection {
  const char *since, *until; /* EDTF, both inclusive; a claim without a date is left out where either is given */
  const char *const *relations, *const *classes, *const *kinds; /* kinds: both ends must be of one of them */
  size_t relation_count, class_count, kind_count;
  const char *source;        /* part of a publisher's name or of a path, without regard to case */
  const char *speaker;       /* an actor by any of its names */
  const char *polarity;      /* "affirmed" or "denied" */
  const char *certainty;     /* "stated", "reported" or "possible": at least as sure */
  size_t min_weight;         /* independent articles behind a tie */
  double min_confidence;     /* of a claim */
  const char *around;        /* an actor: keep what lies within `hops` ties of it */
  unsigned hops;             /* 0 means 1 */
} dossier_selection;

/* selection may be NULL. Linear in the claims, n log n in the names. */
DOSSIER_API dossier_status dossier_graph_open(dossier_graph **out, dossier_store *store, dossier_engine *engine,
                                              const dossier_selection *selection, dossier_error *err);
DOSSIER_API void dossier_graph_free(dossier_graph *graph);

typedef struct dossier_document {
  const char *id, *path, *title, *publisher;
  const char *const *authors;
  size_t author_count;
  const char *published, *url, *sha256;
  size_t copy_of; /* document, or DOSSIER_NOBODY */
  double copy_share; /* share of its passages that stand in that document, 0..1 */
  const char *text;
} dossier_document;

typedef struct dossier_actor {
  const char *id, *kind, *label;
  const char *const *aliases;
  size_t alias_count;
  size_t documents, mentions, ties;
  /* Filled in by dossier_graph_measure; else 0. Over ties that are not denied, undirected, weights as in the header of paths. */
  double degree, strength, pagerank, betweenness, closeness;
  size_t community, component; /* numbered from 0, the largest first */
} dossier_actor;

typedef struct dossier_claim {
  const char *id;
  size_t subject, object; /* actors */
  const char *relation, *polarity, *certainty;
  size_t attribution;    /* actor, or DOSSIER_NOBODY */
  const char *role, *date, *date_basis;
  size_t document;
  uint32_t start, end;
  const char *quote;
  const char *subject_words, *object_words;
  double confidence;
  const char *rule;
} dossier_claim;

typedef struct dossier_tie {
  const char *id;
  size_t source, target; /* actors */
  const char *relation, *label, *class_name;
  int directed;
  const char *polarity, *certainty;
  size_t weight; /* independent articles */
  const size_t *speakers; /* actors */
  size_t speaker_count;
  const char *first, *last; /* EDTF, or "" */
  const size_t *claims;
  size_t claim_count;
} dossier_tie;

DOSSIER_API size_t dossier_graph_document_count(const dossier_graph *graph);
DOSSIER_API const dossier_document *dossier_graph_document(const dossier_graph *graph, size_t index);
DOSSIER_API size_t dossier_graph_actor_count(const dossier_graph *graph);
DOSSIER_API const dossier_actor *dossier_graph_actor(const dossier_graph *graph, size_t index);
DOSSIER_API size_t dossier_graph_tie_count(const dossier_graph *graph);
DOSSIER_API const dossier_tie *dossier_graph_tie(const dossier_graph *graph, size_t index);
DOSSIER_API size_t dossier_graph_claim_count(const dossier_graph *graph);
DOSSIER_API const dossier_claim *dossier_graph_claim(const dossier_graph *graph, size_t index);

/* The actor of this id or name (without regard to case and marks). DOSSIER_USAGE where it fits two (the message lists them);
 * DOSSIER_NONE where it fits none, with the nearest names in err->message. */
DOSSIER_API dossier_status dossier_graph_find(const dossier_graph *graph, const char *name, size_t *actor, dossier_error *err);
/* The claim of this id. DOSSIER_NONE where there is none. */
DOSSIER_API dossier_status dossier_graph_find_claim(const dossier_graph *graph, const char *id, size_t *claim, dossier_error *err);
/* Actors one of whose names holds all the words, the most connected first; all actors for "". *actors is owned by the graph
 * until the next call. */
DOSSIER_API dossier_status dossier_graph_search(dossier_graph *graph, const char *words, const size_t **actors, size_t *count,
                                                dossier_error *err);

/* Why an actor carries each of its names: one line a name, owned by the graph. */
DOSSIER_API dossier_status dossier_graph_why_actor(dossier_graph *graph, size_t actor, const char *const **lines, size_t *count,
                                                   dossier_error *err);

/* Fills in the measures of all actors (once; later calls do nothing). */
DOSSIER_API dossier_status dossier_graph_measure(dossier_graph *graph, dossier_error *err);

/* A way from one actor to another. Steps go along ties in either direction. A step between two actors costs -log of the
 * strength of all evidence between them (a figure in (0, 1] that grows with independent articles, certainty and confidence;
 * docs/measures.md), so that well-attested ways come first and a longer one wins only where each of its steps is much better attested. */
typedef struct dossier_step {
  size_t from, to;    /* actors */
  const size_t *ties; /* all ties between them that count, the strongest first */
  size_t tie_count;
} dossier_step;
typedef struct dossier_path {
  const dossier_step *steps;
  size_t step_count;
  double cost;
} dossier_path;
typedef struct dossier_path_options {
  size_t k;        /* at most so many; 0 means 3 */
  int with_denied; /* let denied ties count as steps too */
  size_t max_steps; /* 0: no limit */
} dossier_path_options;
/* The k cheapest loopless paths, cheapest first. DOSSIER_NONE where the two are not connected. *paths is owned by the graph
 * until the next call. options may be NULL. */
DOSSIER_API dossier_status dossier_graph_paths(dossier_graph *graph, size_t from, size_t to, const dossier_path_options *options,
                                               const dossier_path **paths, size_t *count, dossier_error *err);

/* Writes the graph: "graphml", "dot", "json". DOSSIER_USAGE for a format that is not known (the message lists them). */
DOSSIER_API dossier_status dossier_graph_export(dossier_graph *graph, const char *format, const dossier_sink *sink,
                                                dossier_error *err);

#ifdef __cplusplus
}
#endif
#endif
