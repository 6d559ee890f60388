#include <stdlib.h>
#include <string.h>

#include "actor/finder.h"
#include "base/utf8.h"

static bool link_tree(ds_finder *f) {
  size_t count = f->text->token_count;
  f->sentence = DS_NEW_ARRAY(f->arena, uint32_t, count);
  f->child = DS_NEW_ARRAY(f->arena, uint32_t, count);
  f->next = DS_NEW_ARRAY(f->arena, uint32_t, count);
  f->spot_at = DS_NEW_ARRAY(f->arena, uint32_t, count);
  f->spot_head = DS_NEW_ARRAY(f->arena, uint32_t, count);
  if (!f->sentence || !f->child || !f->next || !f->spot_at || !f->spot_head) return false;
  for (size_t i = 0; i < count; i++) f->child[i] = f->next[i] = DS_NO_HEAD;
  for (uint32_t i = (uint32_t)count; i-- > 0;) {
    uint32_t head = f->parse->words[i].head;
    if (head == DS_NO_HEAD || head >= count) continue;
    f->next[i] = f->child[head];
    f->child[head] = i;
  }
  for (uint32_t s = 0; s < f->text->sentence_count; s++)
    for (uint32_t t = 0; t < f->text->sentences[s].count; t++) f->sentence[f->text->sentences[s].first + t] = s;
  return true;
}

/* --- mentions -------------------------------------------------------------------------------------------------------- */

static int compare_found(const void *a, const void *b) {
  const ds_found *x = a, *y = b;
  if (x->first != y->first) return x->first < y->first ? -1 : 1;
  if (x->count != y->count) return x->count > y->count ? -1 : 1;
  return x->head < y->head ? -1 : x->head > y->head;
}

/* "Iranian" in "Iranian forces", where both stand for the state. */
static bool is_swallowed(const ds_found *outer, const ds_found *inner) {
  return inner->group == outer->group && inner->first >= outer->first &&
         inner->first + inner->count <= outer->first + outer->count;
}

static bool make_mentions(ds_finder *f, ds_actors *out) {
  const ds_token *tokens = f->text->tokens;
  size_t count = f->found.len;
  out->mentions = DS_NEW_ARRAY(f->arena, ds_mention, count);
  out->mention_of_head = DS_NEW_ARRAY(f->arena, uint32_t, f->text->token_count);
  if (!out->mentions || !out->mention_of_head) return false;
  for (size_t t = 0; t < f->text->token_count; t++) out->mention_of_head[t] = DS_NO_ENTITY;
  if (count) qsort(f->found.items, count, sizeof *f->found.items, compare_found);
  const ds_found *outer = NULL;
  for (size_t i = 0; i < count; i++) {
    const ds_found *m = &f->found.items[i];
    if (outer && is_swallowed(outer, m)) continue;
    if (!outer || m->first >= outer->first + outer->count) outer = m;
    if (out->mention_of_head[m->head] != DS_NO_ENTITY) continue;
    out->mention_of_head[m->head] = (uint32_t)out->mention_count;
    out->mentions[out->mention_count++] = (ds_mention){.first = m->first,
                                                       .count = m->count,
                                                       .head = m->head,
                                                       .start = tokens[m->first].start,
                                                       .end = tokens[m->first + m->count - 1].end,
                                                       .entity = m->group,
                                                       .form = m->form,
                                                       .reason = m->reason};
  }
  return true;
}

/* --- names ----------------------------------------------------------------------------------------------------------- */

/* The text from start to end with one blank for each run of white space. */
static ds_str plain_text(const ds_finder *f, uint32_t start, uint32_t end) {
  ds_str s = ds_arena_str(f->arena, ds_str_sub(f->text->text, start, end));
  if (!s.ptr) return s;
  char *to = (char *)s.ptr;
  size_t len = 0;
  for (size_t i = 0; i < s.len; i++) {
    bool blank = s.ptr[i] == ' ' || s.ptr[i] == '\n' || s.ptr[i] == '\t';
    if (blank && len && to[len - 1] == ' ') continue;
    to[len++] = blank ? ' ' : s.ptr[i];
  }
  return (ds_str){to, len};
}

static bool is_capitals(ds_str s) {
  for (size_t i = 0; i < s.len; i++)
    if (s.ptr[i] >= 'a' && s.ptr[i] <= 'z') return false;
  return true;
}

