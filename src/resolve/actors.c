/* From joined entities to actors: kind, label, names with their reasons, counts, ids. */
#include <stdlib.h>
#include <string.h>

#include "resolve/internal.h"

/* One name of one entity. */
typedef struct naming {
  ds_str name;
  const char *reason;
  uint32_t document;
  bool label; /* it is the entity's label */
} naming;

typedef DS_VEC(naming) naming_vec;

typedef struct work {
  rs_set *set;
  uint32_t *members; /* entities sorted by root, then by index */
  uint32_t *actor_of_root;
  ds_map used; /* ids */
  naming_vec names;
} work;

static int strength(const char *reason) {
  static const char *const order[] = {"article", "spelling", "acronym", "name", "known"};
  for (int i = 0; i < 5; i++)
    if (strcmp(reason, order[i]) == 0) return i;
  return 0;
}

static int compare_namings(const void *a, const void *b) {
  const naming *x = a, *y = b;
  int order = ds_str_cmp(x->name, y->name);
  if (!order) order = (x->document > y->document) - (x->document < y->document);
  return order ? order : (int)y->label - (int)x->label;
}

static int compare_aliases(const void *a, const void *b) {
  const ds_net_alias *x = a, *y = b;
  if (x->documents != y->documents) return x->documents < y->documents ? 1 : -1;
  return ds_str_cmp(x->name, y->name);
}

/* ---- label ---- */

typedef struct candidate {
  ds_str name;
  bool full; /* a name and a surname; no acronym; the gazetteer's */
  uint32_t documents;
} candidate;

static bool better(const candidate *a, const candidate *b) {
  if (a->full != b->full) return a->full;
  if (a->documents != b->documents) return a->documents > b->documents;
  if (a->name.len != b->name.len) return a->name.len > b->name.len;
  return ds_str_cmp(a->name, b->name) < 0;
}

static bool is_full(const rs_entity *entity, bool known) {
  if (known) return entity->source->known.len > 0;
  return entity->class == RS_PERSON ? !entity->alone && !entity->titled : !entity->acronym;
}

/* The best label of a run of entities; names must be empty and is used for work. */
static bool choose_label(work *w, const uint32_t *members, size_t count, ds_net_actor *actor) {
  candidate best = {0};
  w->names.len = 0;
  for (size_t i = 0; i < count; i++) {
    const rs_entity *entity = &w->set->entities[members[i]];
    const char *full = is_full(entity, actor->known.len > 0) ? "full" : "";
    if (!DS_PUSH(w->names, (naming){entity->source->label, full, entity->document, *full != '\0'})) return false;
  }
  qsort(w->names.items, w->names.len, sizeof *w->names.items, compare_namings);
  for (size_t i = 0, next; i < w->names.len; i = next) {
    candidate c = {.name = w->names.items[i].name};
    for (next = i; next < w->names.len && ds_str_eq(w->names.items[next].name, c.name); next++) {
      c.full = c.full || w->names.items[next].label;
      c.documents++;
    }
    if (i == 0 || better(&c, &best)) best = c;
  }
  actor->label = best.name;
  return true;
}

/* ---- the rest of an actor ---- */

static uint8_t commonest_kind(const rs_set *set, const uint32_t *members, size_t count, bool known) {
  uint32_t votes[64] = {0}, best = 0;
  for (size_t i = 0; i < count; i++) {
    const rs_entity *entity = &set->entities[members[i]];
    if (!known || entity->source->known.len) votes[entity->kind & 63]++;
  }
  for (uint32_t kind = 1; kind < 64; kind++)
    if (votes[kind] > votes[best]) best = kind;
  return (uint8_t)best;
}

/* Why an entity's own label belongs to the actor. Where it came first, others were joined to it, and the reason stands there. */
static const char *reason_of(const rs_entity *entity, size_t count) {
  if (count == 1 || strcmp(entity->reason, "article") != 0) return entity->reason;
  return entity->class == RS_PERSON ? "spelling" : entity->acronym ? "acronym" : "name";
}

static bool gather_names(work *w, const uint32_t *members, size_t count, const ds_net_actor *actor) {
  w->names.len = 0;
  for (size_t i = 0; i < count; i++) {
    const rs_entity *entity = &w->set->entities[members[i]];
    const ds_record_entity *source = entity->source;
    for (size_t n = 0; n <= source->name_count; n++) {
      ds_str name = n < source->name_count ? source->names[n] : source->label;
      bool label = ds_str_eq(name, source->label);
      const char *reason = source->known.len ? "known" : label ? reason_of(entity, count) : "article";
      if (ds_str_eq(name, actor->label) || !name.len) continue;
      if (!DS_PUSH(w->names, (naming){name, reason, entity->document, label})) return false;
    }
  }
  if (w->names.len) qsort(w->names.items, w->names.len, sizeof *w->names.items, compare_namings);
  return true;
}

