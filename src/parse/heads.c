#include "parse/heads.h"

#include <stdlib.h>
#include <string.h>

/* Rows whose relations are multiplied at once: their product is the widest by far. */
#define RELATE_ROWS 256

dossier_status ds_heads_init(ds_heads *heads, const ds_model *model, const ds_kernels *kernels, dossier_error *err) {
  const ds_model_config *c = &model->config;
  const size_t rows = DS_STATE_ROWS;
  size_t widest = c->hidden > c->arc ? c->hidden : c->arc;
  *heads = (ds_heads){.model = model, .kernels = kernels};
  heads->states = ds_rows_alloc(rows * c->hidden, sizeof(float));
  heads->tags = calloc(rows, sizeof *heads->tags);
  heads->head = calloc(rows, sizeof *heads->head);
  heads->names = ds_rows_alloc(rows * model->labels.name_count, sizeof(float));
  heads->arc_head = ds_rows_alloc(rows * c->arc, sizeof(float));
  heads->arc_dep = ds_rows_alloc(rows * c->arc, sizeof(float));
  heads->rel_head = ds_rows_alloc(rows * c->rel, sizeof(float));
  heads->q = ds_rows_alloc(rows, widest);
  heads->rel_q = ds_rows_alloc(rows, c->rel);
  heads->quant = calloc(rows, sizeof *heads->quant);
  heads->rel_quant = calloc(rows, sizeof *heads->rel_quant);
  heads->acc_size = rows * (model->words.out > c->arc ? model->words.out : c->arc);
  if (heads->acc_size < RELATE_ROWS * model->rel.out) heads->acc_size = RELATE_ROWS * model->rel.out;
  heads->acc = ds_rows_alloc(heads->acc_size, sizeof(int32_t));
  size_t line = model->words.out > model->rel.out ? model->words.out : model->rel.out;
  heads->line = ds_rows_alloc(line + c->arc, sizeof(float));
  heads->back = malloc(rows * model->labels.name_count);
  heads->path = malloc(rows);
  if (heads->states && heads->tags && heads->head && heads->names && heads->arc_head && heads->arc_dep &&
      heads->rel_head && heads->q && heads->rel_q && heads->quant && heads->rel_quant && heads->acc && heads->line &&
      heads->back && heads->path)
    return DOSSIER_OK;
  ds_heads_release(heads);
  return ds_fail_memory(err);
}

void ds_heads_release(ds_heads *heads) {
  free(heads->states);
  free(heads->tags);
  free(heads->head);
  free(heads->names);
  free(heads->arc_head);
  free(heads->arc_dep);
  free(heads->rel_head);
  free(heads->q);
  free(heads->rel_q);
  free(heads->quant);
  free(heads->rel_quant);
  free(heads->acc);
  free(heads->line);
  free(heads->scores);
  free(heads->back);
  free(heads->path);
  ds_tree_work_release(&heads->tree);
  *heads = (ds_heads){0};
}

/* One row of the joined layer: labels, name scores, and the four vectors of the trees. */
static void tag_row(ds_heads *h, size_t row) {
  const ds_model *m = h->model;
  const ds_linear *l = &m->words;
  const size_t *part = m->part;
  size_t arc = m->config.arc, rel = m->config.rel;
  const int32_t *acc = h->acc + row * l->out;
  ds_quant quant = h->quant[row];
  float *line = h->line;
  h->kernels->dequant(l, 0, part[DS_PART_NAMES], acc, quant, line);
  h->tags[row] = (ds_tags){.upos = (uint16_t)ds_argmax(line, m->labels.upos_count),
                           .xpos = (uint16_t)ds_argmax(line + part[DS_PART_XPOS], m->labels.xpos_count),
                           .feats = (uint16_t)ds_argmax(line + part[DS_PART_FEATS], m->labels.morph_count),
                           .lemma = (uint16_t)ds_argmax(line + part[DS_PART_LEMMA], m->labels.lemma_count)};
  h->kernels->dequant(l, part[DS_PART_NAMES], m->labels.name_count, acc, quant, h->names + row * m->labels.name_count);
  h->kernels->dequant_gelu(l, part[DS_PART_ARC_HEAD], arc, acc, quant, h->arc_head + row * arc);
  h->kernels->dequant_gelu(l, part[DS_PART_REL_HEAD], rel, acc, quant, h->rel_head + row * rel);
  h->kernels->dequant_gelu(l, part[DS_PART_REL_DEP], rel, acc, quant, line);
  h->rel_quant[row] = h->kernels->quantise(line, rel, h->rel_q + row * rel);
  h->kernels->dequant_gelu(l, part[DS_PART_ARC_DEP], arc, acc, quant, h->arc_dep + row * arc);
}

