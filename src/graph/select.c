/* Selections: the part of a network that a question asks for. */
#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "graph/graph.h"
#include "when/edtf.h"

/* The selection with its names looked up. */
typedef struct filter {
  const ds_network *network;
  const ds_ontology *ontology;
  uint8_t relation[256]; /* 1 for those wanted */
  uint64_t kinds;
  bool dated;
  int32_t since, until;
  bool *documents; /* wanted ones; NULL for all */
  uint32_t speaker, around;
  int polarity; /* -1 for both */
  uint8_t certainty;
  double min_confidence;
  size_t min_weight;
  unsigned hops;
} filter;

/* "unknown relation "x"; known are: a, b, c" */
static dossier_status unknown(const char *what, const char *name, ds_buf *known, dossier_error *err) {
  dossier_status status = known->failed ? ds_fail_memory(err)
                                        : ds_fail(err, DOSSIER_USAGE, "unknown %s \"%s\"; known are: %.*s", what, name,
                                                  DS_STR_ARG(ds_buf_str(known)));
  ds_buf_release(known);
  return status;
}

static void add_name(ds_buf *list, ds_str name) {
  if (list->len) ds_buf_appendz(list, ", ");
  ds_buf_append(list, name);
}

/* Whether relation i opens its class: each class is listed once. */
static bool first_of_class(const ds_ontology *ontology, size_t i) {
  for (size_t j = 0; j < i; j++)
    if (ds_str_eq(ontology->relations[j].class_name, ontology->relations[i].class_name)) return false;
  return true;
}

static dossier_status want_relation(filter *f, const char *name, dossier_error *err) {
  uint8_t number = ds_ontology_relation(f->ontology, ds_str_from(name));
  if (number != DS_NO_RELATION) {
    f->relation[number] = 1;
    return DOSSIER_OK;
  }
  ds_buf known = {0};
  for (size_t i = 0; i < f->ontology->relation_count; i++) add_name(&known, f->ontology->relations[i].name);
  return unknown("relation", name, &known, err);
}

static dossier_status want_class(filter *f, uint8_t *of_class, const char *name, dossier_error *err) {
  bool found = false;
  for (size_t i = 0; i < f->ontology->relation_count; i++)
    if (ds_str_eqz(f->ontology->relations[i].class_name, name)) {
      found = true;
      of_class[i] = 1;
    }
  if (found) return DOSSIER_OK;
  ds_buf known = {0};
  for (size_t i = 0; i < f->ontology->relation_count; i++)
    if (first_of_class(f->ontology, i)) add_name(&known, f->ontology->relations[i].class_name);
  return unknown("class", name, &known, err);
}

static dossier_status want_kind(filter *f, const char *name, dossier_error *err) {
  uint8_t number = ds_ontology_kind(f->ontology, ds_str_from(name));
  if (number != DS_NO_KIND) {
    f->kinds |= UINT64_C(1) << number;
    return DOSSIER_OK;
  }
  ds_buf known = {0};
  for (size_t i = 0; i < f->ontology->kind_count; i++) add_name(&known, f->ontology->kinds[i].name);
  return unknown("kind", name, &known, err);
}

static dossier_status read_lists(filter *f, const dossier_selection *s, dossier_error *err) {
  dossier_status status = DOSSIER_OK;
  uint8_t of_class[256] = {0};
  if (!s->relation_count) memset(f->relation, 1, sizeof f->relation);
  if (!s->class_count) memset(of_class, 1, sizeof of_class);
  if (!s->kind_count) f->kinds = UINT64_MAX;
  for (size_t i = 0; i < s->relation_count && status == DOSSIER_OK; i++)
    status = want_relation(f, s->relations[i], err);
  for (size_t i = 0; i < s->class_count && status == DOSSIER_OK; i++)
    status = want_class(f, of_class, s->classes[i], err);
  for (size_t i = 0; i < s->kind_count && status == DOSSIER_OK; i++) status = want_kind(f, s->kinds[i], err);
  for (size_t i = 0; i < sizeof of_class; i++) f->relation[i] &= of_class[i];
  return status;
}