/* Real names before adjectives, mixed case before capitals, more words before fewer, longer before shorter. */
static bool is_better(ds_str a, bool a_adjective, ds_str b, bool b_adjective) {
  if (a_adjective != b_adjective) return b_adjective;
  size_t words_a = 0, words_b = 0;
  for (size_t i = 0; i < a.len; i++) words_a += a.ptr[i] == ' ';
  for (size_t i = 0; i < b.len; i++) words_b += b.ptr[i] == ' ';
  if (words_a != words_b) return words_a > words_b;
  if (is_capitals(a) != is_capitals(b) && words_a) return is_capitals(b);
  return a.len > b.len;
}

/* Adds a name unless the entity has it, in order; `adjective` tells of each name whether it is one. */
static void add_name(ds_entity *entity, bool *adjective, ds_str name, bool is_adjective) {
  size_t at = 0;
  for (size_t i = 0; i < entity->name_count; i++)
    if (ds_str_eq_nocase(entity->names[i], name)) {
      if (!is_capitals(entity->names[i]) || is_capitals(name)) return;
      entity->names[i] = name; /* the mixed case form of one in capitals */
      return;
    }
  while (at < entity->name_count && !is_better(name, is_adjective, entity->names[at], adjective[at])) at++;
  memmove(entity->names + at + 1, entity->names + at, (entity->name_count - at) * sizeof *entity->names);
  memmove(adjective + at + 1, adjective + at, (entity->name_count - at) * sizeof *adjective);
  entity->names[at] = name;
  adjective[at] = is_adjective;
  entity->name_count++;
}

/* A body's own words: "parliament" of "Iran's parliament". */
static ds_str body_text(const ds_finder *f, const ds_spot *spot) {
  const ds_token *tokens = f->text->tokens;
  uint32_t first = spot->first, end = spot->first + spot->count;
  if (spot->owner != DS_NO_SPOT) {
    const ds_spot *owner = &f->spots.items[spot->owner];
    uint32_t owner_end = owner->first + owner->count;
    if (owner->first == spot->first && owner_end < end) first = owner_end;
  }
  while (first + 1 < end && ds_finder_word(f, first)->upos == DS_UPOS_PART) first++;
  return ds_str_sub(f->text->text, tokens[first].start, tokens[end - 1].end);
}

/* "Iranian parliament" for a body that bears no name but a common noun. */
static ds_str make_label(const ds_finder *f, const ds_group *group, const ds_entity *entity) {
  if (group->known && group->known->id.len) return group->known->label;
  uint64_t at;
  if (group->owner != DS_NO_SPOT && ds_map_get(&f->gazetteer->parts.map, group->key, &at)) {
    const ds_spot *owner = &f->spots.items[group->owner], *spot = &f->spots.items[group->first_spot];
    bool behind = owner->first > spot->first && owner->first < spot->first + spot->count; /* "Parliament of Ghana" */
    if (owner->known && owner->known->adjective.len && !behind)
      return ds_arena_printf(f->arena, "%.*s %.*s", DS_STR_ARG(owner->known->adjective),
                             DS_STR_ARG(body_text(f, spot)));
  }
  return entity->name_count ? entity->names[0] : group->key;
}

/* --- entities -------------------------------------------------------------------------------------------------------- */

static size_t number_entities(ds_finder *f, ds_actors *out) {
  for (size_t i = 0; i < out->mention_count; i++) {
    ds_group *group = &f->groups.items[out->mentions[i].entity];
    if (group->entity == DS_NO_ENTITY) group->entity = (uint32_t)out->entity_count++;
    out->entities[group->entity].mention_count++;
    out->entities[group->entity].kind = group->kind;
    out->entities[group->entity].gender = group->gender;
    if (group->known) out->entities[group->entity].known = group->known->id;
  }
  return out->entity_count;
}

/* "King Abdullah", "Ayatollah Ali Khamenei": a name with the title before it, or DS_STR_NONE. A full name needs none. */
static ds_str titled_text(const ds_finder *f, const ds_spot *spot, const ds_group *group) {
  uint64_t gender;
  uint32_t begin = ds_finder_begin(f, spot->first);
  if (!spot->titled || spot->first == begin || (spot->word_count == 1 && group->word_count > 1)) return DS_STR_NONE;
  uint32_t n = ds_phrases_to(&f->gazetteer->titles, f->text, f->parse, begin, spot->first - 1, &gender);
  if (!n || !ds_cp_is_upper(ds_utf8_at(ds_finder_form(f, spot->first - n), 0, NULL))) return DS_STR_NONE;
  return plain_text(f, f->text->tokens[spot->first - n].start, f->text->tokens[spot->first + spot->count - 1].end);
}

