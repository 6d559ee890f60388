#include "parse/encoder.h"

#include <stdlib.h>
#include <string.h>

static size_t most(size_t a, size_t b) {
  return a > b ? a : b;
}

dossier_status ds_encoder_init(ds_encoder *encoder, const ds_model *model, const ds_kernels *kernels,
                               dossier_error *err) {
  const ds_model_config *c = &model->config;
  size_t rows = c->positions < DS_BATCH_ROWS ? c->positions : DS_BATCH_ROWS;
  *encoder = (ds_encoder){.model = model, .kernels = kernels, .row_max = rows};
  encoder->piece = calloc(rows, sizeof *encoder->piece);
  encoder->shape = calloc(rows, sizeof *encoder->shape);
  encoder->sequences = calloc(rows, sizeof *encoder->sequences);
  encoder->keep_row = calloc(rows, sizeof *encoder->keep_row);
  encoder->keep_to = calloc(rows, sizeof *encoder->keep_to);
  encoder->x = ds_rows_alloc(rows * c->hidden, sizeof(float));
  encoder->y = ds_rows_alloc(rows * 3 * c->hidden, sizeof(float));
  encoder->mixed = ds_rows_alloc(rows * c->hidden, sizeof(float));
  encoder->wide = ds_rows_alloc(c->ffn, sizeof(float));
  encoder->scratch = ds_rows_alloc(ds_attend_scratch(rows, c->hidden / c->heads), sizeof(float));
  encoder->q = ds_rows_alloc(rows, most(c->ffn, c->hidden));
  encoder->quant = calloc(rows, sizeof *encoder->quant);
  encoder->acc = ds_rows_alloc(rows * most(c->ffn, 3 * c->hidden), sizeof(int32_t));
  if (encoder->piece && encoder->shape && encoder->sequences && encoder->keep_row && encoder->keep_to && encoder->x &&
      encoder->y && encoder->mixed && encoder->wide && encoder->scratch && encoder->q && encoder->quant && encoder->acc)
    return DOSSIER_OK;
  ds_encoder_release(encoder);
  return ds_fail_memory(err);
}

void ds_encoder_release(ds_encoder *encoder) {
  free(encoder->piece);
  free(encoder->shape);
  free(encoder->sequences);
  free(encoder->keep_row);
  free(encoder->keep_to);
  free(encoder->x);
  free(encoder->y);
  free(encoder->mixed);
  free(encoder->wide);
  free(encoder->scratch);
  free(encoder->q);
  free(encoder->quant);
  free(encoder->acc);
  *encoder = (ds_encoder){0};
}

bool ds_encoder_fits(const ds_encoder *encoder, size_t rows) {
  return rows <= encoder->row_max - encoder->rows;
}

void ds_encoder_begin(ds_encoder *encoder) {
  encoder->sequences[encoder->sequence_count++] =
      (ds_sequence){.row = (uint32_t)encoder->rows, .keep = (uint32_t)encoder->keep_count};
}

void ds_encoder_add(ds_encoder *encoder, uint32_t piece, uint8_t shape, bool keep, uint32_t to) {
  ds_sequence *sequence = &encoder->sequences[encoder->sequence_count - 1];
  encoder->piece[encoder->rows] = piece;
  encoder->shape[encoder->rows++] = shape;
  if (keep) {
    encoder->keep_row[encoder->keep_count] = sequence->count;
    encoder->keep_to[encoder->keep_count++] = to;
    sequence->keep_count++;
  }
  sequence->count++;
}

static void embed(ds_encoder *e) {
  const ds_model *m = e->model;
  size_t hidden = m->config.hidden;
  for (size_t s = 0; s < e->sequence_count; s++) {
    for (size_t i = 0; i < e->sequences[s].count; i++) {
      size_t row = e->sequences[s].row + i, piece = e->piece[row];
      float *x = e->x + row * hidden;
      e->kernels->embed(m->word + piece * hidden, m->word_scale[piece], m->position + i * hidden,
                        m->shape + e->shape[row] * hidden, hidden, x);
      e->kernels->norm(x, hidden, m->embed_norm.weight, m->embed_norm.bias, m->config.eps);
      e->quant[row] = e->kernels->quantise(x, hidden, e->q + row * hidden);
    }
  }
}

