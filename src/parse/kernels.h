/* parse/kernels.h - the model's arithmetic on rows of floats, once for each instruction set
 *
 * Every version does the same IEEE operations in the same order (8 or 16 partial sums joined in a fixed tree, own
 * exponential, nothing contracted), so that all give the same bits; only the speed differs. Lengths called n are multiples of 32
 * unless said otherwise. No pointer needs an alignment beyond its type's.
 */
#ifndef DS_PARSE_KERNELS_H
#define DS_PARSE_KERNELS_H

#include "parse/linear.h"

#include <stdbool.h>
#include <stdlib.h>

typedef struct ds_kernels {
  const char *name; /* "avx512", "avx2", "base" */

  /* out = (word * scale + position) + shape */
  void (*embed)(const int8_t *word, float scale, const float *position, const float *shape, size_t n, float *out);
  /* Layer normalisation in place. */
  void (*norm)(float *x, size_t n, const float *weight, const float *bias, float eps);
  /* Rounds a row to 0..127. */
  ds_quant (*quantise)(const float *x, size_t n, uint8_t *q);

  /* Columns [first, first + count) of a product become floats: acc points to the row's start, out to the first result. Any count. */
  void (*dequant)(const ds_linear *linear, size_t first, size_t count, const int32_t *acc, ds_quant quant, float *out);
  /* The same, added to out: out = out + value. */
  void (*dequant_add)(const ds_linear *linear, size_t first, size_t count, const int32_t *acc, ds_quant quant,
                      float *out);
  /* The same through GELU (tanh form). */
  void (*dequant_gelu)(const ds_linear *linear, size_t first, size_t count, const int32_t *acc, ds_quant quant,
                       float *out);

  /* to[d * stride + j] = from[j * from_stride + d] for j < rows, d < depth (a multiple of 8); zero for j up to `stride`. */
  void (*transpose)(const float *from, size_t from_stride, size_t rows, size_t depth, float *to, size_t stride);
  /* out[i * stride + j] = a row i . column j of bt, over depth; bt as transpose made it, stride a multiple of 16. Any count of rows. */
  void (*products)(const float *a, size_t a_stride, size_t rows, const float *bt, size_t stride, size_t depth,
                   float *out);

  /* Attention of one sequence of n >= 1 pieces (any number). qkv: n rows of 3 * hidden. For query k (row rows[k], or k where rows
   * is NULL) the mixed values of all heads go to out + k * hidden. width: of a head, a multiple of 32.
   * scratch: ds_attend_scratch(n, width) floats. */
  void (*attend)(const float *qkv, size_t n, size_t hidden, size_t width, const uint32_t *rows, size_t count,
                 float *scratch, float *out);

  /* out[l] = sum over w of (columns l * width + w of the product) * head[w], for l < labels; width a multiple of 8. */
  void (*pair)(const ds_linear *linear, size_t labels, size_t width, const int32_t *acc, ds_quant quant,
               const float *head, float *out);

  /* x = exp(x), any n; below -87 gives 0, above 88 gives exp(88). */
  void (*exponential)(float *x, size_t n);
} ds_kernels;

/* The versions that this processor can run, best first; NULL past the last. The last, "base", runs everywhere. */
const ds_kernels *ds_kernels_at(size_t index);

/* Columns of a transposed matrix of that many rows: padded, and no multiple of 32, which would crowd the cache's sets. */
static inline size_t ds_padded(size_t rows) {
  size_t stride = (rows + 15) & ~(size_t)15;
  return stride & 16 ? stride : stride + 16;
}
static inline size_t ds_attend_scratch(size_t n, size_t width) {
  return (width + 4) * ds_padded(n);
}

/* Room for count items, at a cache line's start so that no vector crosses one; NULL where memory ran out. For free(). */
static inline void *ds_rows_alloc(size_t count, size_t size) {
  if (size && count > (SIZE_MAX - 63) / size) return NULL;
  return aligned_alloc(64, (count * size + 63) & ~(size_t)63);
}

/* The index of the greatest of count >= 1 values, the lowest of equals. */
size_t ds_argmax(const float *x, size_t count);

#endif
