/* Entities become actors, by one rule after the other; the surest first. Bodies that belong to another come after their owners,
 * because "the foreign ministry" is known by whose it is. */
#include <stdlib.h>
#include <string.h>

#include "resolve/internal.h"

#define AMBIGUOUS UINT64_MAX

uint32_t rs_root(rs_set *set, uint32_t entity) {
  while (set->parent[entity] != entity) entity = set->parent[entity] = set->parent[set->parent[entity]];
  return entity;
}

/* Joins the trees of a and b, b's entities for this reason; false where known ids forbid it. */
static bool join(rs_set *set, uint32_t a, uint32_t b, const char *reason, bool whole_tree) {
  uint32_t x = rs_root(set, a), y = rs_root(set, b);
  if (x == y) return true;
  if (set->known[x].len && set->known[y].len && !ds_str_eq(set->known[x], set->known[y])) return false;
  set->entities[b].reason = reason;
  for (uint32_t at = set->next[b]; whole_tree && at != b; at = set->next[at]) set->entities[at].reason = reason;
  uint32_t low = x < y ? x : y, high = x < y ? y : x, after = set->next[x];
  set->parent[high] = low;
  if (!set->known[low].len) set->known[low] = set->known[high];
  set->next[x] = set->next[y];
  set->next[y] = after;
  return true;
}

static bool document_has(rs_set *set, uint32_t document, uint32_t root) {
  for (uint32_t e = set->first_entity[document]; e < set->first_entity[document + 1]; e++)
    if (rs_root(set, e) == root) return true;
  return false;
}

/* Whether one article keeps the two apart. Walks the smaller tree. */
static bool kept_apart(rs_set *set, uint32_t a, uint32_t b) {
  uint32_t x = a, y = b;
  do {
    x = set->next[x];
    y = set->next[y];
  } while (x != a && y != b);
  uint32_t small = x == a ? a : b, other = rs_root(set, small == a ? b : a), at = small;
  do {
    if (document_has(set, set->entities[at].document, other)) return true;
    at = set->next[at];
  } while (at != small);
  return false;
}

/* ---- keys ---- */

static bool starts_with_word(ds_str s, ds_str word) {
  return word.len && s.len > word.len && ds_str_starts(s, word) && s.ptr[word.len] == ' ';
}

/* "iranian parliament" and "parliament of iran" of the owner Iran are both "parliament". */
static bool without_owner(rs_set *set, uint32_t owner, ds_str *name) {
  const ds_record_entity *source = set->entities[owner].source;
  for (size_t i = 0; i <= source->name_count; i++) {
    ds_str word = rs_fold(set->scratch, i < source->name_count ? source->names[i] : source->label);
    if (!word.ptr) return false;
    if (starts_with_word(*name, word)) *name = ds_str_sub(*name, word.len + 1, name->len);
    ds_str of = ds_arena_printf(set->scratch, " of %.*s", DS_STR_ARG(word));
    if (!of.ptr) return false;
    if (word.len && name->len > of.len && ds_str_ends(*name, of)) name->len -= of.len;
  }
  if (rs_is_generic(*name)) *name = rs_generic_key(set->scratch, *name);
  return name->ptr != NULL;
}

/* What entities of one actor have in common: class, owner and name. */
static ds_str key_of(rs_set *set, const rs_entity *entity, ds_str name, char sort) {
  uint32_t owner = entity->owner == DS_NONE ? 0 : rs_root(set, entity->owner) + 1;
  return ds_arena_printf(set->scratch, "%c%u/%u/%.*s", sort, entity->class, owner, DS_STR_ARG(name));
}

static bool fold_name(rs_set *set, const rs_entity *entity, ds_str name, ds_str *out) {
  *out = entity->class == RS_PERSON ? rs_fold_person(set->scratch, name) : rs_fold(set->scratch, name);
  return out->ptr && (entity->owner == DS_NONE || without_owner(set, entity->owner, out));
}

