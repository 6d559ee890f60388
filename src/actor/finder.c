#include "actor/finder.h"

#include <stdlib.h>
#include <string.h>

uint32_t ds_finder_dependent(const ds_finder *f, uint32_t token, ds_deprel relation) {
  for (uint32_t c = f->child[token]; c != DS_NO_HEAD; c = f->next[c])
    if (ds_finder_word(f, c)->deprel == relation || ds_deprel_base(ds_finder_word(f, c)->deprel) == relation) return c;
  return DS_NO_HEAD;
}

uint32_t ds_finder_span_head(const ds_finder *f, uint32_t first, uint32_t count) {
  for (uint32_t i = 0; i < count; i++) {
    uint32_t head = ds_finder_word(f, first + i)->head;
    if (head == DS_NO_HEAD || head < first || head >= first + count) {
      uint8_t upos = ds_finder_word(f, first + i)->upos;
      if (upos != DS_UPOS_PUNCT && upos != DS_UPOS_DET && upos != DS_UPOS_ADP) return first + i;
    }
  }
  return first + count - 1;
}

uint32_t ds_finder_first_conjunct(const ds_finder *f, uint32_t token) {
  for (int steps = 0; steps < 20 && ds_finder_word(f, token)->deprel == DS_DEPREL_CONJ; steps++) {
    uint32_t head = ds_finder_word(f, token)->head;
    if (head == DS_NO_HEAD) break;
    token = head;
  }
  return token;
}

bool ds_finder_is_inside(const ds_finder *f, uint32_t first, uint32_t count) {
  uint32_t head = ds_finder_span_head(f, first, count);
  uint32_t preposition = ds_finder_dependent(f, head, DS_DEPREL_CASE);
  if (ds_deprel_base((ds_deprel)ds_finder_word(f, head)->deprel) != DS_DEPREL_OBL || preposition == DS_NO_HEAD)
    return false;
  return ds_finder_is(f, preposition, "in") || ds_finder_is(f, preposition, "near") ||
         ds_finder_is(f, preposition, "inside");
}

bool ds_finder_is_subject(const ds_finder *f, uint32_t token) {
  return ds_deprel_base(ds_finder_word(f, ds_finder_first_conjunct(f, token))->deprel) == DS_DEPREL_NSUBJ;
}

bool ds_spot_name(ds_finder *f, ds_spot *spot, uint32_t first, uint32_t count) {
  const ds_token *tokens = f->text->tokens;
  char key[DS_KEY_SIZE];
  size_t len = ds_name_key(ds_str_sub(f->text->text, tokens[first].start, tokens[first + count - 1].end), key);
  spot->key = ds_arena_str(f->arena, (ds_str){key, len});
  if (!spot->key.ptr) return false;
  spot->word_count = 0;
  uint32_t most = 1;
  for (size_t i = 0; i < len; i++) most += key[i] == ' ';
  spot->words = DS_NEW_ARRAY(f->arena, uint32_t, most);
  if (!spot->words) return false;
  ds_str rest = spot->key, word;
  while (ds_str_split(&rest, ' ', &word)) spot->words[spot->word_count++] = (uint32_t)ds_str_hash(word);
  return true;
}

bool ds_spot_add(ds_finder *f, ds_spot spot, uint32_t *index) {
  spot.group = DS_NO_SPOT;
  if (!spot.key.ptr && !ds_spot_name(f, &spot, spot.first, spot.count)) return false;
  if (index) *index = (uint32_t)f->spots.len;
  return DS_PUSH(f->spots, spot);
}

typedef struct sort_item {
  uint32_t first, count, index;
} sort_item;

static int compare_items(const void *a, const void *b) {
  const sort_item *x = a, *y = b;
  if (x->first != y->first) return x->first < y->first ? -1 : 1;
  if (x->count != y->count) return x->count > y->count ? -1 : 1;
  return x->index < y->index ? -1 : 1;
}

static void fill_tokens(ds_finder *f) {
  for (size_t i = 0; i < f->text->token_count; i++) f->spot_at[i] = f->spot_head[i] = DS_NO_SPOT;
  for (uint32_t s = 0; s < f->spots.len; s++) {
    const ds_spot *spot = &f->spots.items[s];
    for (uint32_t t = spot->first; t < spot->first + spot->count; t++)
      if (f->spot_at[t] == DS_NO_SPOT) f->spot_at[t] = s;
    if (f->spot_head[spot->head] == DS_NO_SPOT) f->spot_head[spot->head] = s;
  }
}

bool ds_spots_sort(ds_finder *f) {
  size_t count = f->spots.len;
  sort_item *items = DS_NEW_ARRAY(f->arena, sort_item, count);
  ds_spot *sorted = DS_NEW_ARRAY(f->arena, ds_spot, count);
  uint32_t *place = DS_NEW_ARRAY(f->arena, uint32_t, count);
  if (!items || !sorted || !place) return false;
  for (uint32_t i = 0; i < count; i++) items[i] = (sort_item){f->spots.items[i].first, f->spots.items[i].count, i};
  if (count) qsort(items, count, sizeof *items, compare_items);
  for (uint32_t i = 0; i < count; i++) {
    sorted[i] = f->spots.items[items[i].index];
    place[items[i].index] = i;
  }
  for (uint32_t i = 0; i < count; i++) {
    if (sorted[i].owner != DS_NO_SPOT) sorted[i].owner = place[sorted[i].owner];
    if (sorted[i].holder != DS_NO_SPOT) sorted[i].holder = place[sorted[i].holder];
    if (sorted[i].same_as != DS_NO_SPOT) sorted[i].same_as = place[sorted[i].same_as];
  }
  if (count) memcpy(f->spots.items, sorted, count * sizeof *sorted);
  fill_tokens(f);
  return true;
}
