/* parse/packed.h - products of int8 weights on processors with AVX2 and no dot-product instruction
 *
 * There oneDNN widens every pair of products from 16 to 32 bits. As activations are at most 127, the sums of two pairs can be
 * added first, wherever the four weights behind them are not too large together. So the inputs are taken by fours, and two
 * fours go together where that holds for 16 outputs at a time: the sums stay exact, with a quarter fewer multiplications.
 */
#ifndef DS_PARSE_PACKED_H
#define DS_PARSE_PACKED_H

#include "base/arena.h"
#include "base/error.h"
#include "parse/linear.h"

/* 16 outputs. A step is two fours of inputs, of which the second may be nothing (its weights are 0). */
typedef struct ds_panel {
  const int8_t *weights;   /* [steps][2][2][8][4]: first or last 8 outputs; first or second four; output; input */
  const uint16_t *offsets; /* [steps][2]: the first input of each four */
  size_t steps;
} ds_panel;

struct ds_packed {
  ds_panel *panels; /* the last may have outputs that do not exist */
};

/* Whether this way is the best one here: what oneDNN would use is AVX2 without dot products (so DNNL_MAX_CPU_ISA counts). */
bool ds_packed_wanted(void);

/* Sets linear->packed, in the arena; leaves it where linear->in is no multiple of 4 or above 65535. */
dossier_status ds_packed_make(ds_arena *arena, ds_linear *linear, dossier_error *err);

/* As ds_linear_product; q holds 0..127. Only where the processor has AVX2. */
void ds_packed_product(const ds_linear *linear, const uint8_t *q, size_t rows, int32_t *acc);

#endif
