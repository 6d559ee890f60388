/* parse/labels.h - the model's label lists, mapped onto the numbers of ud.h and parse.h
 *
 * A label that this code does not know is an error that names it.
 */
#ifndef DS_PARSE_LABELS_H
#define DS_PARSE_LABELS_H

#include "parse/parse.h"
#include "parse/safetensors.h"
#include "parse/wordpiece.h"

#define DS_LABELS_MAX 4096

/* "l-3+e": a case step, then some code points less and some bytes more, or another word (models/FORMAT.md). */
typedef struct ds_lemma_script {
  char letter_case; /* l, k, t */
  bool whole;       /* the lemma is `add` */
  uint32_t cut;     /* code points */
  ds_str add;
} ds_lemma_script;

/* A tag of the names: its kind, and whether it opens, goes on, closes. O has kind DS_TAG_OUT. */
#define DS_TAG_OUT UINT8_MAX
typedef struct ds_name_tag {
  uint8_t kind; /* ds_name_kind */
  bool starts;  /* B, S: a name begins here */
  bool inside;  /* I, E: must follow B or I of its kind */
  bool open;    /* B, I: I or E of its kind must follow */
} ds_name_tag;

typedef struct ds_labels {
  uint8_t *upos, *xpos, *rel; /* ds_upos, ds_xpos, ds_deprel */
  ds_morph *morph;
  ds_lemma_script *lemma;
  ds_name_tag *names;
  size_t upos_count, xpos_count, rel_count, morph_count, lemma_count, name_count;
  uint16_t *before; /* [name_count + 1] where each tag's list of allowed predecessors begins in `before_tag` */
  uint8_t *before_tag;
} ds_labels;

dossier_status ds_labels_read(ds_arena *arena, const ds_safetensors *st, const char *path, ds_labels *out,
                              dossier_error *err);

/* The lemma of a form: a piece of the form or of the model where possible, else in the arena. ptr is NULL where memory ran out. */
ds_str ds_lemma_apply(const ds_lemma_script *script, const ds_wordpiece *wp, ds_arena *arena, ds_str form);

#endif
