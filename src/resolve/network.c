#include <stdlib.h>
#include <string.h>

#include "resolve/internal.h"

/* ---- claims ---- */

static int compare_claims(const void *a, const void *b) {
  const ds_net_claim *x = a, *y = b;
  const uint32_t left[] = {x->document, x->start,    x->end,       x->subject, x->relation,
                           x->object,   x->polarity, x->certainty, x->speaker};
  const uint32_t right[] = {y->document, y->start,    y->end,       y->subject, y->relation,
                            y->object,   y->polarity, y->certainty, y->speaker};
  for (size_t i = 0; i < sizeof left / sizeof *left; i++)
    if (left[i] != right[i]) return left[i] < right[i] ? -1 : 1;
  int order = ds_str_cmp(x->rule, y->rule);
  if (!order) order = ds_str_cmp(x->role, y->role);
  if (!order) order = ds_str_cmp(x->date, y->date);
  if (!order) order = ds_str_cmp(x->subject_words, y->subject_words);
  if (!order) order = ds_str_cmp(x->object_words, y->object_words);
  return order ? order : (x->confidence > y->confidence) - (x->confidence < y->confidence);
}

static dossier_status take_claim(const rs_set *set, uint32_t document, const ds_record_claim *source, ds_net_claim *out,
                                 dossier_error *err) {
  const ds_net_document *from = &set->network->documents[document];
  const ds_record *record = &set->records[from->record];
  uint8_t relation = ds_ontology_relation(set->ontology, source->relation);
  bool speaks = source->speaker != DS_NO_ENTITY;
  if (relation == DS_NO_RELATION)
    return ds_fail(err, DOSSIER_INPUT, "article %.*s: the ontology has no relation \"%.*s\"", DS_STR_ARG(from->id),
                   DS_STR_ARG(source->relation));
  if (source->subject >= record->entity_count || source->object >= record->entity_count ||
      (speaks && source->speaker >= record->entity_count) || source->start > source->end ||
      source->end > record->article.text.len)
    return ds_fail(err, DOSSIER_INPUT, "article %.*s: a claim points outside its article", DS_STR_ARG(from->id));
  *out = (ds_net_claim){.document = document,
                        .subject = from->actor_of[source->subject],
                        .object = from->actor_of[source->object],
                        .speaker = speaks ? from->actor_of[source->speaker] : DS_NONE,
                        .relation = relation,
                        .polarity = source->polarity,
                        .certainty = source->certainty,
                        .date_basis = source->date_basis,
                        .tie = DS_NONE,
                        .start = source->start,
                        .end = source->end,
                        .quote = ds_str_sub(record->article.text, source->start, source->end),
                        .role = source->role,
                        .date = source->date,
                        .rule = source->rule,
                        .subject_words = source->subject_words,
                        .object_words = source->object_words,
                        .confidence = source->confidence};
  return DOSSIER_OK;
}

static void count_claims(ds_network *network) {
  for (size_t i = 0; i < network->claim_count; i++) {
    const ds_net_claim *claim = &network->claims[i];
    network->actors[claim->subject].claims++;
    if (claim->object != claim->subject) network->actors[claim->object].claims++;
  }
}

static bool name_claims(rs_set *set) {
  ds_network *network = set->network;
  for (size_t i = 0; i < network->claim_count; i++) {
    ds_net_claim *claim = &network->claims[i];
    ds_net_document *document = &network->documents[claim->document];
    if (document->claim_count++ == 0) document->first_claim = (uint32_t)i;
    claim->id = ds_arena_printf(set->arena, "%.*s.%u", DS_STR_ARG(document->id), document->claim_count);
    if (!claim->id.ptr) return false;
  }
  return true;
}

static dossier_status take_claims(rs_set *set, dossier_error *err) {
  ds_network *network = set->network;
  size_t count = 0;
  for (size_t d = 0; d < network->document_count; d++) count += set->records[network->documents[d].record].claim_count;
  network->claims = DS_NEW_ARRAY(set->arena, ds_net_claim, count);
  if (!network->claims) return ds_fail_memory(err);
  for (uint32_t d = 0; d < network->document_count; d++) {
    const ds_record *record = &set->records[network->documents[d].record];
    for (size_t i = 0; i < record->claim_count; i++) {
      dossier_status status = take_claim(set, d, &record->claims[i], &network->claims[network->claim_count], err);
      if (status) return status;
      network->claim_count++;
    }
  }
  if (count) qsort(network->claims, count, sizeof *network->claims, compare_claims);
  count_claims(network);
  return name_claims(set) ? DOSSIER_OK : ds_fail_memory(err);
}

/* ---- the whole ---- */

dossier_status ds_network_make(ds_arena *arena, const ds_ontology *ontology, const ds_record *records, size_t count,
                               ds_network *out, dossier_error *err) {
  ds_arena scratch;
  ds_arena_init(&scratch);
  *out = (ds_network){0};
  rs_set set = {.arena = arena, .scratch = &scratch, .ontology = ontology, .records = records, .network = out};
  dossier_status status = rs_documents(&set, count, err);
  if (status == DOSSIER_OK) status = rs_entities(&set, err);
  if (status == DOSSIER_OK) status = rs_merge(&set, err);
  if (status == DOSSIER_OK) status = rs_actors(&set, err);
  if (status == DOSSIER_OK) status = rs_copies(&set, err);
  if (status == DOSSIER_OK) status = take_claims(&set, err);
  if (status == DOSSIER_OK) status = ds_network_tie_up(arena, ontology, out, err);
  ds_arena_release(&scratch);
  if (status != DOSSIER_OK) *out = (ds_network){0};
  return status;
}

/* ---- looking up ---- */

/* Binary search in an array sorted by id; the id is each item's first field. */
static uint32_t find_id(const void *items, size_t count, size_t size, ds_str id) {
  size_t low = 0, high = count;
  while (low < high) {
    size_t middle = (low + high) / 2;
    int order = ds_str_cmp(*(const ds_str *)((const char *)items + middle * size), id);
    if (order == 0) return (uint32_t)middle;
    if (order < 0)
      low = middle + 1;
    else
      high = middle;
  }
  return DS_NONE;
}

uint32_t ds_network_actor(const ds_network *network, ds_str id) {
  return find_id(network->actors, network->actor_count, sizeof *network->actors, id);
}

uint32_t ds_network_document(const ds_network *network, ds_str id) {
  return find_id(network->documents, network->document_count, sizeof *network->documents, id);
}

uint32_t ds_network_claim(const ds_network *network, ds_str id) {
  size_t dot = id.len;
  while (dot > 0 && id.ptr[dot - 1] != '.') dot--;
  uint32_t number, document = dot ? ds_network_document(network, ds_str_sub(id, 0, dot - 1)) : DS_NONE;
  if (document == DS_NONE || !ds_str_to_u32(ds_str_sub(id, dot, id.len), &number)) return DS_NONE;
  const ds_net_document *in = &network->documents[document];
  for (uint32_t i = in->first_claim; i < in->first_claim + in->claim_count; i++)
    if (ds_str_eq(network->claims[i].id, id)) return i;
  return DS_NONE;
}

uint32_t ds_network_tie(const ds_network *network, ds_str id) {
  for (size_t i = 0; i < network->tie_count; i++)
    if (ds_str_eq(network->ties[i].id, id)) return (uint32_t)i;
  return DS_NONE;
}
