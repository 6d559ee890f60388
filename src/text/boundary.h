/* text/boundary.h - inside text/: where sentences end
 *
 * A line break and an empty line always end a sentence. Between other tokens a linear classifier decides, from left to right:
 * each candidate place gives DS_BOUNDARY_FEATURES numbers (hashes of the words around it, their shapes, open quotation
 * marks), each number has a small integer weight in weights.h, and a positive sum is an end. tools/text/train.py learns the
 * weights with this very code.
 */
#ifndef DS_TEXT_BOUNDARY_H
#define DS_TEXT_BOUNDARY_H

#include "text/lex.h"

enum {
  DS_BOUNDARY_BITS = 16,
  DS_BOUNDARY_FEATURES = 22,
  DS_BOUNDARY_LINE = 128,
  DS_BOUNDARY_ZERO = 78,
  DS_BOUNDARY_MOST = 44
};

typedef enum ds_shape {
  DS_SHAPE_NONE, /* outside the paragraph */
  DS_SHAPE_LOWER,
  DS_SHAPE_CAPITAL,      /* Kabul */
  DS_SHAPE_OPENER,       /* The, He, However: capital only because a sentence starts */
  DS_SHAPE_UPPER,        /* NATO */
  DS_SHAPE_INITIAL,      /* A, J. */
  DS_SHAPE_ABBREVIATION, /* a word with its full stop */
  DS_SHAPE_NUMBER,
  DS_SHAPE_WORD, /* anything else with letters or digits */
  DS_SHAPE_STOP,
  DS_SHAPE_END, /* ! ? and mixtures */
  DS_SHAPE_DOTS,
  DS_SHAPE_COMMA,
  DS_SHAPE_COLON,
  DS_SHAPE_SEMICOLON,
  DS_SHAPE_DASH,
  DS_SHAPE_BULLET,
  DS_SHAPE_OPEN_QUOTE,
  DS_SHAPE_CLOSE_QUOTE,
  DS_SHAPE_OPEN_BRACKET,
  DS_SHAPE_CLOSE_BRACKET,
  DS_SHAPE_SMILEY,
  DS_SHAPE_OTHER
} ds_shape;

/* What the classifier sees of a token. */
typedef struct ds_cue {
  uint32_t word;  /* hash of the form, ASCII letters small */
  uint8_t shape;  /* ds_shape */
  uint8_t length; /* bytes, at most 255 */
  bool quoted;    /* behind the token a double quotation mark is open */
  bool bracketed; /* behind the token a bracket is open */
  bool prose;     /* the line ends with a full stop or the like, as edited text does */
} ds_cue;

/* One cue a token, in the arena; NULL where memory ran out. */
ds_cue *ds_cues(ds_arena *arena, const ds_lexed *lexed);
/* Whether a sentence may end behind token i, and whether it must. */
bool ds_boundary_forced(const ds_lexed *lexed, size_t i);
bool ds_boundary_possible(const ds_lexed *lexed, const ds_cue *cues, size_t i);
/* The features of the place behind token i of a sentence that starts at token `first`: numbers below 1 << DS_BOUNDARY_BITS. */
void ds_boundary_features(const ds_lexed *lexed, const ds_cue *cues, size_t first, size_t i,
                          uint16_t out[DS_BOUNDARY_FEATURES]);

#endif
