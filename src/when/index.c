/* Which rules can begin at which word: most words of a text begin none, and are passed over at once. */
#include "when/find.h"

#include <stdlib.h>
#include <string.h>

typedef DS_VEC(dw_start) start_vec;

static int compare(const void *a, const void *b) {
  const dw_start *x = a, *y = b;
  int order = ds_str_cmp(x->word, y->word);
  return order ? order : (x->rule > y->rule) - (x->rule < y->rule);
}

/* The words that a rule may begin with: those of its first part, and of the next as long as it is optional. An element ({n})
 * counts as the empty word. */
static bool add_starts(start_vec *starts, uint32_t rule) {
  for (const char *at = dw_rules[rule].pattern; *at;) {
    size_t length = strcspn(at, " ");
    bool optional = length > 1 && at[length - 1] == '?';
    ds_str part = ds_str_sub((ds_str){at, length}, *at == '~', length - optional), word;
    if (part.ptr[0] == '{') {
      if (!DS_PUSH(*starts, (dw_start){DS_STR(""), rule})) return false;
    } else {
      while (ds_str_split(&part, '|', &word))
        if (!DS_PUSH(*starts, (dw_start){word, rule})) return false;
    }
    if (!optional) break;
    at += length + (at[length] == ' ');
  }
  return true;
}

dossier_status dw_index_make(ds_arena *arena, dw_index *out, dossier_error *err) {
  start_vec starts = {0};
  bool fine = true;
  for (uint32_t i = 0; i < dw_rule_count && fine; i++) fine = add_starts(&starts, i);
  out->starts = fine ? DS_NEW_ARRAY(arena, dw_start, starts.len) : NULL;
  out->count = starts.len;
  fine = fine && out->starts;
  if (fine && starts.len) {
    memcpy(out->starts, starts.items, starts.len * sizeof *starts.items);
    qsort(out->starts, out->count, sizeof *out->starts, compare);
  }
  DS_VEC_RELEASE(starts);
  return fine ? DOSSIER_OK : ds_fail_memory(err);
}

const dw_start *dw_index_find(const dw_index *index, ds_str word, size_t *count) {
  size_t low = 0, high = index->count;
  while (low < high) {
    size_t middle = (low + high) / 2;
    if (ds_str_cmp(index->starts[middle].word, word) < 0)
      low = middle + 1;
    else
      high = middle;
  }
  for (high = low; high < index->count && ds_str_eq(index->starts[high].word, word);) high++;
  *count = high - low;
  return &index->starts[low];
}
