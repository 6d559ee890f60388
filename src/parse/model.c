#include "parse/model.h"
#include "parse/packed.h"

#include <cjson/cJSON.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define FORMAT_VERSION "1"

/* What reading needs at every step. */
struct reader {
  ds_model *model;
  ds_safetensors st;
  const char *path;
  dossier_error *err;
};

static dossier_status bad(const struct reader *r, const char *what) {
  return ds_fail_at(r->err, DOSSIER_INPUT, r->path, 0, -1, "not a usable model: %s", what);
}

/* The tensor `prefix.name` of that type and shape (columns 0: one dimension). */
static dossier_status get(const struct reader *r, const char *prefix, const char *name, ds_dtype dtype, size_t rows,
                          size_t columns, const void **out) {
  ds_str full = ds_arena_printf(&r->model->arena, "%s.%s", prefix, name);
  if (!full.ptr) return ds_fail_memory(r->err);
  const ds_tensor *t = ds_safetensors_get(&r->st, full.ptr);
  if (!t)
    return ds_fail_at(r->err, DOSSIER_INPUT, r->path, 0, -1, "not a usable model: it lacks the tensor %s", full.ptr);
  if (t->dtype != dtype || t->rank != (columns ? 2 : 1) || t->shape[0] != rows || (columns && t->shape[1] != columns))
    return ds_fail_at(r->err, DOSSIER_INPUT, r->path, 0, -1,
                      "not a usable model: the tensor %s has a wrong type or shape", full.ptr);
  if (dtype == DS_DTYPE_F32) {
    const float *value = t->data;
    for (size_t i = 0; i < t->count; i++) {
      if (!(fabsf(value[i]) < 1e9f))
        return ds_fail_at(r->err, DOSSIER_INPUT, r->path, 0, -1,
                          "not a usable model: the tensor %s holds no usable numbers", full.ptr);
    }
  }
  *out = t->data;
  return DOSSIER_OK;
}

static dossier_status get_floats(const struct reader *r, const char *prefix, const char *name, size_t rows,
                                 size_t columns, const float **out) {
  const void *data = NULL;
  dossier_status status = get(r, prefix, name, DS_DTYPE_F32, rows, columns, &data);
  if (!status) *out = data;
  return status;
}

static dossier_status get_norm(const struct reader *r, const char *name, ds_norm *out) {
  dossier_status status = get_floats(r, name, "weight", r->model->config.hidden, 0, &out->weight);
  return status ? status : get_floats(r, name, "bias", r->model->config.hidden, 0, &out->bias);
}

/* The sums of the rows, which the zero points need. */
static dossier_status add_sums(const struct reader *r, ds_linear *l) {
  int32_t *sum = DS_NEW_ARRAY(&r->model->arena, int32_t, l->out);
  if (!sum) return ds_fail_memory(r->err);
  for (size_t o = 0; o < l->out; o++) {
    const int8_t *row = l->weight + o * l->in;
    int32_t total = 0;
    for (size_t i = 0; i < l->in; i++) total += row[i];
    sum[o] = total;
  }
  l->sum = sum;
  return DOSSIER_OK;
}

static dossier_status get_linear(const struct reader *r, const char *name, size_t out, size_t in, ds_linear *l) {
  const void *weight = NULL;
  dossier_status status = get(r, name, "weight", DS_DTYPE_I8, out, in, &weight);
  if (!status) status = get_floats(r, name, "scale", out, 0, &l->scale);
  if (!status) status = get_floats(r, name, "bias", out, 0, &l->bias);
  if (status) return status;
  l->weight = weight;
  l->out = out;
  l->in = in;
  l->packed = NULL;
  return add_sums(r, l);
}

/* The weights in the order that this processor likes best. */
static dossier_status pack(const struct reader *r, ds_linear *l) {
  return ds_packed_wanted() ? ds_packed_make(&r->model->arena, l, r->err) : DOSSIER_OK;
}

/* Several layers of the same input as one, copied; the rows are rounded up to a multiple of 16 with zeroes. */
static dossier_status join(const struct reader *r, const ds_linear *parts, size_t count, ds_linear *out) {
  size_t rows = 0, in = parts[0].in;
  for (size_t i = 0; i < count; i++) rows += parts[i].out;
  size_t padded = (rows + 15) & ~(size_t)15;
  int8_t *weight = DS_NEW_ARRAY(&r->model->arena, int8_t, padded * in);
  float *scale = DS_NEW_ARRAY(&r->model->arena, float, padded), *bias = DS_NEW_ARRAY(&r->model->arena, float, padded);
  int32_t *sum = DS_NEW_ARRAY(&r->model->arena, int32_t, padded);
  if (!weight || !scale || !bias || !sum) return ds_fail_memory(r->err);
  size_t at = 0;
  for (size_t i = 0; i < count; at += parts[i++].out) {
    memcpy(weight + at * in, parts[i].weight, parts[i].out * in);
    memcpy(scale + at, parts[i].scale, parts[i].out * sizeof *scale);
    memcpy(bias + at, parts[i].bias, parts[i].out * sizeof *bias);
    memcpy(sum + at, parts[i].sum, parts[i].out * sizeof *sum);
  }
  *out = (ds_linear){weight, scale, bias, sum, padded, in, NULL};
  return pack(r, out);
}

