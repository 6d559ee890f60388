/* text/text.h - tokens and sentences of running text, by the rules of Universal Dependencies (English EWT)
 *
 * Works on raw news text. Every token knows its bytes in the article's text. Contractions are split as UD does (do|n't,
 * Iran|'s, can|not, gon|na); such tokens share a surface word (mwt). Nothing is normalised: a token's form is the text.
 * Compounds are split at their hyphens (Iran|-|backed), prefixes are not (anti-government). An abbreviation keeps its full stop
 * (Gen., U.S.) but at the end of a sentence, where the stop is the sentence's: "in the U.S" and ".".
 *
 * An empty line always ends a sentence and a paragraph; a newline does too, but where the text is hard-wrapped prose.
 */
#ifndef DS_TEXT_TEXT_H
#define DS_TEXT_TEXT_H

#include "base/arena.h"
#include "base/error.h"
#include "base/str.h"

typedef struct ds_token {
  ds_str form;         /* points into the article's text (or, for tokens read from CoNLL-U, into the arena) */
  uint32_t start, end; /* bytes of the article's text, half open */
  uint32_t mwt_first;  /* index of the first token of the surface word it is part of; its own index mostly */
  uint32_t mwt_count;  /* tokens of that surface word; 1 mostly */
  bool space_after;    /* white space (or the end of the text) follows */
} ds_token;

typedef enum ds_sentence_kind {
  DS_SENTENCE_PROSE,
  DS_SENTENCE_HEADING,  /* a line of its own without a full stop: title, section heading, date line, URL */
  DS_SENTENCE_LIST_ITEM /* a bullet line */
} ds_sentence_kind;

typedef struct ds_sentence {
  uint32_t first, count; /* tokens */
  uint32_t start, end;   /* bytes: from the first token's start to the last token's end */
  uint32_t paragraph;    /* 0-based number of the paragraph it stands in */
  ds_sentence_kind kind;
} ds_sentence;

typedef struct ds_text {
  ds_str text;
  ds_token *tokens;
  size_t token_count;
  ds_sentence *sentences;
  size_t sentence_count;
} ds_text;

/* Splits valid UTF-8 text. Everything lives in the arena; forms point into the text, which the caller keeps. Every byte that
 * is not white space belongs to exactly one token, and tokens and sentences are in the order of the text. A text without
 * words has no sentence. Fails only for memory (DOSSIER_SYSTEM) and for texts of 4 GiB or more (DOSSIER_INPUT). Linear in
 * the text's length. */
dossier_status ds_text_split(ds_arena *arena, ds_str text, ds_text *out, dossier_error *err);

#endif
