/* Claims become ties: one edge for each subject, relation, object and polarity. */
#include <stdlib.h>

#include "resolve/resolve.h"
#include "when/edtf.h"

typedef struct tie_key {
  uint32_t subject, object, claim;
  uint8_t relation, polarity;
} tie_key;

static int compare_u32(const void *a, const void *b) {
  uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
  return (x > y) - (x < y);
}

static int compare_ties(const tie_key *x, const tie_key *y) {
  if (x->subject != y->subject) return x->subject < y->subject ? -1 : 1;
  if (x->relation != y->relation) return x->relation < y->relation ? -1 : 1;
  if (x->object != y->object) return x->object < y->object ? -1 : 1;
  return (x->polarity > y->polarity) - (x->polarity < y->polarity);
}

static int compare_keys(const void *a, const void *b) {
  const tie_key *x = a, *y = b;
  int order = compare_ties(x, y);
  return order ? order : (x->claim > y->claim) - (x->claim < y->claim);
}

static size_t gather_keys(const ds_ontology *ontology, const ds_network *network, tie_key *keys) {
  size_t count = 0;
  for (size_t i = 0; i < network->claim_count; i++) {
    ds_net_claim *claim = &network->claims[i];
    claim->tie = DS_NONE;
    if (claim->subject == claim->object) continue;
    bool turn = ontology->relations[claim->relation].symmetric && claim->object < claim->subject;
    keys[count++] = (tie_key){.subject = turn ? claim->object : claim->subject,
                              .object = turn ? claim->subject : claim->object,
                              .claim = (uint32_t)i,
                              .relation = claim->relation,
                              .polarity = claim->polarity};
  }
  qsort(keys, count, sizeof *keys, compare_keys);
  return count;
}

/* The claims' earliest and latest days. Where two begin (or end) on the same day, the more exact date stands. */
static void set_dates(const ds_network *network, ds_net_tie *tie) {
  int32_t begin = 0, begin_end = 0, end = 0, end_begin = 0;
  tie->first = tie->last = DS_STR("");
  for (size_t i = 0; i < tie->claim_count; i++) {
    ds_str date = network->claims[tie->claims[i]].date;
    int32_t first, last;
    if (!date.len || !ds_edtf_bounds(date, &first, &last)) continue;
    if (!tie->first.len || first < begin ||
        (first == begin && (last < begin_end || (last == begin_end && ds_str_cmp(date, tie->first) < 0)))) {
      tie->first = date;
      begin = first;
      begin_end = last;
    }
    if (!tie->last.len || last > end ||
        (last == end && (first > end_begin || (first == end_begin && ds_str_cmp(date, tie->last) < 0)))) {
      tie->last = date;
      end = last;
      end_begin = first;
    }
  }
}

/* seen[] holds, for each document, the number of the last tie (from 1) that it was counted for. */
static void add_evidence(const ds_network *network, ds_net_tie *tie, uint32_t number, uint32_t *seen) {
  tie->certainty = DS_POSSIBLE;
  for (size_t i = 0; i < tie->claim_count; i++) {
    const ds_net_claim *claim = &network->claims[tie->claims[i]];
    uint32_t copied = network->documents[claim->document].copy_of;
    uint32_t independent = copied == DS_NONE ? claim->document : copied;
    if (seen[independent] != number) {
      seen[independent] = number;
      tie->weight++;
    }
    if (claim->certainty < tie->certainty) tie->certainty = claim->certainty;
    if (claim->confidence > tie->confidence) tie->confidence = claim->confidence;
    if (claim->speaker != DS_NONE) tie->speakers[tie->speaker_count++] = claim->speaker;
  }
  qsort(tie->speakers, tie->speaker_count, sizeof *tie->speakers, compare_u32);
  size_t kept = 0;
  for (size_t i = 0; i < tie->speaker_count; i++)
    if (!kept || tie->speakers[i] != tie->speakers[kept - 1]) tie->speakers[kept++] = tie->speakers[i];
  tie->speaker_count = kept;
}

static bool make_tie(ds_arena *arena, const ds_ontology *ontology, ds_network *network, const tie_key *keys,
                     size_t count, uint32_t *seen) {
  uint32_t index = (uint32_t)network->tie_count++;
  ds_net_tie *tie = &network->ties[index];
  *tie = (ds_net_tie){
      .subject = keys->subject, .object = keys->object, .relation = keys->relation, .polarity = keys->polarity};
  tie->id = ds_arena_printf(arena, "%.*s.%.*s.%.*s%s", DS_STR_ARG(network->actors[tie->subject].id),
                            DS_STR_ARG(ontology->relations[tie->relation].name),
                            DS_STR_ARG(network->actors[tie->object].id), tie->polarity == DS_DENIED ? ".denied" : "");
  tie->claims = DS_NEW_ARRAY(arena, uint32_t, count);
  tie->speakers = DS_NEW_ARRAY(arena, uint32_t, count);
  if (!tie->id.ptr || !tie->claims || !tie->speakers) return false;
  for (size_t i = 0; i < count; i++) {
    tie->claims[tie->claim_count++] = keys[i].claim;
    network->claims[keys[i].claim].tie = index;
  }
  add_evidence(network, tie, index + 1, seen);
  set_dates(network, tie);
  return true;
}

dossier_status ds_network_tie_up(ds_arena *arena, const ds_ontology *ontology, ds_network *network,
                                 dossier_error *err) {
  dossier_status status = DOSSIER_OK;
  tie_key *keys = calloc(network->claim_count + 1, sizeof *keys);
  uint32_t *seen = calloc(network->document_count + 1, sizeof *seen);
  if (!keys || !seen) status = ds_fail_memory(err);
  size_t count = status == DOSSIER_OK ? gather_keys(ontology, network, keys) : 0, ties = 0;
  for (size_t i = 0; i < count; i++) ties += i == 0 || compare_ties(&keys[i - 1], &keys[i]) != 0;
  network->tie_count = 0;
  network->ties = DS_NEW_ARRAY(arena, ds_net_tie, ties);
  if (!network->ties) status = ds_fail_memory(err);
  for (size_t i = 0, next; i < count && status == DOSSIER_OK; i = next) {
    for (next = i + 1; next < count && compare_ties(&keys[i], &keys[next]) == 0;) next++;
    if (!make_tie(arena, ontology, network, keys + i, next - i, seen)) status = ds_fail_memory(err);
  }
  free(keys);
  free(seen);
  return status;
}