static bool tells_nobody(const rs_entity *entity, ds_str folded) {
  if (entity->class == RS_PERSON) return rs_word_count(folded) < 2 || rs_is_titled_surname(folded);
  return entity->class == RS_BODY && entity->owner == DS_NONE && rs_is_generic(folded);
}

/* ---- rules ---- */

static bool by_known(rs_set *set, ds_map *ids) {
  for (uint32_t i = 0; i < set->count; i++) {
    uint64_t first;
    ds_str known = set->entities[i].source->known;
    if (!known.len) continue;
    if (ds_map_get(ids, known, &first))
      join(set, (uint32_t)first, i, "known", false);
    else if (!ds_map_put(ids, known, i))
      return false;
    set->entities[i].reason = "known";
  }
  return true;
}

/* Puts the entity under the key; a key that two actors claim is good for nothing. */
static bool claim_key(rs_set *set, ds_map *claims, ds_str key, uint32_t entity) {
  uint64_t other;
  if (!key.ptr) return false;
  if (!ds_map_get(claims, key, &other)) return ds_map_put(claims, key, entity);
  if (other == AMBIGUOUS || rs_root(set, (uint32_t)other) == rs_root(set, entity)) return true;
  return ds_map_put(claims, key, AMBIGUOUS);
}

/* The same full name. Known entities come first, so that others find them; acronyms have a rule of their own. */
static bool by_name(rs_set *set, ds_map *names, uint8_t depth, bool known) {
  for (uint32_t i = 0; i < set->count; i++) {
    rs_entity *entity = &set->entities[i];
    uint64_t first;
    if (entity->depth != depth || (entity->source->known.len > 0) != known) continue;
    if (entity->owner != DS_NONE && !without_owner(set, entity->owner, &entity->name)) return false;
    entity->alone = tells_nobody(entity, entity->name);
    if (entity->alone || entity->acronym) continue;
    ds_str key = key_of(set, entity, entity->name, 'n');
    if (!key.ptr) return false;
    bool there = ds_map_get(names, key, &first);
    if (known || !there) {
      if (!claim_key(set, names, key, i)) return false;
    } else if (first != AMBIGUOUS) {
      join(set, (uint32_t)first, i, "name", false);
    }
  }
  return true;
}

static char sort_of(ds_str name, const rs_entity *entity) {
  return entity->class == RS_BODY && rs_is_acronym(name) ? 'a' : 'n';
}

/* All other names by which the articles know an entity with a full name. */
static bool gather_aliases(rs_set *set, ds_map *claims, uint8_t depth) {
  for (uint32_t i = 0; i < set->count; i++) {
    const rs_entity *entity = &set->entities[i];
    if (entity->depth != depth || entity->class == RS_PLACE) continue;
    if ((entity->alone || entity->acronym) && !entity->source->known.len) continue;
    for (size_t n = 0; n < entity->source->name_count; n++) {
      ds_str name = entity->source->names[n], folded;
      if (!fold_name(set, entity, name, &folded)) return false;
      char sort = sort_of(name, entity);
      if (ds_str_eq(folded, entity->name) ||
          (sort == 'n' && (rs_word_count(folded) < 2 || tells_nobody(entity, folded))))
        continue;
      if (!claim_key(set, claims, key_of(set, entity, folded, sort), i)) return false;
    }
  }
  return true;
}

/* Whether two names have a word in common that tells bodies apart, or its stem: Pakistan, Pakistani. */
static bool share_word(ds_str a, ds_str b) {
  for (ds_str rest = a, word; ds_str_split(&rest, ' ', &word);) {
    if (rs_is_generic(word) || word.len < 2) continue;
    for (ds_str others = b, other; ds_str_split(&others, ' ', &other);) {
      ds_str longer = word.len > other.len ? word : other, shorter = word.len > other.len ? other : word;
      if (ds_str_eq(word, other) || (shorter.len >= 5 && ds_str_starts(longer, shorter))) return true;
    }
  }
  return false;
}