static bool whole(const cJSON *object, const char *key, size_t least, size_t most, size_t multiple, size_t *out) {
  const cJSON *item = cJSON_GetObjectItemCaseSensitive(object, key);
  if (!cJSON_IsNumber(item) || !(item->valuedouble >= (double)least && item->valuedouble <= (double)most)) return false;
  *out = (size_t)item->valuedouble;
  return (double)*out == item->valuedouble && *out % multiple == 0;
}

static dossier_status read_config(const struct reader *r) {
  ds_model_config *c = &r->model->config;
  ds_str text = ds_safetensors_meta(&r->st, "config");
  cJSON *object = text.ptr ? cJSON_ParseWithLength(text.ptr, text.len) : NULL;
  bool good = whole(object, "layers", 1, 64, 1, &c->layers) && whole(object, "hidden", 32, 4096, 32, &c->hidden) &&
              whole(object, "heads", 1, 128, 1, &c->heads) && whole(object, "ffn", 32, 16384, 32, &c->ffn) &&
              whole(object, "positions", 16, 4096, 1, &c->positions) &&
              whole(object, "shapes", 1, 256, 1, &c->shapes) && whole(object, "arc", 32, 4096, 32, &c->arc) &&
              whole(object, "rel", 32, 1024, 32, &c->rel) &&
              whole(object, "vocabulary", 3, 1u << 20, 1, &c->vocabulary);
  const cJSON *eps = cJSON_GetObjectItemCaseSensitive(object, "eps");
  good = good && cJSON_IsNumber(eps) && eps->valuedouble > 0 && eps->valuedouble < 1;
  if (good) c->eps = (float)eps->valuedouble;
  cJSON_Delete(object);
  if (!good || c->hidden % c->heads != 0 || c->hidden / c->heads % 32 != 0 || !(c->eps > 0))
    return bad(r, "its config is missing or has numbers that this version does not support");
  return DOSSIER_OK;
}

static dossier_status read_layer(const struct reader *r, size_t number) {
  const ds_model_config *c = &r->model->config;
  ds_layer *layer = &r->model->layer[number];
  const struct {
    const char *name;
    size_t out, in;
    ds_linear *to;
  } linears[] = {{"qkv", 3 * c->hidden, c->hidden, &layer->qkv},
                 {"out", c->hidden, c->hidden, &layer->out},
                 {"ffn1", c->ffn, c->hidden, &layer->ffn1},
                 {"ffn2", c->hidden, c->ffn, &layer->ffn2}};
  char name[64];
  for (size_t i = 0; i < 4; i++) {
    snprintf(name, sizeof name, "layer.%zu.%s", number, linears[i].name);
    dossier_status status = get_linear(r, name, linears[i].out, linears[i].in, linears[i].to);
    if (!status) status = pack(r, linears[i].to);
    if (status) return status;
  }
  snprintf(name, sizeof name, "layer.%zu.norm1", number);
  dossier_status status = get_norm(r, name, &layer->norm1);
  snprintf(name, sizeof name, "layer.%zu.norm2", number);
  return status ? status : get_norm(r, name, &layer->norm2);
}

static dossier_status read_encoder(const struct reader *r) {
  ds_model *m = r->model;
  const ds_model_config *c = &m->config;
  const void *word = NULL;
  dossier_status status = get(r, "embed.word", "weight", DS_DTYPE_I8, c->vocabulary, c->hidden, &word);
  if (status) return status;
  m->word = word;
  status = get_floats(r, "embed.word", "scale", c->vocabulary, 0, &m->word_scale);
  if (!status) status = get_floats(r, "embed.position", "weight", c->positions, c->hidden, &m->position);
  if (!status) status = get_floats(r, "embed.shape", "weight", c->shapes, c->hidden, &m->shape);
  if (!status) status = get_norm(r, "embed.norm", &m->embed_norm);
  if (status) return status;
  m->layer = DS_NEW_ARRAY(&m->arena, ds_layer, c->layers);
  if (!m->layer) return ds_fail_memory(r->err);
  for (size_t i = 0; i < c->layers && !status; i++) status = read_layer(r, i);
  return status;
}

