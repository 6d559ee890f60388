/* export/evidence.h - what an edge says of its evidence where a format has room for only some of it */
#ifndef DS_EXPORT_EVIDENCE_H
#define DS_EXPORT_EVIDENCE_H

#include "base/buf.h"
#include "resolve/resolve.h"

/* The best claims of a tie, one of each independent article: stated before reported before possible, originals before copies,
 * then by confidence, then by order. Writes at most `most` of them and returns how many; claims[0] always exists (I2). */
size_t ds_evidence_best(const ds_network *network, const ds_net_tie *tie, uint32_t *claims, size_t most);

/* When, over all claims of a tie. All are empty for an undated one. */
typedef struct ds_evidence_when {
  char date[96];           /* EDTF: the one date, or the interval from the first to the last */
  char start[40], end[40]; /* YYYY-MM-DD: its outer bounds, always closed */
  const char *open; /* "start", "end" or "both" where the claims leave a side open and the bound is only a stand-in */
} ds_evidence_when;

/* `latest` stands in for an end that is open: the last day on which an article of the network was published (DS_DAY_MIN where
 * none has a date). */
void ds_evidence_when_get(const ds_network *network, const ds_net_tie *tie, int32_t latest, ds_evidence_when *when);
int32_t ds_evidence_latest(const ds_network *network);

/* The EDTF dates of each actor's earliest and latest claims: two slices an actor, empty for none. */
typedef struct ds_evidence_seen {
  ds_str first, last;
} ds_evidence_seen;
void ds_evidence_seen_get(const ds_network *network, ds_evidence_seen *seen);

#endif