static dossier_status read_date(const char *date, const char *flag, int32_t *first, int32_t *last, dossier_error *err) {
  if (ds_edtf_bounds(ds_str_from(date), first, last)) return DOSSIER_OK;
  return ds_fail(err, DOSSIER_USAGE,
                 "\"%s\" is no date for %s; known are: 2023, 2023-09, 2023-09-15, 2023-09-01/2023-09-30", date, flag);
}

static dossier_status read_dates(filter *f, const dossier_selection *s, dossier_error *err) {
  int32_t unused;
  f->since = DS_DAY_MIN;
  f->until = DS_DAY_MAX;
  f->dated = s->since || s->until;
  dossier_status status = s->since ? read_date(s->since, "since", &f->since, &unused, err) : DOSSIER_OK;
  if (status == DOSSIER_OK && s->until) status = read_date(s->until, "until", &unused, &f->until, err);
  if (status == DOSSIER_OK && f->since > f->until)
    status = ds_fail(err, DOSSIER_USAGE, "since %s lies behind until %s", s->since, s->until);
  return status;
}

static dossier_status read_values(filter *f, const dossier_selection *s, dossier_error *err) {
  f->polarity = -1;
  f->certainty = DS_POSSIBLE;
  if (s->polarity) {
    for (int p = DS_AFFIRMED; p <= DS_DENIED; p++)
      if (strcmp(s->polarity, ds_polarity_name((ds_polarity)p)) == 0) f->polarity = p;
    if (f->polarity < 0)
      return ds_fail(err, DOSSIER_USAGE, "unknown polarity \"%s\"; known are: %s, %s", s->polarity,
                     ds_polarity_name(DS_AFFIRMED), ds_polarity_name(DS_DENIED));
  }
  if (s->certainty) {
    int found = -1;
    for (int c = DS_STATED; c <= DS_POSSIBLE; c++)
      if (strcmp(s->certainty, ds_certainty_name((ds_certainty)c)) == 0) found = c;
    if (found < 0)
      return ds_fail(err, DOSSIER_USAGE, "unknown certainty \"%s\"; known are: %s, %s, %s", s->certainty,
                     ds_certainty_name(DS_STATED), ds_certainty_name(DS_REPORTED), ds_certainty_name(DS_POSSIBLE));
    f->certainty = (uint8_t)found;
  }
  f->min_confidence = s->min_confidence;
  f->min_weight = s->min_weight;
  f->hops = s->hops ? s->hops : 1;
  return DOSSIER_OK;
}

/* A name that nobody has is wrong usage here. */
static dossier_status read_actor(const ds_network *network, const char *name, uint32_t *actor, dossier_error *err) {
  *actor = DS_NONE;
  if (!name) return DOSSIER_OK;
  dossier_status status = ds_network_find(network, ds_str_from(name), actor, err);
  if (status != DOSSIER_NONE) return status;
  if (err) err->status = DOSSIER_USAGE;
  return DOSSIER_USAGE;
}

static dossier_status read_source(ds_arena *scratch, filter *f, const char *source, dossier_error *err) {
  if (!source || !*source) return DOSSIER_OK;
  ds_buf wanted = {0}, name = {0};
  ds_utf8_fold(ds_str_from(source), &wanted);
  f->documents = DS_NEW_ARRAY(scratch, bool, f->network->document_count);
  for (size_t d = 0; f->documents && d < f->network->document_count; d++) {
    const ds_article *article = f->network->documents[d].article;
    ds_str fields[] = {article->publisher, article->path};
    size_t at;
    for (size_t i = 0; i < 2 && !f->documents[d]; i++) {
      ds_buf_clear(&name);
      ds_utf8_fold(fields[i], &name);
      f->documents[d] = ds_str_find(ds_buf_str(&name), ds_buf_str(&wanted), &at);
    }
  }
  bool failed = !f->documents || wanted.failed || name.failed;
  ds_buf_release(&wanted);
  ds_buf_release(&name);
  return failed ? ds_fail_memory(err) : DOSSIER_OK;
}

