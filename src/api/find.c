/* Finding actors by name, and why they carry their names. */
#include "api/graph_internal.h"
#include "base/utf8.h"
#include "base/vec.h"

#include <stdlib.h>
#include <string.h>

/* Names compared without case and marks; "the" at the start, blanks and punctuation at the ends do not count. */
static void fold_name(ds_str name, ds_buf *out)
{
  ds_buf_clear(out);
  ds_utf8_fold(ds_str_trim(name), out);
  if (ds_str_starts(ds_buf_str(out), DS_STR("the ")) && out->len > 4) {
    memmove(out->data, out->data + 4, out->len - 4 + 1);
    out->len -= 4;
  }
}

static bool actor_has_name(const dossier_actor *actor, ds_str folded, ds_buf *scratch)
{
  if (ds_str_eqz(folded, actor->id)) return true;
  fold_name(ds_str_from(actor->label), scratch);
  if (ds_str_eq(ds_buf_str(scratch), folded)) return true;
  for (size_t i = 0; i < actor->alias_count; i++) {
    fold_name(ds_str_from(actor->aliases[i]), scratch);
    if (ds_str_eq(ds_buf_str(scratch), folded)) return true;
  }
  return false;
}

/* Whether every word of `words` begins a word of the name. */
static bool holds_words(ds_str words, ds_str name)
{
  ds_str word;
  while (ds_str_split(&words, ' ', &word)) {
    bool found = !word.len;
    for (size_t at = 0; !found && at + word.len <= name.len; at++)
      found = (at == 0 || !ds_cp_is_alpha((unsigned char)name.ptr[at - 1])) && !memcmp(name.ptr + at, word.ptr, word.len);
    if (!found) return false;
  }
  return true;
}

static bool actor_holds_words(const dossier_actor *actor, ds_str words, ds_buf *scratch)
{
  fold_name(ds_str_from(actor->label), scratch);
  if (holds_words(words, ds_buf_str(scratch))) return true;
  for (size_t i = 0; i < actor->alias_count; i++) {
    fold_name(ds_str_from(actor->aliases[i]), scratch);
    if (holds_words(words, ds_buf_str(scratch))) return true;
  }
  return false;
}

/* Levenshtein distance over bytes, cut off at `most` + 1. For suggestions only. */
static size_t distance(ds_str a, ds_str b, size_t most)
{
  size_t row[65];
  if (a.len > 64) a.len = 64;
  if (b.len > 64) b.len = 64;
  size_t gap = a.len > b.len ? a.len - b.len : b.len - a.len;
  if (gap > most) return most + 1;
  for (size_t j = 0; j <= b.len; j++) row[j] = j;
  for (size_t i = 1; i <= a.len; i++) {
    size_t diagonal = row[0];
    row[0] = i;
    for (size_t j = 1; j <= b.len; j++) {
      size_t above = row[j], best = diagonal + (a.ptr[i - 1] != b.ptr[j - 1]);
      if (above + 1 < best) best = above + 1;
      if (row[j - 1] + 1 < best) best = row[j - 1] + 1;
      diagonal = above;
      row[j] = best;
    }
  }
  return row[b.len];
}

typedef struct suggestion {
  size_t actor, far;
} suggestion;

static size_t nearest_name(const dossier_actor *actor, ds_str folded, ds_buf *scratch)
{
  fold_name(ds_str_from(actor->label), scratch);
  size_t best = distance(folded, ds_buf_str(scratch), folded.len);
  for (size_t i = 0; i < actor->alias_count; i++) {
    fold_name(ds_str_from(actor->aliases[i]), scratch);
    size_t far = distance(folded, ds_buf_str(scratch), folded.len);
    if (far < best) best = far;
  }
  return best;
}

/* The names of up to five actors that hold the words, else of the three nearest in spelling. */
static void suggest(const dossier_graph *graph, ds_str folded, ds_buf *list)
{
  ds_buf scratch;
  ds_buf_init(&scratch);
  suggestion best[3];
  size_t count = 0, held = 0, most = folded.len / 3 + 1;
  for (size_t i = 0; i < graph->network.actor_count && held < 5; i++)
    if (actor_holds_words(&graph->actors[i], folded, &scratch))
      ds_buf_printf(list, "%s%s", held++ ? ", " : "", graph->actors[i].label);
  for (size_t i = 0; !held && i < graph->network.actor_count; i++) {
    suggestion s = {i, nearest_name(&graph->actors[i], folded, &scratch)};
    if (s.far > most) continue;
    if (count == 3 && best[2].far <= s.far) continue;
    size_t at = count < 3 ? count++ : 2;
    best[at] = s;
    for (; at > 0 && best[at].far < best[at - 1].far; at--) {
      suggestion swap = best[at];
      best[at] = best[at - 1];
      best[at - 1] = swap;
    }
  }
  for (size_t i = 0; !held && i < count; i++)
    ds_buf_printf(list, "%s%s", i ? ", " : "", graph->actors[best[i].actor].label);
  ds_buf_release(&scratch);
}

