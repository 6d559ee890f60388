/* parse/encoder.h - the transformer, over a batch of sequences packed one behind the other without padding
 *
 * Rows never see other sequences' rows except in attention, which keeps to its own sequence, and all sums are exact or in a fixed
 * order: a batch never changes a result.
 */
#ifndef DS_PARSE_ENCODER_H
#define DS_PARSE_ENCODER_H

#include "parse/model.h"

/* Rows of one batch. More rows cost memory and caches, and gain nothing: oneDNN is as fast with 128. */
#define DS_BATCH_ROWS 512

/* One sequence: rows [row, row + count) of the batch; of these, the kept ones are [keep, keep + keep_count) of keep_row. */
typedef struct ds_sequence {
  uint32_t row, count, keep, keep_count;
} ds_sequence;

typedef struct ds_encoder {
  const ds_model *model;
  const ds_kernels *kernels;
  size_t row_max;  /* also the longest sequence */
  uint32_t *piece; /* [row_max] */
  uint8_t *shape;  /* [row_max] number in the model */
  size_t rows;
  ds_sequence *sequences; /* [row_max] */
  size_t sequence_count;
  uint32_t *keep_row, *keep_to; /* [row_max] row inside of its sequence, rising; row of the caller's states */
  size_t keep_count;
  float *x;     /* [row_max][hidden] */
  float *y;     /* [row_max][3 * hidden] */
  float *mixed; /* [row_max][hidden] */
  float *wide;  /* [ffn] */
  float *scratch;
  uint8_t *q;      /* [row_max][ffn or hidden] */
  ds_quant *quant; /* [row_max] */
  int32_t *acc;    /* [row_max][widest layer] */
} ds_encoder;

dossier_status ds_encoder_init(ds_encoder *encoder, const ds_model *model, const ds_kernels *kernels,
                               dossier_error *err);
void ds_encoder_release(ds_encoder *encoder);

/* Whether a sequence of that many rows still fits; one of up to row_max always fits into an empty batch. */
bool ds_encoder_fits(const ds_encoder *encoder, size_t rows);
/* Begins a sequence, and adds rows to it. What was added must have fitted. keep: the row's final vector is wanted, in row `to`. */
void ds_encoder_begin(ds_encoder *encoder);
void ds_encoder_add(ds_encoder *encoder, uint32_t piece, uint8_t shape, bool keep, uint32_t to);
/* Encodes the batch, writes the kept rows' vectors to states[to * hidden], and empties the batch. */
dossier_status ds_encoder_run(ds_encoder *encoder, float *states, dossier_error *err);

#endif