static dossier_status read_selection(ds_arena *scratch, filter *f, const dossier_selection *s, dossier_error *err) {
  dossier_status status = read_lists(f, s, err);
  if (status == DOSSIER_OK) status = read_dates(f, s, err);
  if (status == DOSSIER_OK) status = read_values(f, s, err);
  if (status == DOSSIER_OK) status = read_actor(f->network, s->speaker, &f->speaker, err);
  if (status == DOSSIER_OK) status = read_actor(f->network, s->around, &f->around, err);
  if (status == DOSSIER_OK) status = read_source(scratch, f, s->source, err);
  return status;
}

static bool wants_claim(const filter *f, const ds_net_claim *claim) {
  uint64_t subject = UINT64_C(1) << f->network->actors[claim->subject].kind;
  uint64_t object = UINT64_C(1) << f->network->actors[claim->object].kind;
  if (!f->relation[claim->relation] || !(f->kinds & subject) || !(f->kinds & object)) return false;
  if (f->documents && !f->documents[claim->document]) return false;
  if (f->speaker != DS_NONE && claim->speaker != f->speaker) return false;
  if (f->polarity >= 0 && claim->polarity != f->polarity) return false;
  if (claim->certainty > f->certainty || (double)claim->confidence < f->min_confidence) return false;
  int32_t first, last;
  if (!f->dated) return true;
  return claim->date.len && ds_edtf_bounds(claim->date, &first, &last) && first <= f->until && last >= f->since;
}

/* The actors within hops of `around`, by breadth first over all ties. */
static bool mark_near(const ds_network *network, uint32_t around, unsigned hops, bool *near) {
  bool *reached = calloc(network->actor_count + 1, sizeof *reached);
  if (!reached) return false;
  near[around] = true;
  bool grew = true;
  for (unsigned h = 0; h < hops && grew; h++) {
    memcpy(reached, near, network->actor_count * sizeof *near);
    grew = false;
    for (size_t i = 0; i < network->tie_count; i++) {
      const ds_net_tie *tie = &network->ties[i];
      if (reached[tie->subject] == reached[tie->object]) continue;
      near[tie->subject] = near[tie->object] = grew = true;
    }
  }
  free(reached);
  return true;
}

/* Keeps the claims for which keep[] holds, in place. */
static void thin_claims(ds_network *network, const bool *keep) {
  size_t kept = 0;
  for (size_t i = 0; i < network->claim_count; i++)
    if (keep[i]) network->claims[kept++] = network->claims[i];
  network->claim_count = kept;
}

/* Ties that are too weak, or lie too far away, go with their claims. A claim without a tie has the weight of one article. */
static dossier_status thin_ties(ds_arena *scratch, const filter *f, ds_network *out, dossier_error *err) {
  dossier_status status = ds_network_tie_up(scratch, f->ontology, out, err);
  bool *keep = DS_NEW_ARRAY(scratch, bool, out->claim_count), *near = DS_NEW_ARRAY(scratch, bool, out->actor_count);
  if (status == DOSSIER_OK && (!keep || !near)) status = ds_fail_memory(err);
  if (status != DOSSIER_OK) return status;
  for (size_t i = 0; i < out->claim_count; i++) {
    uint32_t tie = out->claims[i].tie;
    keep[i] = (tie == DS_NONE ? 1 : out->ties[tie].weight) >= f->min_weight;
  }
  thin_claims(out, keep);
  if (f->around == DS_NONE) return DOSSIER_OK;
  status = ds_network_tie_up(scratch, f->ontology, out, err);
  if (status == DOSSIER_OK && !mark_near(out, f->around, f->hops, near)) status = ds_fail_memory(err);
  for (size_t i = 0; status == DOSSIER_OK && i < out->claim_count; i++)
    keep[i] = near[out->claims[i].subject] && near[out->claims[i].object];
  if (status == DOSSIER_OK) thin_claims(out, keep);
  return status;
}

