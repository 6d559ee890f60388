/* Finding actors by name, and why they carry their names. */
#include "api/graph_internal.h"
#include "base/utf8.h"

#include <stdlib.h>
#include <string.h>

/* Names compared without case and marks; "the" at the start, blanks and punctuation at the ends do not count. */
static void fold_name(ds_str name, ds_buf *out) {
  ds_buf_clear(out);
  ds_utf8_fold(ds_str_trim(name), out);
  if (ds_str_starts(ds_buf_str(out), DS_STR("the ")) && out->len > 4) {
    memmove(out->data, out->data + 4, out->len - 4 + 1);
    out->len -= 4;
  }
}

/* Whether every word of `words` begins a word of the name. */
static bool holds_words(ds_str words, ds_str name) {
  ds_str word;
  while (ds_str_split(&words, ' ', &word)) {
    bool found = !word.len;
    for (size_t at = 0; !found && at + word.len <= name.len; at++)
      found =
          (at == 0 || !ds_cp_is_alpha((unsigned char)name.ptr[at - 1])) && !memcmp(name.ptr + at, word.ptr, word.len);
    if (!found) return false;
  }
  return true;
}

static bool actor_holds_words(const dossier_actor *actor, ds_str words, ds_buf *scratch) {
  fold_name(ds_str_from(actor->label), scratch);
  if (holds_words(words, ds_buf_str(scratch))) return true;
  for (size_t i = 0; i < actor->alias_count; i++) {
    fold_name(ds_str_from(actor->aliases[i]), scratch);
    if (holds_words(words, ds_buf_str(scratch))) return true;
  }
  return false;
}

dossier_status dossier_graph_find(const dossier_graph *graph, const char *name, size_t *actor, dossier_error *err) {
  uint32_t found = 0;
  dossier_status status = ds_network_find(&graph->network, ds_str_from(name), &found, err);
  if (status == DOSSIER_OK) *actor = found;
  return status;
}

dossier_status dossier_graph_find_claim(const dossier_graph *graph, const char *id, size_t *claim, dossier_error *err) {
  uint32_t found = ds_network_claim(&graph->network, ds_str_from(id));
  if (found == DS_NONE) {
    ds_fail(err, DOSSIER_NONE, "there is no claim '%s'; their ids stand beside the sentences of: dossier ties ACTOR",
            id);
    return DOSSIER_NONE;
  }
  *claim = found;
  return DOSSIER_OK;
}

typedef struct ranked {
  size_t actor, ties, mentions;
} ranked;

static int by_rank(const void *a, const void *b) {
  const ranked *x = a, *y = b;
  if (x->ties != y->ties) return x->ties < y->ties ? 1 : -1;
  if (x->mentions != y->mentions) return x->mentions < y->mentions ? 1 : -1;
  return x->actor < y->actor ? -1 : x->actor > y->actor;
}

dossier_status dossier_graph_search(dossier_graph *graph, const char *words, const size_t **actors, size_t *count,
                                    dossier_error *err) {
  *actors = NULL;
  *count = 0;
  ds_arena_clear(&graph->answer);
  ranked *found = DS_NEW_ARRAY(&graph->answer, ranked, graph->network.actor_count);
  size_t *out = DS_NEW_ARRAY(&graph->answer, size_t, graph->network.actor_count);
  ds_buf folded, scratch;
  ds_buf_init(&folded);
  ds_buf_init(&scratch);
  fold_name(ds_str_from(words), &folded);
  bool memory = found && out && !folded.failed;
  for (size_t i = 0; memory && i < graph->network.actor_count; i++) {
    const dossier_actor *actor = &graph->actors[i];
    if (!folded.len || actor_holds_words(actor, ds_buf_str(&folded), &scratch))
      found[(*count)++] = (ranked){i, actor->ties, actor->mentions};
  }
  if (memory) qsort(found, *count, sizeof *found, by_rank);
  for (size_t i = 0; memory && i < *count; i++) out[i] = found[i].actor;
  *actors = out;
  memory = memory && !scratch.failed;
  ds_buf_release(&folded);
  ds_buf_release(&scratch);
  if (!memory) return ds_fail_memory(err);
  return *count ? DOSSIER_OK : DOSSIER_NONE;
}

dossier_status dossier_graph_why_actor(dossier_graph *graph, size_t actor, const char *const **lines, size_t *count,
                                       dossier_error *err) {
  *lines = NULL;
  *count = 0;
  if (actor >= graph->network.actor_count) return ds_fail(err, DOSSIER_USAGE, "there is no actor of that number");
  ds_arena_clear(&graph->answer);
  const ds_net_actor *from = &graph->network.actors[actor];
  const char **out = DS_NEW_ARRAY(&graph->answer, const char *, from->alias_count);
  if (!out) return ds_fail_memory(err);
  for (size_t i = 0; i < from->alias_count; i++) {
    const ds_net_alias *alias = &from->aliases[i];
    ds_str where = alias->document != DS_NONE ? graph->network.documents[alias->document].id : DS_STR("-");
    out[i] = ds_arena_printf(&graph->answer, "%.*s (%.*s; %u articles, first %.*s)", DS_STR_ARG(alias->name),
                             DS_STR_ARG(alias->reason), alias->documents, DS_STR_ARG(where))
                 .ptr;
    if (!out[i]) return ds_fail_memory(err);
  }
  *lines = out;
  *count = from->alias_count;
  return DOSSIER_OK;
}
