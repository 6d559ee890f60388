/* parse/parser.h - inside of a ds_parser, for the tests */
#ifndef DS_PARSE_PARSER_H
#define DS_PARSE_PARSER_H

#include "base/vec.h"
#include "parse/encoder.h"
#include "parse/heads.h"

/* A sentence, or a part of a very long one: what one tree covers. */
typedef struct ds_unit {
  uint32_t token, count; /* tokens */
  uint32_t base;         /* its root's row in the states */
  bool part;             /* not the first of its sentence */
} ds_unit;

struct ds_parser {
  const ds_model *model;
  ds_encoder encoder;
  ds_heads heads;
  DS_VEC(ds_unit) units; /* whose words are in the states or on their way there */
  size_t state_count;
  uint32_t *base_of;      /* [DS_STATE_ROWS] */
  DS_VEC(uint32_t) piece; /* of the unit at hand */
  uint32_t *first;        /* [DS_TREE_MAX + 1] where each of its words begins in `piece` */
  uint8_t *shape;         /* [DS_TREE_MAX] of its words */
  DS_VEC(ds_name) names;
  /* of the run at hand */
  ds_arena *arena;
  const ds_text *text;
  ds_word *words;
  float *states;      /* [tokens][hidden] or NULL */
  uint32_t last_root; /* token: of the unit that was finished last */
};

/* As ds_parser_new, with chosen kernels. */
dossier_status ds_parser_new_with(ds_parser **out, const ds_model *model, const ds_kernels *kernels,
                                  dossier_error *err);

#endif
