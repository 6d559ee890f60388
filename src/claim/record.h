/* claim/record.h - what is kept of one article: the only thing that passes from analysis to the store
 *
 * Plain data without trees: the article, its entities, its claims. The store writes and reads it; `dossier extract` prints it
 * as one JSON line and `dossier load` reads it back (schema/extract.schema.json), so that a cluster can do the work between.
 */
#ifndef DS_CLAIM_RECORD_H
#define DS_CLAIM_RECORD_H

#include "base/buf.h"
#include "claim/claim.h"
#include "read/read.h"

typedef struct ds_record_entity {
  ds_str kind, label, known; /* names and ids as text: another ontology may have other numbers */
  ds_str *names;
  size_t name_count;
  uint32_t mentions;
  uint32_t owner; /* index of an entity of this record, or DS_NO_ENTITY */
} ds_record_entity;

typedef struct ds_record_claim {
  uint32_t subject, object, speaker; /* indexes of entities; speaker may be DS_NO_ENTITY */
  ds_str relation, role, date, rule;
  uint8_t polarity, certainty, date_basis;
  uint32_t start, end;
  float confidence;
  ds_str subject_words, object_words; /* the words by which they were found: "they", "the group" */
} ds_record_claim;

typedef struct ds_record {
  ds_article article;
  ds_record_entity *entities;
  size_t entity_count;
  ds_record_claim *claims;
  size_t claim_count;
} ds_record;

/* Gathers a record from the layers of one article. Entities without a claim are kept too (they were mentioned). */
dossier_status ds_record_make(ds_arena *arena, const ds_ontology *ontology, const ds_article *article,
                              const ds_layers *layers, const ds_claims *claims, ds_record *out, dossier_error *err);
/* Appends the record as one line of JSON, ended by a newline. The same record gives the same bytes. */
dossier_status ds_record_write(const ds_record *record, ds_buf *out, dossier_error *err);
/* Reads such a line. Everything is checked (offsets in bounds, indexes, values): a broken line is DOSSIER_INPUT. */
dossier_status ds_record_read(ds_arena *arena, ds_str line, ds_record *out, dossier_error *err);

#endif