/* A second name is weaker than the full name: it must not cross kinds (IPS the agency, IPS the police service), and a body's two
 * names must look alike, since a chain of mentions in one article may be wrong. */
static bool same_sort(const rs_set *set, const rs_entity *a, const rs_entity *b) {
  bool other =
      set->ontology->kinds[a->kind].like == DS_LIKE_OTHER || set->ontology->kinds[b->kind].like == DS_LIKE_OTHER;
  if (a->kind != b->kind && !other) return false;
  return a->class == RS_PERSON || a->acronym || share_word(a->name, b->name);
}

/* An entity whose name is another's acronym or second name. */
static bool by_alias(rs_set *set, ds_map *claims, uint8_t depth) {
  for (uint32_t i = 0; i < set->count; i++) {
    rs_entity *entity = &set->entities[i];
    uint64_t other;
    if (entity->depth != depth || entity->alone || entity->source->known.len || entity->class == RS_PLACE) continue;
    ds_str key = key_of(set, entity, entity->name, entity->acronym ? 'a' : 'n');
    if (!key.ptr) return false;
    if (!ds_map_get(claims, key, &other)) {
      if (entity->acronym && !ds_map_put(claims, key, i)) return false; /* nobody spells it out: it stands for itself */
      continue;
    }
    if (other == AMBIGUOUS || rs_root(set, (uint32_t)other) == rs_root(set, i)) continue;
    if (!same_sort(set, entity, &set->entities[other])) continue;
    bool spelled = entity->acronym && rs_acronym_fits(entity->name, set->entities[other].name);
    if (!spelled && kept_apart(set, i, (uint32_t)other)) continue;
    join(set, (uint32_t)other, i, entity->acronym && !set->entities[other].acronym ? "acronym" : "name", true);
  }
  return true;
}

/* ---- persons by spelling ---- */

#define MAX_GROUP 300 /* persons of one key; more are not compared: then the key says too little */

typedef struct spelling {
  ds_str key, name;
  uint32_t root;
  bool family_first;
} spelling;

/* "Park Yong-jin": the family's name comes first, and every syllable counts. */
static bool is_family_first(ds_str label) {
  for (size_t i = 2; i + 1 < label.len; i++)
    if (label.ptr[i] == '-' && label.ptr[i + 1] >= 'a' && label.ptr[i + 1] <= 'z') return true;
  return false;
}

static int compare_spellings(const void *a, const void *b) {
  const spelling *x = a, *y = b;
  int order = ds_str_cmp(x->key, y->key);
  if (!order) order = (x->root > y->root) - (x->root < y->root);
  return order ? order : ds_str_cmp(x->name, y->name);
}

static bool gather_spellings(rs_set *set, spelling **out, size_t *count) {
  spelling *all = DS_NEW_ARRAY(set->scratch, spelling, set->count);
  size_t kept = 0, found = 0;
  if (!all) return false;
  for (uint32_t i = 0; i < set->count; i++) {
    const rs_entity *entity = &set->entities[i];
    if (entity->class != RS_PERSON || entity->alone) continue;
    all[found] = (spelling){rs_person_key(set->scratch, entity->name), entity->name, rs_root(set, i),
                            is_family_first(entity->source->label)};
    if (!all[found++].key.ptr) return false;
  }
  if (found) qsort(all, found, sizeof *all, compare_spellings);
  for (size_t i = 0; i < found; i++)
    if (kept && compare_spellings(&all[kept - 1], &all[i]) == 0)
      all[kept - 1].family_first |= all[i].family_first;
    else if (all[i].key.len)
      all[kept++] = all[i];
  *out = all;
  *count = kept;
  return true;
}

/* Persons of one key: like[i * count + j] is how their least alike names are alike. */
typedef struct group {
  uint32_t roots[MAX_GROUP];
  bool seen[MAX_GROUP];
  uint8_t *like;
  size_t count;
} group;