/* From q to the mixed values of all sequences in q again. In the last layer only the kept rows ask; x is then cut to these. Returns
 * the number of rows that go on. */
static size_t attend(ds_encoder *e, const ds_layer *layer, bool last) {
  const ds_model_config *c = &e->model->config;
  size_t hidden = c->hidden, done = 0;
  for (size_t row = 0; row < e->rows; row++)
    e->kernels->dequant(&layer->qkv, 0, 3 * hidden, e->acc + row * 3 * hidden, e->quant[row], e->y + row * 3 * hidden);
  for (size_t s = 0; s < e->sequence_count; s++) {
    const ds_sequence *sequence = &e->sequences[s];
    const uint32_t *rows = last ? e->keep_row + sequence->keep : NULL;
    size_t count = last ? sequence->keep_count : sequence->count;
    if (count == 0) continue;
    e->kernels->attend(e->y + sequence->row * 3 * hidden, sequence->count, hidden, hidden / c->heads, rows, count,
                       e->scratch, e->mixed);
    for (size_t k = 0; k < count; k++, done++) {
      e->quant[done] = e->kernels->quantise(e->mixed + k * hidden, hidden, e->q + done * hidden);
      if (last) memmove(e->x + done * hidden, e->x + (sequence->row + rows[k]) * hidden, hidden * sizeof(float));
    }
  }
  return done;
}

/* x = norm(x + product), and its rounded form. */
static void add_norm(ds_encoder *e, const ds_linear *linear, const ds_norm *norm, size_t rows) {
  size_t hidden = e->model->config.hidden;
  for (size_t row = 0; row < rows; row++) {
    float *x = e->x + row * hidden;
    e->kernels->dequant_add(linear, 0, hidden, e->acc + row * hidden, e->quant[row], x);
    e->kernels->norm(x, hidden, norm->weight, norm->bias, e->model->config.eps);
    e->quant[row] = e->kernels->quantise(x, hidden, e->q + row * hidden);
  }
}

static dossier_status run_layer(ds_encoder *e, const ds_layer *layer, bool last, dossier_error *err) {
  size_t ffn = e->model->config.ffn;
  dossier_status status = ds_linear_product(&layer->qkv, e->q, e->rows, e->acc, err);
  if (status) return status;
  size_t rows = attend(e, layer, last);
  status = ds_linear_product(&layer->out, e->q, rows, e->acc, err);
  if (status) return status;
  add_norm(e, &layer->out, &layer->norm1, rows);
  status = ds_linear_product(&layer->ffn1, e->q, rows, e->acc, err);
  if (status) return status;
  for (size_t row = 0; row < rows; row++) {
    e->kernels->dequant_gelu(&layer->ffn1, 0, ffn, e->acc + row * ffn, e->quant[row], e->wide);
    e->quant[row] = e->kernels->quantise(e->wide, ffn, e->q + row * ffn);
  }
  status = ds_linear_product(&layer->ffn2, e->q, rows, e->acc, err);
  if (!status) add_norm(e, &layer->ffn2, &layer->norm2, rows);
  return status;
}

dossier_status ds_encoder_run(ds_encoder *encoder, float *states, dossier_error *err) {
  const ds_model_config *c = &encoder->model->config;
  dossier_status status = DOSSIER_OK;
  embed(encoder);
  for (size_t i = 0; i < c->layers && !status; i++)
    status = run_layer(encoder, &encoder->model->layer[i], i + 1 == c->layers, err);
  for (size_t k = 0; k < encoder->keep_count && !status; k++)
    memcpy(states + encoder->keep_to[k] * c->hidden, encoder->x + k * c->hidden, c->hidden * sizeof(float));
  encoder->rows = encoder->sequence_count = encoder->keep_count = 0;
  return status;
}