static bool give_aliases(work *w, ds_net_actor *actor) {
  const naming *names = w->names.items;
  size_t distinct = 0;
  for (size_t i = 0; i < w->names.len; i++) distinct += i == 0 || !ds_str_eq(names[i].name, names[i - 1].name);
  actor->aliases = DS_NEW_ARRAY(w->set->arena, ds_net_alias, distinct);
  bool person = w->set->ontology->kinds[actor->kind].like == DS_LIKE_PERSON;
  ds_str (*fold)(ds_arena *, ds_str) = person ? rs_fold_person : rs_fold;
  ds_str label = fold(w->set->scratch, actor->label);
  if (!actor->aliases || !label.ptr) return false;
  for (size_t i = 0, next; i < w->names.len; i = next) {
    ds_net_alias *alias = &actor->aliases[actor->alias_count++];
    const char *reason = names[i].reason;
    *alias = (ds_net_alias){.name = names[i].name, .document = names[i].document};
    for (next = i; next < w->names.len && ds_str_eq(names[next].name, names[i].name); next++) {
      alias->documents += next == i || names[next].document != names[next - 1].document;
      if (strength(names[next].reason) > strength(reason)) reason = names[next].reason;
    }
    ds_str folded = fold(w->set->scratch, alias->name);
    if (!folded.ptr) return false;
    alias->reason = ds_str_from(strength(reason) < strength("name") && ds_str_eq(folded, label) ? "name" : reason);
  }
  qsort(actor->aliases, actor->alias_count, sizeof *actor->aliases, compare_aliases);
  return true;
}

static void count_up(const rs_set *set, const uint32_t *members, size_t count, ds_net_actor *actor) {
  for (size_t i = 0; i < count; i++) {
    const rs_entity *entity = &set->entities[members[i]];
    actor->documents += i == 0 || entity->document != set->entities[members[i - 1]].document;
    actor->mentions += entity->source->mentions;
  }
}

/* The root that most of the entities belong to; DS_NONE for none. Counting by the smallest first keeps it the same. */
static uint32_t commonest_owner(rs_set *set, const uint32_t *members, size_t count) {
  uint32_t best = DS_NONE, most = 0, self = rs_root(set, members[0]);
  for (size_t i = 0; i < count && i < 64; i++) {
    uint32_t owner = set->entities[members[i]].owner, votes = 0;
    if (owner == DS_NONE || (owner = rs_root(set, owner)) == self) continue;
    for (size_t k = 0; k < count && k < 64; k++) {
      uint32_t other = set->entities[members[k]].owner;
      votes += other != DS_NONE && rs_root(set, other) == owner;
    }
    if (votes > most || (votes == most && owner < best)) best = owner, most = votes;
  }
  return best;
}

static bool make_actor(work *w, const uint32_t *members, size_t count, ds_net_actor *actor) {
  rs_set *set = w->set;
  uint32_t root = rs_root(set, members[0]);
  actor->known = set->known[root];
  actor->kind = commonest_kind(set, members, count, actor->known.len > 0);
  actor->owner = commonest_owner(set, members, count); /* a root as yet */
  count_up(set, members, count, actor);
  return choose_label(w, members, count, actor) && gather_names(w, members, count, actor) && give_aliases(w, actor);
}

/* ---- all of them ---- */

typedef struct member_key {
  uint32_t root, entity;
} member_key;

static int compare_members(const void *a, const void *b) {
  const member_key *x = a, *y = b;
  if (x->root != y->root) return x->root < y->root ? -1 : 1;
  return (x->entity > y->entity) - (x->entity < y->entity);
}

static size_t sort_members(rs_set *set, member_key *keys, uint32_t *members) {
  size_t actors = 0;
  for (uint32_t i = 0; i < set->count; i++) keys[i] = (member_key){rs_root(set, i), i};
  if (set->count) qsort(keys, set->count, sizeof *keys, compare_members);
  for (size_t i = 0; i < set->count; i++) {
    members[i] = keys[i].entity;
    actors += i == 0 || keys[i].root != keys[i - 1].root;
  }
  return actors;
}

/* "Foreign Ministry" says too little where it is a node of its own: "Foreign Ministry (Iran)". */
static bool add_owner_to_label(work *w, ds_net_actor *actor, const ds_net_actor *owner) {
  ds_str folded = rs_fold(w->set->scratch, actor->label);
  if (!folded.ptr) return false;
  if (actor->known.len || !rs_is_generic(folded) || !owner->label.len) return true;
  actor->label = ds_arena_printf(w->set->arena, "%.*s (%.*s)", DS_STR_ARG(actor->label), DS_STR_ARG(owner->label));
  return actor->label.ptr != NULL;
}