static void compare_group(group *g, const spelling *all, size_t count) {
  g->count = 0;
  for (size_t i = 0; i < count; i++)
    if (!g->count || g->roots[g->count - 1] != all[i].root) g->roots[g->count++] = all[i].root;
  memset(g->like, RS_SPELLING, g->count * g->count);
  size_t row = 0;
  for (size_t i = 0; i < count; i++) {
    row += i > 0 && all[i].root != all[i - 1].root;
    size_t column = 0;
    for (size_t j = 0; j < count; j++) {
      column += j > 0 && all[j].root != all[j - 1].root;
      if (row == column) continue;
      uint8_t *like = &g->like[row * g->count + column], now = (uint8_t)rs_persons_alike(all[i].name, all[j].name);
      if (all[i].family_first || all[j].family_first) now = RS_UNLIKE; /* their full names would be the same */
      if (now == RS_UNLIKE || *like == RS_UNLIKE)
        *like = RS_UNLIKE;
      else if (now == RS_SHORTER)
        *like = RS_SHORTER;
    }
  }
}

static bool linked(const group *g, size_t i, size_t j, rs_likeness most) {
  uint8_t like = g->like[i * g->count + j];
  return like != RS_UNLIKE && like <= most;
}

/* All that hang together from `start` on; true where each is like each other and no article keeps two of them apart. */
static bool gather_clique(rs_set *set, group *g, size_t start, rs_likeness most, size_t *members, size_t *size) {
  *size = 0;
  members[(*size)++] = start;
  g->seen[start] = true;
  for (size_t i = 0; i < *size; i++)
    for (size_t j = 0; j < g->count; j++)
      if (!g->seen[j] && linked(g, members[i], j, most)) {
        g->seen[j] = true;
        members[(*size)++] = j;
      }
  for (size_t i = 0; i < *size; i++)
    for (size_t j = 0; j < i; j++) {
      uint32_t a = g->roots[members[i]], b = g->roots[members[j]];
      if (!linked(g, members[i], members[j], most)) return false;
      if (rs_root(set, a) != rs_root(set, b) && kept_apart(set, a, b)) return false;
    }
  return *size > 1;
}

static void join_group(rs_set *set, group *g) {
  size_t members[MAX_GROUP], size;
  for (rs_likeness most = RS_SPELLING; most <= RS_SHORTER; most++) {
    memset(g->seen, 0, sizeof g->seen);
    for (size_t i = 0; i < g->count; i++) {
      if (g->seen[i] || !gather_clique(set, g, i, most, members, &size)) continue;
      for (size_t k = 1; k < size; k++) join(set, g->roots[members[0]], g->roots[members[k]], "spelling", true);
    }
  }
}

static bool by_spelling(rs_set *set) {
  spelling *all;
  size_t count;
  group *g = ds_arena_alloc(set->scratch, sizeof *g);
  if (!g || !gather_spellings(set, &all, &count)) return false;
  g->like = ds_arena_alloc(set->scratch, (size_t)MAX_GROUP * MAX_GROUP);
  if (!g->like) return false;
  for (size_t i = 0, next; i < count; i = next) {
    for (next = i + 1; next < count && ds_str_eq(all[i].key, all[next].key);) next++;
    if (next - i < 2 || next - i > MAX_GROUP) continue;
    compare_group(g, all + i, next - i);
    join_group(set, g);
  }
  return true;
}

dossier_status rs_merge(rs_set *set, dossier_error *err) {
  ds_map ids, names;
  ds_map_init(&ids);
  ds_map_init(&names);
  bool fine = by_known(set, &ids);
  for (uint8_t depth = 0; depth <= 4 && fine; depth++) {
    ds_map claims;
    ds_map_init(&claims);
    fine = by_name(set, &names, depth, true) && by_name(set, &names, depth, false) &&
           gather_aliases(set, &claims, depth) && by_alias(set, &claims, depth) && (depth > 0 || by_spelling(set));
    ds_map_release(&claims);
  }
  ds_map_release(&ids);
  ds_map_release(&names);
  return fine ? DOSSIER_OK : ds_fail_memory(err);
}