/* Gives numbers to the actors that the claims need, in the old order. */
static dossier_status thin_actors(ds_arena *arena, ds_arena *scratch, const filter *f, ds_network *out,
                                  dossier_error *err) {
  size_t count = out->actor_count, kept = 0;
  uint32_t *fresh = DS_NEW_ARRAY(scratch, uint32_t, count);
  ds_net_actor *actors = DS_NEW_ARRAY(arena, ds_net_actor, count);
  if (!fresh || !actors) return ds_fail_memory(err);
  for (size_t i = 0; i < out->claim_count; i++) {
    const ds_net_claim *claim = &out->claims[i];
    fresh[claim->subject] = fresh[claim->object] = 1;
    if (claim->speaker != DS_NONE) fresh[claim->speaker] = 1;
  }
  if (f->around != DS_NONE) fresh[f->around] = 1;
  for (size_t a = 0; a < count; a++) {
    bool keep = fresh[a] != 0;
    if (keep) actors[kept] = out->actors[a];
    fresh[a] = keep ? (uint32_t)kept++ : DS_NONE;
  }
  for (size_t a = 0; a < kept; a++) {
    actors[a].claims = 0;
    if (actors[a].owner != DS_NONE) actors[a].owner = fresh[actors[a].owner];
  }
  for (size_t i = 0; i < out->claim_count; i++) {
    ds_net_claim *claim = &out->claims[i];
    claim->subject = fresh[claim->subject];
    claim->object = fresh[claim->object];
    if (claim->speaker != DS_NONE) claim->speaker = fresh[claim->speaker];
    actors[claim->subject].claims++;
    if (claim->object != claim->subject) actors[claim->object].claims++;
  }
  out->actors = actors;
  out->actor_count = kept;
  return DOSSIER_OK;
}

/* How many entities the record of a document has is not known here, so a selection's documents have no actor_of. */
static dossier_status copy_documents(ds_arena *arena, ds_network *out, dossier_error *err) {
  ds_net_document *documents = DS_NEW_ARRAY(arena, ds_net_document, out->document_count);
  if (!documents) return ds_fail_memory(err);
  for (size_t d = 0; d < out->document_count; d++) {
    documents[d] = out->documents[d];
    documents[d].actor_of = NULL;
    documents[d].first_claim = documents[d].claim_count = 0;
  }
  for (size_t i = out->claim_count; i-- > 0;) {
    ds_net_document *document = &documents[out->claims[i].document];
    document->first_claim = (uint32_t)i;
    document->claim_count++;
  }
  out->documents = documents;
  return DOSSIER_OK;
}

static dossier_status select_claims(ds_arena *arena, ds_arena *scratch, const filter *f, ds_network *out,
                                    dossier_error *err) {
  ds_net_claim *claims = DS_NEW_ARRAY(arena, ds_net_claim, f->network->claim_count);
  if (!claims) return ds_fail_memory(err);
  *out = *f->network;
  out->claims = claims;
  out->claim_count = 0;
  for (size_t i = 0; i < f->network->claim_count; i++)
    if (wants_claim(f, &f->network->claims[i])) claims[out->claim_count++] = f->network->claims[i];
  dossier_status status = DOSSIER_OK;
  if (f->min_weight > 1 || f->around != DS_NONE) status = thin_ties(scratch, f, out, err);
  if (status == DOSSIER_OK) status = thin_actors(arena, scratch, f, out, err);
  if (status == DOSSIER_OK) status = copy_documents(arena, out, err);
  if (status == DOSSIER_OK) status = ds_network_tie_up(arena, f->ontology, out, err);
  return status;
}

static bool asks_nothing(const dossier_selection *s) {
  return !s->since && !s->until && !s->relation_count && !s->class_count && !s->kind_count &&
         !(s->source && *s->source) && !s->speaker && !s->polarity && !s->certainty && s->min_weight <= 1 &&
         s->min_confidence <= 0 && !s->around;
}

dossier_status ds_network_select(ds_arena *arena, const ds_ontology *ontology, const ds_network *network,
                                 const dossier_selection *selection, ds_network *out, dossier_error *err) {
  *out = *network;
  if (!selection || asks_nothing(selection)) return DOSSIER_OK;
  ds_arena scratch;
  ds_arena_init(&scratch);
  filter f = {.network = network, .ontology = ontology};
  dossier_status status = read_selection(&scratch, &f, selection, err);
  if (status == DOSSIER_OK) status = select_claims(arena, &scratch, &f, out, err);
  ds_arena_release(&scratch);
  return status;
}
