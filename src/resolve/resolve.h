/* resolve/resolve.h - over all articles: who is the same as whom, which article copies which, claims -> ties
 *
 * A pure function of a set of records. The order in which they came, the number of threads and the split into batches cannot
 * matter (invariant I3): records are first put in the order of their articles' hashes, and every array of the result has an order
 * of its own, stated below. A wrong merge is worse than a missed one: what is not clearly the same actor stays apart.
 *
 * Everything of the result lives in the arena or points into the records, which must outlive it.
 *
 * Entities are the same actor when
 *   known    they carry the same id of a gazetteer;
 *   name     they have the same full name (case, marks, punctuation, articles and titles apart) and compatible kinds;
 *   acronym  one article gives both the acronym and the full name to one entity, and no other full name claims the acronym; the
 *            same for a second name of several words that looks like the first; only within one kind;
 *   spelling both are persons whose surnames agree and whose given names are spellings of one name (Qassem, Qasem, Ghasem), or
 *            one leaves out a middle name or writes an initial for it, and nobody else fits as well.
 * Never: persons with anything but persons; places with bodies; a surname alone (or with a title) over articles; "the foreign
 * ministry" without its owner; spellings that one article keeps apart; different known ids.
 */
#ifndef DS_RESOLVE_RESOLVE_H
#define DS_RESOLVE_RESOLVE_H

#include "base/arena.h"
#include "base/buf.h"
#include "base/error.h"
#include "base/ontology.h"
#include "claim/record.h"

#define DS_NONE UINT32_MAX /* no such index */

/* One article of the set. */
typedef struct ds_net_document {
  ds_str id;       /* slug of the file's name ("dw-2023"), else of publisher and date; unique among documents */
  uint32_t record; /* index of the caller's records[] */
  const ds_article *article; /* path, text, title, publisher, authors, published, url, sha256 */
  uint32_t copy_of;          /* the document it copies (never a copy itself), or DS_NONE for an independent one */
  float copy_share;         /* share of the smaller article's passages that both have, 0..1; 0 for an independent one */
  const uint32_t *actor_of; /* the actor of each entity of the record, same order */
  uint32_t first_claim, claim_count; /* its run in claims[] */
} ds_net_document;

/* A name that an actor carries, and why. */
typedef struct ds_net_alias {
  ds_str name;   /* as written in the articles */
  ds_str reason; /* "label", "known", "name", "acronym", "spelling", "article" (an article's own chain of mentions) */
  uint32_t documents; /* articles, copies included, whose entity has this name */
  uint32_t document;  /* the first such document, as the evidence for it */
} ds_net_alias;

/* A node. */
typedef struct ds_net_actor {
  ds_str id;             /* the gazetteer's id or a slug of the label: [A-Za-z_][A-Za-z0-9_-]*, unique among actors */
  uint8_t kind;          /* number in the ontology */
  ds_str label;          /* the gazetteer's label, else the name by which most articles know it in full */
  ds_str known;          /* the gazetteer's id, or empty */
  uint32_t owner;        /* actor of the state or body it belongs to by its very name, or DS_NONE */
  ds_net_alias *aliases; /* all its names but the label: by documents (most first), then bytes */
  size_t alias_count;
  uint32_t documents; /* articles that mention it, copies included */
  uint32_t mentions;  /* in all of them */
  uint32_t claims;    /* claims that have it as subject or object; 0 for one that was only mentioned */
} ds_net_actor;

/* One claim of one article, with actors instead of entities. */
typedef struct ds_net_claim {
  ds_str id; /* document id, a dot, number in the document from 1: "dw-2023.12" */
  uint32_t document;
  uint32_t subject, object;                /* actors, as the article has it (not turned for symmetric relations) */
  uint32_t speaker;                        /* actor, or DS_NONE for the article's own voice */
  uint8_t relation;                        /* number in the ontology */
  uint8_t polarity, certainty, date_basis; /* ds_polarity, ds_certainty, ds_date_basis */
  uint32_t tie;                            /* index of its tie; DS_NONE where both actors turned out to be one */
  uint32_t start, end;                     /* bytes of the article's text */
  ds_str quote;                            /* those bytes (invariant I1) */
  ds_str role, date, rule, subject_words, object_words;
  float confidence;
} ds_net_claim;

/* An edge: all claims with the same subject, relation, object and polarity. */
typedef struct ds_net_tie {
  ds_str id;                /* "kenya.supports.uganda", with ".denied" where it is denied */
  uint32_t subject, object; /* actors; for a symmetric relation the one with the smaller index is the subject */
  uint8_t relation, polarity;
  uint8_t certainty; /* the strongest of its claims: stated > reported > possible (invariant I9) */
  uint32_t weight;   /* independent articles that claim it (invariant I5); 1 at least */
  float confidence;  /* the highest of its claims */
  ds_str first,
      last; /* EDTF of the claim that begins earliest and of the one that ends latest; empty where none is dated */
  uint32_t *speakers; /* actors, ascending, distinct */
  size_t speaker_count;
  uint32_t *claims; /* indexes into claims[], ascending; one at least (invariant I2) */
  size_t claim_count;
} ds_net_tie;

typedef struct ds_network {
  ds_net_document *documents; /* by id */
  size_t document_count;
  ds_net_actor *actors; /* by id; each is mentioned by one document at least */
  size_t actor_count;
  ds_net_claim *claims; /* by document, start, end, then subject, relation, object */
  size_t claim_count;
  ds_net_tie *ties; /* by subject, relation, object, polarity */
  size_t tie_count;
} ds_network;

/* Makes the network of a set of records. Records of the same article (same text, publisher, date, address and title) count
 * once: the one with the smallest path stays. The same text published elsewhere is another document, and a copy. A kind or relation that the ontology does not have is DOSSIER_INPUT and named; any other failure is memory.
 * A copy's `copy_of` is the earliest published of those that share passages (then the longest, then the smallest hash). A
 * tie that only copies claim cannot be: the original claims it too, or the copy counts for its original, once.
 * Time: n log n in the words, entities and claims of all articles. */
dossier_status ds_network_make(ds_arena *arena, const ds_ontology *ontology, const ds_record *records, size_t count,
                               ds_network *out, dossier_error *err);

/* Works out network->ties and every claims[].tie from network->claims (which is written to), documents and actors: the one
 * place where claims become ties, used by ds_network_make and by the selections of graph/. It lives in resolve/ties.c.
 * A claim whose subject is its object gets no tie. Time: n log n in the claims. The only failure is memory. */
dossier_status ds_network_tie_up(ds_arena *arena, const ds_ontology *ontology, ds_network *network, dossier_error *err);

/* The index of the actor, document, claim or tie with this id, or DS_NONE. */
uint32_t ds_network_actor(const ds_network *network, ds_str id);
uint32_t ds_network_document(const ds_network *network, ds_str id);
uint32_t ds_network_claim(const ds_network *network, ds_str id);
uint32_t ds_network_tie(const ds_network *network, ds_str id);

#endif
