/* parse/model.h - a model file, checked and ready; shared by all threads and never changed */
#ifndef DS_PARSE_MODEL_H
#define DS_PARSE_MODEL_H

#include "base/file.h"
#include "parse/kernels.h"
#include "parse/labels.h"
#include "parse/wordpiece.h"

typedef struct ds_model_config {
  size_t layers, hidden, heads, ffn, positions, shapes, arc, rel, vocabulary;
  float eps;
} ds_model_config;

typedef struct ds_norm {
  const float *weight, *bias;
} ds_norm;

typedef struct ds_layer {
  ds_linear qkv, out, ffn1, ffn2;
  ds_norm norm1, norm2;
} ds_layer;

/* Where the columns of the layer `words` (below) begin: all heads that read the words' vectors, side by side. */
typedef enum ds_part {
  DS_PART_UPOS,
  DS_PART_XPOS,
  DS_PART_FEATS,
  DS_PART_LEMMA,
  DS_PART_NAMES,
  DS_PART_ARC_DEP,
  DS_PART_ARC_HEAD,
  DS_PART_REL_DEP,
  DS_PART_REL_HEAD,
  DS_PART_COUNT
} ds_part;

struct ds_model {
  ds_arena arena; /* everything that is not in the file */
  ds_file_map map;
  ds_model_config config;
  ds_wordpiece wordpiece;
  ds_labels labels;
  ds_str title;
  const int8_t *word; /* [vocabulary][hidden] */
  const float *word_scale, *position, *shape;
  ds_norm embed_norm;
  ds_layer *layer;
  ds_linear words; /* DS_PART_COUNT layers as one, so that their input is multiplied once */
  size_t part[DS_PART_COUNT + 1];
  ds_linear arc_pair;
  ds_linear rel; /* head.tree.rel_pair, then head.tree.rel_single */
};

#endif