/* Room for every spot's name, and for it with its title. */
static bool make_room(ds_finder *f, ds_actors *out, bool **of) {
  uint32_t *spots = DS_NEW_ARRAY(f->arena, uint32_t, out->entity_count);
  bool *adjective = DS_NEW_ARRAY(f->arena, bool, 2 * f->spots.len);
  if (!spots || !adjective) return false;
  for (size_t s = 0; s < f->spots.len; s++) {
    uint32_t group = f->spots.items[s].group;
    if (group != DS_NO_SPOT && f->groups.items[group].entity != DS_NO_ENTITY) spots[f->groups.items[group].entity]++;
  }
  for (size_t i = 0; i < out->entity_count; i++) {
    of[i] = adjective;
    adjective += 2 * spots[i];
    out->entities[i].names = DS_NEW_ARRAY(f->arena, ds_str, 2 * spots[i]);
    if (!out->entities[i].names) return false;
  }
  return true;
}

static bool name_entities(ds_finder *f, ds_actors *out) {
  const ds_token *tokens = f->text->tokens;
  bool **of = DS_NEW_ARRAY(f->arena, bool *, out->entity_count);
  if (!of || !make_room(f, out, of)) return false;
  for (size_t s = 0; s < f->spots.len; s++) {
    const ds_spot *spot = &f->spots.items[s];
    if (spot->group == DS_NO_SPOT) continue;
    const ds_group *group = &f->groups.items[spot->group];
    if (group->entity == DS_NO_ENTITY) continue;
    ds_str name = plain_text(f, tokens[spot->first].start, tokens[spot->first + spot->count - 1].end);
    if (!name.ptr) return false;
    ds_entity *entity = &out->entities[group->entity];
    add_name(entity, of[group->entity], name, spot->form == DS_MENTION_DEMONYM);
    bool person = ds_finder_like(f, group->kind) == DS_LIKE_PERSON;
    name = person ? titled_text(f, spot, group) : DS_STR_NONE;
    if (name.len) add_name(entity, of[group->entity], name, spot->word_count > 1);
  }
  return true;
}

static bool make_entities(ds_finder *f, ds_actors *out) {
  out->entities = DS_NEW_ARRAY(f->arena, ds_entity, f->groups.len);
  if (!out->entities) return false;
  number_entities(f, out);
  if (!name_entities(f, out)) return false;
  for (size_t g = 0; g < f->groups.len; g++) {
    const ds_group *group = &f->groups.items[g];
    if (group->entity == DS_NO_ENTITY) continue;
    ds_entity *entity = &out->entities[group->entity];
    entity->label = make_label(f, group, entity);
    entity->owner = DS_NO_ENTITY;
    if (!entity->label.ptr) return false;
    if (group->owner == DS_NO_SPOT) continue;
    uint32_t owner = f->spots.items[group->owner].group;
    if (owner != DS_NO_SPOT) entity->owner = f->groups.items[ds_group_root(f, owner)].entity;
  }
  for (size_t i = 0; i < out->mention_count; i++)
    out->mentions[i].entity = f->groups.items[out->mentions[i].entity].entity;
  return true;
}

dossier_status ds_actors_find(ds_arena *arena, const ds_ontology *ontology, const ds_gazetteer *gazetteer,
                              const ds_text *text, const ds_parse *parse, ds_actors *out, dossier_error *err) {
  *out = (ds_actors){0};
  ds_finder f = {.arena = arena, .ontology = ontology, .gazetteer = gazetteer, .text = text, .parse = parse};
  bool ok = link_tree(&f) && ds_spots_find(&f);
  if (ok) {
    ds_capitals_decide(&f);
    ok = ds_kinds_decide(&f) && ds_parts_find(&f) && ds_groups_make(&f) && ds_refer(&f) && make_mentions(&f, out) &&
         make_entities(&f, out);
  }
  DS_VEC_RELEASE(f.spots);
  DS_VEC_RELEASE(f.groups);
  DS_VEC_RELEASE(f.found);
  return ok ? DOSSIER_OK : ds_fail_memory(err);
}