static dossier_status read_heads(const struct reader *r) {
  ds_model *m = r->model;
  const ds_model_config *c = &m->config;
  const ds_labels *l = &m->labels;
  const struct {
    const char *name;
    size_t out;
  } parts[DS_PART_COUNT] = {
      [DS_PART_UPOS] = {"head.upos.out", l->upos_count},    [DS_PART_XPOS] = {"head.xpos.out", l->xpos_count},
      [DS_PART_FEATS] = {"head.feats.out", l->morph_count}, [DS_PART_LEMMA] = {"head.lemma.out", l->lemma_count},
      [DS_PART_NAMES] = {"head.names.out", l->name_count},  [DS_PART_ARC_DEP] = {"head.tree.arc_dep", c->arc},
      [DS_PART_ARC_HEAD] = {"head.tree.arc_head", c->arc},  [DS_PART_REL_DEP] = {"head.tree.rel_dep", c->rel},
      [DS_PART_REL_HEAD] = {"head.tree.rel_head", c->rel}};
  ds_linear part[DS_PART_COUNT], rel[2];
  dossier_status status = DOSSIER_OK;
  for (size_t i = 0; i < DS_PART_COUNT && !status; i++) {
    status = get_linear(r, parts[i].name, parts[i].out, c->hidden, &part[i]);
    m->part[i + 1] = m->part[i] + parts[i].out;
  }
  if (!status) status = join(r, part, DS_PART_COUNT, &m->words);
  if (!status) status = get_linear(r, "head.tree.arc_pair", c->arc, c->arc, &m->arc_pair);
  if (!status) status = pack(r, &m->arc_pair);
  if (!status) status = get_linear(r, "head.tree.rel_pair", l->rel_count * c->rel, c->rel, &rel[0]);
  if (!status) status = get_linear(r, "head.tree.rel_single", l->rel_count, c->rel, &rel[1]);
  return status ? status : join(r, rel, 2, &m->rel);
}

static dossier_status read_title(const struct reader *r) {
  ds_str about = ds_safetensors_meta(&r->st, "about"), date = ds_safetensors_meta(&r->st, "date");
  ds_str line;
  if (!ds_str_split(&about, '\n', &line)) line = DS_STR("dossier model");
  r->model->title =
      ds_arena_printf(&r->model->arena, "%.*s%s%.*s", DS_STR_ARG(line), date.len ? ", " : "", DS_STR_ARG(date));
  return r->model->title.ptr ? DOSSIER_OK : ds_fail_memory(r->err);
}

static dossier_status read_model(struct reader *r) {
  ds_model *m = r->model;
  dossier_status status = ds_safetensors_read(&m->arena, m->map.data, r->path, &r->st, r->err);
  if (status) return status;
  if (!ds_str_eqz(ds_safetensors_meta(&r->st, "format"), "dossier-model"))
    return bad(r, "its format is not dossier-model");
  if (!ds_str_eqz(ds_safetensors_meta(&r->st, "version"), FORMAT_VERSION))
    return bad(r, "its version is not " FORMAT_VERSION ", the one that this program reads");
  status = read_config(r);
  if (!status) status = ds_wordpiece_read(&m->arena, &r->st, r->path, &m->wordpiece, r->err);
  if (!status) status = ds_labels_read(&m->arena, &r->st, r->path, &m->labels, r->err);
  if (status) return status;
  if (m->wordpiece.count != m->config.vocabulary)
    return bad(r, "its vocabulary does not have the length that its config states");
  for (size_t i = 0; i < DS_SHAPE_COUNT; i++) {
    if (m->wordpiece.shape[i] >= m->config.shapes) return bad(r, "it has more shapes than its config states");
  }
  status = read_encoder(r);
  if (!status) status = read_heads(r);
  return status ? status : read_title(r);
}

dossier_status ds_model_open(ds_model **out, const char *path, dossier_error *err) {
  *out = NULL;
  ds_model *model = calloc(1, sizeof *model);
  if (!model) return ds_fail_memory(err);
  ds_arena_init(&model->arena);
  dossier_status status = ds_file_map_open(&model->map, path, err);
  if (status) {
    free(model);
    return status;
  }
  struct reader reader = {.model = model, .path = path, .err = err};
  status = read_model(&reader);
  if (status)
    ds_model_free(model);
  else
    *out = model;
  return status;
}

void ds_model_free(ds_model *model) {
  if (!model) return;
  ds_file_unmap(&model->map);
  ds_arena_release(&model->arena);
  free(model);
}

ds_str ds_model_title(const ds_model *model) {
  return model->title;
}