dossier_status ds_heads_tag(ds_heads *heads, size_t rows, dossier_error *err) {
  const ds_model *m = heads->model;
  size_t hidden = m->config.hidden, arc = m->config.arc;
  for (size_t row = 0; row < rows; row++)
    heads->quant[row] = heads->kernels->quantise(heads->states + row * hidden, hidden, heads->q + row * hidden);
  dossier_status status = ds_linear_product(&m->words, heads->q, rows, heads->acc, err);
  if (status) return status;
  for (size_t row = 0; row < rows; row++) tag_row(heads, row);
  for (size_t row = 0; row < rows; row++)
    heads->quant[row] = heads->kernels->quantise(heads->arc_dep + row * arc, arc, heads->q + row * arc);
  status = ds_linear_product(&m->arc_pair, heads->q, rows, heads->acc, err);
  if (status) return status;
  for (size_t row = 0; row < rows; row++)
    heads->kernels->dequant(&m->arc_pair, 0, arc, heads->acc + row * arc, heads->quant[row],
                            heads->arc_dep + row * arc);
  return DOSSIER_OK;
}

dossier_status ds_heads_tree(ds_heads *heads, size_t base, size_t count, dossier_error *err) {
  size_t arc = heads->model->config.arc, nodes = count + 1, stride = ds_padded(nodes), need = (nodes + arc) * stride;
  if (heads->score_size < need) {
    free(heads->scores);
    heads->scores = ds_rows_alloc(need, sizeof(float));
    heads->score_size = heads->scores ? need : 0;
    if (!heads->scores) return ds_fail_memory(err);
  }
  float *transposed = heads->scores + nodes * stride;
  heads->kernels->transpose(heads->arc_head + base * arc, arc, nodes, arc, transposed, stride);
  heads->kernels->products(heads->arc_dep + base * arc, arc, nodes, transposed, stride, arc, heads->scores);
  if (!ds_tree_decode(&heads->tree, heads->scores, stride, count, heads->head + base)) return ds_fail_memory(err);
  heads->head[base] = 0;
  return DOSSIER_OK;
}

const float *ds_heads_scores(const ds_heads *heads, size_t count, size_t *stride) {
  *stride = ds_padded(count + 1);
  return heads->scores;
}

dossier_status ds_heads_relate(ds_heads *heads, size_t rows, const uint32_t *base_of, dossier_error *err) {
  const ds_model *m = heads->model;
  size_t rel = m->config.rel, labels = m->labels.rel_count;
  for (size_t from = 0; from < rows; from += RELATE_ROWS) {
    size_t count = rows - from < RELATE_ROWS ? rows - from : RELATE_ROWS;
    dossier_status status = ds_linear_product(&m->rel, heads->rel_q + from * rel, count, heads->acc, err);
    if (status) return status;
    for (size_t row = from; row < from + count; row++) {
      if (row == base_of[row] || heads->head[row] == 0) continue;
      const float *head = heads->rel_head + (base_of[row] + heads->head[row]) * rel;
      const int32_t *acc = heads->acc + (row - from) * m->rel.out;
      float *score = heads->line, *single = heads->line + labels;
      heads->kernels->pair(&m->rel, labels, rel, acc, heads->rel_quant[row], head, score);
      heads->kernels->dequant(&m->rel, labels * rel, labels, acc, heads->rel_quant[row], single);
      for (size_t l = 0; l < labels; l++) score[l] += single[l];
      heads->tags[row].rel = (uint16_t)ds_argmax(score, labels);
    }
  }
  return DOSSIER_OK;
}

/* The best way to each tag of the next word, from `best` to `next`. */
static void step(const ds_labels *l, const float *scores, const double *best, double *next, uint8_t *back) {
  for (size_t t = 0; t < l->name_count; t++) {
    uint8_t from = 0;
    double value = -1e300;
    for (size_t i = l->before[t]; i < l->before[t + 1]; i++) {
      uint8_t b = l->before_tag[i];
      if (best[b] > value) {
        value = best[b];
        from = b;
      }
    }
    next[t] = value + (double)scores[t];
    back[t] = from;
  }
}

void ds_heads_names(ds_heads *heads, size_t base, size_t count) {
  const ds_labels *l = &heads->model->labels;
  size_t n = l->name_count;
  const float *scores = heads->names + (base + 1) * n;
  double one[UINT8_MAX], two[UINT8_MAX], *best = one, *next = two;
  for (size_t t = 0; t < n; t++) best[t] = l->names[t].inside ? -1e300 : (double)scores[t];
  for (size_t i = 1; i < count; i++) {
    step(l, scores + i * n, best, next, heads->back + i * n);
    double *swap = best;
    best = next;
    next = swap;
  }
  uint8_t last = 0; /* O, which may end */
  for (size_t t = 1; t < n; t++) {
    if (!l->names[t].open && best[t] > best[last]) last = (uint8_t)t;
  }
  for (size_t i = count; i-- > 0;) {
    heads->path[i] = last;
    if (i) last = heads->back[i * n + last];
  }
}

float ds_heads_tag_probability(ds_heads *heads, size_t row, uint8_t tag) {
  size_t n = heads->model->labels.name_count;
  const float *scores = heads->names + row * n;
  float high = scores[ds_argmax(scores, n)], sum = 0;
  for (size_t t = 0; t < n; t++) heads->line[t] = scores[t] - high;
  heads->kernels->exponential(heads->line, n);
  for (size_t t = 0; t < n; t++) sum += heads->line[t];
  return heads->line[tag] / sum;
}