static bool is_id(ds_str id) {
  for (size_t i = 0; i < id.len; i++) {
    char c = id.ptr[i];
    bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
    if (!letter && (i == 0 || !((c >= '0' && c <= '9') || c == '-'))) return false;
  }
  return id.len > 0;
}

/* Known ids first: they stay what they are, whoever else has such a name. */
static bool give_ids(work *w, bool known) {
  ds_network *network = w->set->network;
  bool failed = false;
  for (size_t i = 0; i < network->actor_count && !failed; i++) {
    ds_net_actor *actor = &network->actors[i];
    if ((actor->known.len > 0) != known) continue;
    ds_str slug =
        known && is_id(actor->known) ? actor->known : rs_slug(w->set->arena, known ? actor->known : actor->label);
    if (!slug.ptr) return false;
    ds_str id = rs_unique(w->set->arena, &w->used, slug, &failed);
    actor->id = failed ? DS_STR_NONE : ds_arena_str(w->set->arena, id);
    failed = failed || !actor->id.ptr;
  }
  return !failed;
}

typedef struct id_key {
  ds_str id;
  uint32_t index;
} id_key;

static int compare_ids(const void *a, const void *b) {
  return ds_str_cmp(((const id_key *)a)->id, ((const id_key *)b)->id);
}

/* Puts the actors in the order of their ids, and turns roots into actors everywhere. */
static bool put_in_order(work *w) {
  rs_set *set = w->set;
  ds_network *network = set->network;
  size_t count = network->actor_count;
  id_key *keys = DS_NEW_ARRAY(set->scratch, id_key, count);
  uint32_t *place = DS_NEW_ARRAY(set->scratch, uint32_t, count),
           *actor_of = DS_NEW_ARRAY(set->arena, uint32_t, set->count);
  ds_net_actor *sorted = DS_NEW_ARRAY(set->arena, ds_net_actor, count);
  if (!keys || !place || !actor_of || !sorted) return false;
  for (size_t i = 0; i < count; i++) keys[i] = (id_key){network->actors[i].id, (uint32_t)i};
  if (count) qsort(keys, count, sizeof *keys, compare_ids);
  for (size_t i = 0; i < count; i++) {
    place[keys[i].index] = (uint32_t)i;
    sorted[i] = network->actors[keys[i].index];
  }
  for (size_t i = 0; i < count; i++)
    if (sorted[i].owner != DS_NONE) sorted[i].owner = place[sorted[i].owner];
  network->actors = sorted;
  for (uint32_t i = 0; i < set->count; i++) actor_of[i] = place[w->actor_of_root[rs_root(set, i)]];
  for (size_t d = 0; d < network->document_count; d++) network->documents[d].actor_of = actor_of + set->first_entity[d];
  return true;
}

static bool make_all(work *w, const member_key *keys) {
  rs_set *set = w->set;
  ds_network *network = set->network;
  for (size_t i = 0, next; i < set->count; i = next) {
    for (next = i; next < set->count && keys[next].root == keys[i].root;) next++;
    w->actor_of_root[keys[i].root] = (uint32_t)network->actor_count;
    if (!make_actor(w, w->members + i, next - i, &network->actors[network->actor_count++])) return false;
  }
  for (size_t i = 0; i < network->actor_count; i++) {
    ds_net_actor *actor = &network->actors[i];
    if (actor->owner == DS_NONE) continue;
    actor->owner = w->actor_of_root[actor->owner];
    if (!add_owner_to_label(w, actor, &network->actors[actor->owner])) return false;
  }
  return give_ids(w, true) && give_ids(w, false) && put_in_order(w);
}

dossier_status rs_actors(rs_set *set, dossier_error *err) {
  work w = {.set = set};
  member_key *keys = DS_NEW_ARRAY(set->scratch, member_key, set->count);
  w.members = DS_NEW_ARRAY(set->scratch, uint32_t, set->count);
  w.actor_of_root = DS_NEW_ARRAY(set->scratch, uint32_t, set->count);
  ds_map_init(&w.used);
  bool fine = keys && w.members && w.actor_of_root;
  if (fine) set->network->actors = DS_NEW_ARRAY(set->scratch, ds_net_actor, sort_members(set, keys, w.members));
  fine = fine && set->network->actors && make_all(&w, keys);
  ds_map_release(&w.used);
  DS_VEC_RELEASE(w.names);
  return fine ? DOSSIER_OK : ds_fail_memory(err);
}
