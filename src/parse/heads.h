/* parse/heads.h - from the words' vectors to tags, trees and names
 *
 * A unit is what one tree covers: a sentence, or a part of a very long one. Its rows of `states` are the root's vector ([CLS]),
 * then one for each word. Several units are tagged at once; each is then decoded on its own.
 */
#ifndef DS_PARSE_HEADS_H
#define DS_PARSE_HEADS_H

#include "parse/model.h"
#include "parse/tree.h"

/* Rows of states; must hold a unit of DS_TREE_MAX words. */
#define DS_STATE_ROWS 2048

/* The labels' numbers in the model's lists. */
typedef struct ds_tags {
  uint16_t upos, xpos, feats, lemma, rel;
} ds_tags;

typedef struct ds_heads {
  const ds_model *model;
  const ds_kernels *kernels;
  float *states;             /* [DS_STATE_ROWS][hidden], filled by the caller */
  ds_tags *tags;             /* [row] */
  uint32_t *head;            /* [row] the head's row in its unit: 0 the root's, i the i-th word's */
  float *names;              /* [row][name tags] raw scores */
  float *arc_head, *arc_dep; /* [row][arc] */
  float *rel_head;           /* [row][rel] */
  uint8_t *q, *rel_q;        /* [row][hidden or arc], [row][rel] */
  ds_quant *quant, *rel_quant;
  int32_t *acc;
  size_t acc_size; /* int32 */
  float *line;     /* one row of scores */
  float *scores;   /* a unit's arc scores, and the heads transposed */
  size_t score_size;
  uint8_t *back; /* Viterbi's backward pointers of one unit */
  uint8_t *path; /* the name tags of the unit that was decoded last */
  ds_tree_work tree;
} ds_heads;

dossier_status ds_heads_init(ds_heads *heads, const ds_model *model, const ds_kernels *kernels, dossier_error *err);
void ds_heads_release(ds_heads *heads);

/* Everything about `rows` states that needs no tree: tags, name scores, the vectors of arcs and relations. */
dossier_status ds_heads_tag(ds_heads *heads, size_t rows, dossier_error *err);
/* The tree of the unit of `count` words whose root's row is `base`: fills head[base + 1 ..]. */
dossier_status ds_heads_tree(ds_heads *heads, size_t base, size_t count, dossier_error *err);
/* The unit's scores of arcs as ds_heads_tree left them: scores[i * stride + j], word i has head j. For tests. */
const float *ds_heads_scores(const ds_heads *heads, size_t count, size_t *stride);
/* The relation of each row to its head, after all trees: base_of[row] is the row of its unit's root. */
dossier_status ds_heads_relate(ds_heads *heads, size_t rows, const uint32_t *base_of, dossier_error *err);
/* The best sequence of name tags of a unit, in heads->path[0 .. count). */
void ds_heads_names(ds_heads *heads, size_t base, size_t count);
/* The probability of one tag of a row. */
float ds_heads_tag_probability(ds_heads *heads, size_t row, uint8_t tag);

#endif
