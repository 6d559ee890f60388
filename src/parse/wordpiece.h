/* parse/wordpiece.h - from a word to the encoder's input: wordpieces and a shape (models/FORMAT.md, "From words to input")
 *
 * All tables (vocabulary, classes of code points, folding, lower case) come from the model file, so that this code sees what
 * training saw.
 */
#ifndef DS_PARSE_WORDPIECE_H
#define DS_PARSE_WORDPIECE_H

#include "parse/safetensors.h"

/* Pieces of one word; what a longer word has more is left out (its first piece stands for it anyway). */
#define DS_WORD_PIECES 128

enum {
  DS_CLASS_OTHER,
  DS_CLASS_LOWER,
  DS_CLASS_UPPER,
  DS_CLASS_LETTER,
  DS_CLASS_DIGIT,
  DS_CLASS_PUNCT,
  DS_CLASS_MARK,
  DS_CLASS_SPACE,
  DS_CLASS_CJK,
  DS_CLASS_COUNT
};

typedef enum ds_shape {
  DS_SHAPE_NONE,
  DS_SHAPE_LOWER,
  DS_SHAPE_CAPITAL,
  DS_SHAPE_CAPITAL_FIRST,
  DS_SHAPE_CAPS,
  DS_SHAPE_MIXED,
  DS_SHAPE_INITIAL,
  DS_SHAPE_ALNUM,
  DS_SHAPE_NUMBER,
  DS_SHAPE_SYMBOL,
  DS_SHAPE_COUNT
} ds_shape;

typedef struct ds_wordpiece {
  ds_str *vocabulary;
  uint32_t *slots;  /* open addressing: id + 1, or 0 */
  uint32_t *hashes; /* the entry's hash, beside its slot */
  size_t slot_mask;
  size_t count;
  uint32_t cls, sep, unk;
  const int32_t *class_start, *fold_from, *fold_to, *lower_from, *lower_to;
  const uint8_t *class_of; /* of the run that begins at class_start */
  size_t class_count, fold_count, lower_count;
  uint8_t ascii_class[128];
  uint8_t shape[DS_SHAPE_COUNT]; /* ds_shape -> number in the model */
} ds_wordpiece;

/* Reads vocabulary and tables; everything lives in the arena and in the mapped file. */
dossier_status ds_wordpiece_read(ds_arena *arena, const ds_safetensors *st, const char *path, ds_wordpiece *out,
                                 dossier_error *err);

/* The ids of a word's pieces: at least one, at most DS_WORD_PIECES. */
size_t ds_wordpiece_split(const ds_wordpiece *wp, ds_str word, uint32_t out[DS_WORD_PIECES]);

/* `first`: all words before it in the sentence have the shape symbol. */
ds_shape ds_wordpiece_shape(const ds_wordpiece *wp, ds_str word, bool first);

/* The lower case of one code point. */
uint32_t ds_wordpiece_lower(const ds_wordpiece *wp, uint32_t cp);
/* Writes a code point as UTF-8; returns its bytes, 1 to 4. */
size_t ds_wordpiece_put(uint32_t cp, char out[4]);

#endif
