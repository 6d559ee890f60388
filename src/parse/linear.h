/* parse/linear.h - a linear layer with int8 weights, and its product
 *
 * y[o] = (float)(sum of q[j] * weight[o][j] - zero * sum[o]) * (step * scale[o]) + bias[o], where the row q of a token is its
 * activations rounded to 0..127. With 7 bits the sums of oneDNN are exact on every instruction set (I3); the rest is
 * done by the kernels, row by row.
 */
#ifndef DS_PARSE_LINEAR_H
#define DS_PARSE_LINEAR_H

#include "base/error.h"

#include <stddef.h>
#include <stdint.h>

typedef struct ds_linear {
  const int8_t *weight; /* [out][in] */
  const float *scale;   /* [out] */
  const float *bias;    /* [out] */
  const int32_t *sum;   /* [out]: the sum of the row's weights */
  size_t out, in;
  const struct ds_packed
      *packed; /* the weights once more, in the order of parse/packed.h, or NULL: oneDNN multiplies */
} ds_linear;

/* How the activations of one row were rounded: value = (q - zero) * step. */
typedef struct ds_quant {
  float step;
  int32_t zero; /* 0..127 */
} ds_quant;

/* acc[rows][out] = q[rows][in] times the weights' transpose. q holds 0..127. Runs in the calling thread alone, if
 * ds_linear_single stands around it. */
dossier_status ds_linear_product(const ds_linear *linear, const uint8_t *q, size_t rows, int32_t *acc,
                                 dossier_error *err);

/* Keeps oneDNN's OpenMP from starting threads of its own in the calling thread: the caller's threads are the only ones. Returns
 * the setting from before, for ds_linear_restore. */
int ds_linear_single(void);
void ds_linear_restore(int threads);

#endif
