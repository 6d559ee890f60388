/* parse/packed.h - products of int8 weights on processors with AVX2 and no dot-product instruction
 *
 * There oneDNN widens every pair of products from 16 to 32 bits. As activations are at most 127, two such sums can be added
 * first wherever the four weights behind them are not too large together; where they are, what is too much is taken off
 * the weights and kept in a list of corrections. So the sums stay exact, with a quarter fewer multiplications than oneDNN.
 */
#ifndef DS_PARSE_PACKED_H
#define DS_PARSE_PACKED_H

#include "base/arena.h"
#include "base/error.h"
#include "parse/linear.h"

/* acc[out] += change * q[in] for every row; out counts from the panel's first. */
typedef struct ds_correction {
  uint32_t out;
  uint16_t in;
  int16_t change;
} ds_correction;

struct ds_packed {
  int8_t *panels; /* for each 16 outputs, for each 8 inputs: 8 outputs x inputs 0..3, x inputs 4..7, the other 8 outputs */
  ds_correction *corrections; /* in the order of their panels */
  uint32_t *correction_start; /* [panels + 1] */
};

/* Whether this way is the best one here: what oneDNN would use is AVX2 without dot products (so DNNL_MAX_CPU_ISA counts). */
bool ds_packed_wanted(void);

/* Sets linear->packed, in the arena; leaves it where linear->in is no multiple of 8 or above 65535. */
dossier_status ds_packed_make(ds_arena *arena, ds_linear *linear, dossier_error *err);

/* As ds_linear_product; q holds 0..127. Only where the processor has AVX2. */
void ds_packed_product(const ds_linear *linear, const uint8_t *q, size_t rows, int32_t *acc);

#endif