static dossier_status not_found(const dossier_graph *graph, const char *name, ds_str folded, dossier_error *err)
{
  ds_buf list;
  ds_buf_init(&list);
  suggest(graph, folded, &list);
  if (list.len)
    ds_fail(err, DOSSIER_NONE, "no actor is called '%s'; near it are: %s", name, list.data);
  else
    ds_fail(err, DOSSIER_NONE, "no actor is called '%s'; see who is there with: dossier actors", name);
  ds_buf_release(&list);
  return DOSSIER_NONE;
}

static dossier_status two_found(const dossier_graph *graph, const char *name, ds_str folded, dossier_error *err)
{
  ds_buf list, scratch;
  ds_buf_init(&list);
  ds_buf_init(&scratch);
  for (size_t i = 0, listed = 0; i < graph->network.actor_count && listed < 6; i++)
    if (actor_has_name(&graph->actors[i], folded, &scratch))
      ds_buf_printf(&list, "%s%s (%s, %s)", listed++ ? "; " : "", graph->actors[i].id, graph->actors[i].label,
                    graph->actors[i].kind);
  dossier_status status =
      ds_fail(err, DOSSIER_USAGE, "'%s' fits several actors; use an id: %s", name, list.data ? list.data : "");
  ds_buf_release(&list);
  ds_buf_release(&scratch);
  return status;
}

/* By id, else by label, else by alias: a name that is one actor's label is that actor, whoever else goes by it too. */
static size_t find_level(const dossier_graph *graph, ds_str folded, int level, size_t *found, ds_buf *scratch)
{
  size_t count = 0;
  for (size_t i = 0; i < graph->network.actor_count; i++) {
    const dossier_actor *actor = &graph->actors[i];
    bool fits = false;
    if (level == 0) fits = ds_str_eqz(folded, actor->id);
    if (level == 1) {
      fold_name(ds_str_from(actor->label), scratch);
      fits = ds_str_eq(ds_buf_str(scratch), folded);
    }
    if (level == 2) fits = actor_has_name(actor, folded, scratch);
    if (fits && count++ == 0) *found = i;
  }
  return count;
}

dossier_status dossier_graph_find(const dossier_graph *graph, const char *name, size_t *actor, dossier_error *err)
{
  ds_buf folded, scratch;
  ds_buf_init(&folded);
  ds_buf_init(&scratch);
  fold_name(ds_str_from(name), &folded);
  size_t count = 0;
  for (int level = 0; level < 3 && !count && !folded.failed; level++)
    count = find_level(graph, ds_buf_str(&folded), level, actor, &scratch);
  dossier_status status = DOSSIER_OK;
  if (folded.failed || scratch.failed)
    status = ds_fail_memory(err);
  else if (count == 0)
    status = not_found(graph, name, ds_buf_str(&folded), err);
  else if (count > 1)
    status = two_found(graph, name, ds_buf_str(&folded), err);
  ds_buf_release(&folded);
  ds_buf_release(&scratch);
  return status;
}

dossier_status dossier_graph_find_claim(const dossier_graph *graph, const char *id, size_t *claim, dossier_error *err)
{
  uint32_t found = ds_network_claim(&graph->network, ds_str_from(id));
  if (found == DS_NONE) {
    ds_fail(err, DOSSIER_NONE, "there is no claim '%s'; their ids stand beside the sentences of: dossier ties ACTOR", id);
    return DOSSIER_NONE;
  }
  *claim = found;
  return DOSSIER_OK;
}

typedef struct ranked {
  size_t actor, ties, mentions;
} ranked;

static int by_rank(const void *a, const void *b)
{
  const ranked *x = a, *y = b;
  if (x->ties != y->ties) return x->ties < y->ties ? 1 : -1;
  if (x->mentions != y->mentions) return x->mentions < y->mentions ? 1 : -1;
  return x->actor < y->actor ? -1 : x->actor > y->actor;
}

dossier_status dossier_graph_search(dossier_graph *graph, const char *words, const size_t **actors, size_t *count,
                                    dossier_error *err)
{
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
                                       dossier_error *err)
{
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
                             DS_STR_ARG(alias->reason), alias->documents, DS_STR_ARG(where)).ptr;
    if (!out[i]) return ds_fail_memory(err);
  }
  *lines = out;
  *count = from->alias_count;
  return DOSSIER_OK;
}
