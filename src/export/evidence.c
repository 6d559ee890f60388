#include "export/evidence.h"

#include <stdio.h>
#include <string.h>

#include "when/edtf.h"

static uint32_t independent(const ds_network *network, uint32_t claim) {
  uint32_t document = network->claims[claim].document, copied = network->documents[document].copy_of;
  return copied == DS_NONE ? document : copied;
}

static bool better(const ds_network *network, uint32_t a, uint32_t b) {
  const ds_net_claim *x = &network->claims[a], *y = &network->claims[b];
  bool x_copy = network->documents[x->document].copy_of != DS_NONE;
  bool y_copy = network->documents[y->document].copy_of != DS_NONE;
  if (x->certainty != y->certainty) return x->certainty < y->certainty;
  if (x_copy != y_copy) return y_copy;
  if (x->confidence != y->confidence) return x->confidence > y->confidence;
  return a < b;
}

size_t ds_evidence_best(const ds_network *network, const ds_net_tie *tie, uint32_t *claims, size_t most) {
  size_t count = 0;
  while (count < most) {
    uint32_t best = DS_NONE;
    for (size_t i = 0; i < tie->claim_count; i++) {
      bool taken = false;
      for (size_t c = 0; c < count && !taken; c++)
        taken = independent(network, claims[c]) == independent(network, tie->claims[i]);
      if (!taken && (best == DS_NONE || better(network, tie->claims[i], best))) best = tie->claims[i];
    }
    if (best == DS_NONE) break;
    claims[count++] = best;
  }
  return count;
}

static void write_day(int32_t day, char *out, size_t size) {
  ds_ymd d = ds_day_to_ymd(day);
  snprintf(out, size, "%s%04d-%02d-%02d", d.year < 0 ? "-" : "", d.year < 0 ? -d.year : d.year, d.month, d.day);
}

/* Whether the value may stand as one end of an EDTF interval of level 1: no interval, no season, nothing masked. */
static bool is_plain(ds_str date) {
  size_t at;
  if (ds_str_find(date, DS_STR("/"), &at) || ds_str_find(date, DS_STR("X"), &at) || date.len > 11) return false;
  return date.len < 7 || date.ptr[4] != '-' || date.ptr[5] != '2';
}

/* The one date; else from the first to the last, each as it was said where EDTF lets it stand there. */
static void write_date(const ds_net_tie *tie, bool open_start, bool open_end, ds_evidence_when *when) {
  if (ds_str_eq(tie->first, tie->last) && tie->first.len < sizeof when->date) {
    snprintf(when->date, sizeof when->date, "%.*s", DS_STR_ARG(tie->first));
    return;
  }
  ds_str first = open_start ? DS_STR("..") : is_plain(tie->first) ? tie->first : ds_str_from(when->start);
  ds_str last = open_end ? DS_STR("..") : is_plain(tie->last) ? tie->last : ds_str_from(when->end);
  snprintf(when->date, sizeof when->date, "%.*s/%.*s", DS_STR_ARG(first), DS_STR_ARG(last));
}

void ds_evidence_when_get(const ds_network *network, const ds_net_tie *tie, int32_t latest, ds_evidence_when *when) {
  *when = (ds_evidence_when){.open = ""};
  int32_t begin, first_end, last_begin, end;
  if (!ds_edtf_bounds(tie->first, &begin, &first_end) || !ds_edtf_bounds(tie->last, &last_begin, &end)) return;
  bool open_start = begin == DS_DAY_MIN, open_end = end == DS_DAY_MAX;
  if (open_start) begin = first_end != DS_DAY_MAX ? first_end : latest;
  if (begin == DS_DAY_MIN) return; /* open on both sides, and no article has a date */
  if (open_end) end = latest > begin ? latest : begin;
  if (open_end && last_begin != DS_DAY_MIN && last_begin > end) end = last_begin;
  when->open = open_start && open_end ? "both" : open_start ? "start" : open_end ? "end" : "";
  write_day(begin, when->start, sizeof when->start);
  write_day(end, when->end, sizeof when->end);
  write_date(tie, open_start, open_end, when);
}

int32_t ds_evidence_latest(const ds_network *network) {
  int32_t latest = DS_DAY_MIN, first, last;
  for (size_t d = 0; d < network->document_count; d++)
    if (ds_edtf_bounds(network->documents[d].article->published, &first, &last) && last != DS_DAY_MAX && last > latest)
      latest = last;
  return latest;
}

static void widen(ds_evidence_seen *seen, const ds_net_tie *tie) {
  int32_t first, last, other, unused;
  if (ds_edtf_bounds(tie->first, &first, &unused) && (!ds_edtf_bounds(seen->first, &other, &unused) || first < other))
    seen->first = tie->first;
  if (ds_edtf_bounds(tie->last, &unused, &last) && (!ds_edtf_bounds(seen->last, &unused, &other) || last > other))
    seen->last = tie->last;
}

void ds_evidence_seen_get(const ds_network *network, ds_evidence_seen *seen) {
  for (size_t a = 0; a < network->actor_count; a++) seen[a] = (ds_evidence_seen){DS_STR(""), DS_STR("")};
  for (size_t t = 0; t < network->tie_count; t++) {
    widen(&seen[network->ties[t].subject], &network->ties[t]);
    widen(&seen[network->ties[t].object], &network->ties[t]);
  }
}
