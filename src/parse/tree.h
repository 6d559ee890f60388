/* parse/tree.h - the best dependency tree of a sentence (Chu-Liu/Edmonds) */
#ifndef DS_PARSE_TREE_H
#define DS_PARSE_TREE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Words of one tree at most; longer sentences are cut by the caller. Bounds memory: 14 bytes a pair of words. */
#define DS_TREE_MAX 1000

/* Working memory, kept between calls. Starts as {0}. */
typedef struct ds_tree_work {
  void *memory;
  size_t nodes; /* it has room for */
} ds_tree_work;

void ds_tree_work_release(ds_tree_work *work);

/* Heads (0: the root, else the number of a word) of words 1..n, in heads[1..n], n <= DS_TREE_MAX: the tree with exactly one child
 * of the root that has the greatest sum of scores[word * stride + head], columns 0..n. Always a tree, whatever the scores (NaN too).
 * O(n^2). false where memory ran out. */
bool ds_tree_decode(ds_tree_work *work, const float *scores, size_t stride, size_t n, uint32_t *heads);

#endif
