/* Names written alike become groups; surnames, acronyms and short forms join the full name. */
#include "actor/finder.h"

#include <string.h>

#include "base/utf8.h"

#define LONGEST_ACRONYM 8
#define MOST_RIVALS 16

uint32_t ds_group_root(const ds_finder *f, uint32_t group) {
  while (f->groups.items[group].parent != group) group = f->groups.items[group].parent;
  return group;
}

/* What names are compared by: the row's id, or the key and the owner's. */
static ds_str group_key(ds_finder *f, const ds_spot *spot) {
  if (spot->known && spot->known->id.len) return ds_arena_printf(f->arena, "\x1e%.*s", DS_STR_ARG(spot->known->id));
  if (spot->owner == DS_NO_SPOT) return spot->key;
  const ds_spot *owner = &f->spots.items[spot->owner];
  ds_str id = owner->known ? owner->known->id : owner->key;
  return ds_arena_printf(f->arena, "%.*s\x1f%.*s", DS_STR_ARG(spot->key), DS_STR_ARG(id));
}

/* Letters all capitals, two to eight of them. */
static bool is_acronym(ds_str s) {
  size_t letters = 0;
  for (size_t i = 0; i < s.len; i++) {
    char c = s.ptr[i];
    if (c == '.' || c == '-' || (c >= '0' && c <= '9')) continue;
    if (!(c >= 'A' && c <= 'Z')) return false;
    letters++;
  }
  return letters >= 2 && letters <= LONGEST_ACRONYM;
}

static ds_str spot_text(const ds_finder *f, const ds_spot *spot) {
  const ds_token *tokens = f->text->tokens;
  return ds_str_sub(f->text->text, tokens[spot->first].start, tokens[spot->first + spot->count - 1].end);
}

static bool is_own(const ds_spot *spot) {
  return spot->same_as == DS_NO_SPOT && (spot->form != DS_MENTION_DESCRIPTION) && spot->key.len;
}

static bool make_groups(ds_finder *f, ds_map *map) {
  for (uint32_t s = 0; s < f->spots.len; s++) {
    ds_spot *spot = &f->spots.items[s];
    if (!is_own(spot)) continue;
    ds_str key = group_key(f, spot);
    uint64_t at;
    if (!key.ptr) return false;
    if (!ds_map_get(map, key, &at)) {
      at = f->groups.len;
      ds_group group = {.key = spot->key,
                        .words = spot->words,
                        .word_count = spot->word_count,
                        .known = spot->known,
                        .parent = (uint32_t)at,
                        .owner = spot->owner,
                        .entity = DS_NO_ENTITY,
                        .first_spot = s,
                        .last_token = DS_NO_SPOT,
                        .acronym = is_acronym(spot_text(f, spot)),
                        .reason = spot->reason};
      if (!DS_PUSH(f->groups, group) || !ds_map_put(map, key, at)) return false;
    }
    ds_group *group = &f->groups.items[at];
    spot->group = (uint32_t)at;
    group->spot_count++;
    group->body |= spot->body;
    group->acronym &= is_acronym(spot_text(f, spot));
    if (spot->kind < 64) group->kind_votes[spot->kind] += (uint16_t)(spot->titled ? 2 : 1);
    if (!group->gender) group->gender = spot->gender;
  }
  return true;
}

static void vote_kinds(ds_finder *f) {
  for (size_t i = 0; i < f->groups.len; i++) {
    ds_group *group = &f->groups.items[i];
    group->kind = f->spots.items[group->first_spot].kind;
    if (group->known) continue;
    for (size_t k = 0; k < f->ontology->kind_count; k++)
      if (group->kind_votes[k] > group->kind_votes[group->kind]) group->kind = (uint8_t)k;
  }
}

/* --- which short name is short for which long one ------------------------------------------------------------------- */

static bool words_at(const ds_group *shorter, const ds_group *longer, uint32_t at) {
  if (at + shorter->word_count > longer->word_count) return false;
  return !memcmp(shorter->words, longer->words + at, shorter->word_count * sizeof *shorter->words);
}

static bool is_subsequence(const ds_group *shorter, const ds_group *longer) {
  uint32_t n = 0;
  for (uint32_t i = 0; i < longer->word_count && n < shorter->word_count; i++)
    n += shorter->words[n] == longer->words[i];
  return n == shorter->word_count;
}

/* How well a person's shorter name fits a longer one: 0 not at all, 3 as a surname. */
static int fits_person(const ds_group *shorter, const ds_group *longer) {
  uint32_t rest = longer->word_count - shorter->word_count;
  if (shorter->gender && longer->gender && shorter->gender != longer->gender) return 0;
  if (words_at(shorter, longer, rest)) return 3;
  if (words_at(shorter, longer, 0)) return 2;
  if (shorter->word_count > 1)
    return shorter->words[0] == longer->words[0] &&
                   shorter->words[shorter->word_count - 1] == longer->words[longer->word_count - 1] &&
                   is_subsequence(shorter, longer)
               ? 3
               : 0;
  for (uint32_t at = 1; at < rest; at++)
    if (words_at(shorter, longer, at)) return 1;
  return 0;
}

static bool is_kind_word_of(const ds_finder *f, ds_str key, bool of_place) {
  uint64_t at;
  if (!ds_phrases_get(&f->gazetteer->kind_words, key, &at)) return false;
  uint8_t kind = f->gazetteer->kind_word_rows.items[at].kind;
  return kind != DS_NO_KIND && (ds_finder_like(f, kind) == DS_LIKE_PLACE) == of_place;
}

static int fits_organization(const ds_finder *f, const ds_group *shorter, const ds_group *longer) {
  uint32_t rest = longer->word_count - shorter->word_count;
  if (shorter->known && shorter->known->id.len) return 0;
  if (shorter->body && longer->owner != DS_NO_SPOT && rest == 0) return 3;
  if (shorter->acronym) return 0;
  if (words_at(shorter, longer, rest)) return 2;
  return words_at(shorter, longer, 0) ? (is_kind_word_of(f, shorter->key, false) ? 2 : 1) : 0;
}

/* "Helmand" for "Helmand province", "Lake Chad": what is left over are head words of places. */
static int fits_place(const ds_finder *f, const ds_group *shorter, const ds_group *longer) {
  if (longer->known || !longer->key.len) return 0;
  uint32_t rest = longer->word_count - shorter->word_count;
  bool front = words_at(shorter, longer, 0);
  if (!front && !words_at(shorter, longer, rest)) return 0;
  ds_str left = front ? ds_str_sub(longer->key, shorter->key.len + 1, longer->key.len)
                      : ds_str_sub(longer->key, 0, longer->key.len - shorter->key.len - 1);
  return is_kind_word_of(f, left, true) ? 3 : 0;
}

/* The letters of an acronym are the first letters of the name's words, some small words aside. */
static bool fits_acronym(const ds_group *acronym, const ds_group *longer) {
  static const char *const SMALL[] = {"of",  "the", "and", "for", "in", "de", "la",
                                      "del", "on",  "to",  "y",   "do", "da", "al"};
  size_t n = 0;
  ds_str rest = longer->key, word;
  while (ds_str_split(&rest, ' ', &word)) {
    if (n < acronym->key.len && word.len && word.ptr[0] == acronym->key.ptr[n]) {
      n++;
      continue;
    }
    bool small = false;
    for (size_t i = 0; i < sizeof SMALL / sizeof *SMALL; i++) small |= ds_str_eqz(word, SMALL[i]);
    if (!small) return false;
  }
  return n == acronym->key.len;
}

/* 0: not the same; else how good the reason is. */
static int fits(const ds_finder *f, const ds_group *shorter, const ds_group *longer, ds_str *reason) {
  ds_kind_like a = ds_finder_like(f, shorter->kind), b = ds_finder_like(f, longer->kind);
  *reason = DS_STR("short form");
  if (shorter->acronym && b == DS_LIKE_ORGANIZATION && a == b && longer->word_count > 1 &&
      fits_acronym(shorter, longer)) {
    *reason = DS_STR("acronym");
    return 3;
  }
  bool same_length = shorter->word_count == longer->word_count;
  if (shorter->word_count > longer->word_count || !shorter->word_count) return 0;
  if (same_length && !(shorter->owner == DS_NO_SPOT && longer->owner != DS_NO_SPOT)) return 0;
  if (b == DS_LIKE_PERSON && !same_length &&
      (a == b || (!shorter->known && shorter->spot_count < 3 && !shorter->acronym))) {
    *reason = DS_STR("surname");
    int fit = fits_person(shorter, longer);
    return a == b || fit == 3 ? fit : 0;
  }
  if (a == DS_LIKE_ORGANIZATION && b == a)
    return same_length ? (words_at(shorter, longer, 0) ? 3 : 0) : fits_organization(f, shorter, longer);
  if (a == DS_LIKE_PLACE && b == a && !same_length) return fits_place(f, shorter, longer);
  return 0;
}

/* Finds the longer names that a group may be short for; joins it where there is one, notes the rivals where several. */
static bool join_group(ds_finder *f, uint32_t g) {
  ds_group *group = &f->groups.items[g];
  uint32_t found[MOST_RIVALS], count = 0;
  int best = 0;
  ds_str reason, best_reason = DS_STR_NONE;
  for (uint32_t i = 0; i < f->groups.len; i++) {
    if (i == g) continue;
    int fit = fits(f, group, &f->groups.items[i], &reason);
    if (!fit || fit < best) continue;
    if (fit > best) count = 0;
    best = fit;
    best_reason = reason;
    if (count < MOST_RIVALS) found[count++] = i;
  }
  if (!count) return true;
  group->reason = best_reason;
  group->rivals = DS_NEW_ARRAY(f->arena, uint32_t, count);
  if (!group->rivals) return false;
  memcpy(group->rivals, found, count * sizeof *found);
  group->rival_count = count;
  return true;
}

/* Rivals that are short for one another count once. A group whose rivals come down to one joins it. */
static void settle_rivals(ds_finder *f) {
  for (uint32_t g = 0; g < f->groups.len; g++) {
    ds_group *group = &f->groups.items[g];
    if (group->rival_count == 1 && ds_group_root(f, group->rivals[0]) != g) group->parent = group->rivals[0];
  }
  for (uint32_t g = 0; g < f->groups.len; g++) {
    ds_group *group = &f->groups.items[g];
    if (group->rival_count < 2) continue;
    bool one = true;
    for (uint32_t i = 1; i < group->rival_count; i++)
      one &= ds_group_root(f, group->rivals[i]) == ds_group_root(f, group->rivals[0]);
    uint32_t root = ds_group_root(f, group->rivals[0]);
    if (one && root != g) group->parent = root;
  }
}

/* "Islamic State (IS)": a name and its acronym in brackets. */
static void join_brackets(ds_finder *f) {
  for (uint32_t s = 0; s < f->spots.len; s++) {
    const ds_spot *a = &f->spots.items[s];
    uint32_t open = a->first + a->count;
    if (a->group == DS_NO_SPOT || open + 2 >= f->text->token_count || !ds_str_eqz(ds_finder_form(f, open), "("))
      continue;
    uint32_t n = f->spot_at[open + 1];
    if (n == DS_NO_SPOT || f->spots.items[n].first != open + 1 || f->spots.items[n].group == DS_NO_SPOT) continue;
    const ds_spot *b = &f->spots.items[n];
    if (open + 1 + b->count >= f->text->token_count || !ds_str_eqz(ds_finder_form(f, open + 1 + b->count), ")"))
      continue;
    uint32_t ga = ds_group_root(f, a->group), gb = ds_group_root(f, b->group);
    ds_group *x = &f->groups.items[ga], *y = &f->groups.items[gb];
    if (ga == gb || ds_finder_like(f, x->kind) != DS_LIKE_ORGANIZATION) continue;
    if (ds_finder_like(f, y->kind) == DS_LIKE_STATE || ds_finder_like(f, y->kind) == DS_LIKE_PERSON) continue;
    if (x->acronym == y->acronym) continue;
    if (x->known && x->known->id.len && y->known && y->known->id.len && !fits_acronym(y, x)) continue;
    ds_group *minor = y->acronym ? y : x;
    minor->parent = minor == y ? ga : gb;
    minor->reason = DS_STR("acronym");
    minor->rival_count = 0;
  }
}

/* In order of the text: a short name with several rivals means the one named last before it, else the first one after. */
static void choose_rivals(ds_finder *f) {
  for (uint32_t s = 0; s < f->spots.len; s++) {
    ds_spot *spot = &f->spots.items[s];
    if (spot->group == DS_NO_SPOT) continue;
    const ds_group *group = &f->groups.items[spot->group];
    spot->reason = group->parent != spot->group || group->rival_count ? group->reason : spot->reason;
    if (group->parent == spot->group && group->rival_count > 1) {
      uint32_t best = group->rivals[0], when = DS_NO_SPOT;
      for (uint32_t i = 0; i < group->rival_count; i++) {
        uint32_t root = ds_group_root(f, group->rivals[i]), last = f->groups.items[root].last_token;
        if (last != DS_NO_SPOT && (when == DS_NO_SPOT || last > when)) {
          best = root;
          when = last;
        }
      }
      spot->group = best;
    }
    spot->group = ds_group_root(f, spot->group);
    f->groups.items[spot->group].last_token = spot->first;
    if (!f->groups.items[spot->group].gender) f->groups.items[spot->group].gender = spot->gender;
  }
}

/* Whether the row has a name that shares half of the group's words; an acronym may mean two things. */
static bool is_row_of(const ds_known *row, const ds_group *group) {
  for (size_t i = 0; i < row->name_count; i++) {
    char key[DS_KEY_SIZE];
    ds_str rest = {key, ds_name_key(row->names[i], key)}, word;
    uint32_t common = 0;
    while (ds_str_split(&rest, ' ', &word))
      for (uint32_t w = 0; w < group->word_count; w++) common += group->words[w] == (uint32_t)ds_str_hash(word);
    if (2 * common >= group->word_count && common > 1) return true;
  }
  return false;
}

/* A row whose name a group carries gives it to the group that it joined. */
static void share_rows(ds_finder *f) {
  for (uint32_t g = 0; g < f->groups.len; g++) {
    ds_group *root = &f->groups.items[ds_group_root(f, g)];
    const ds_group *group = &f->groups.items[g];
    if (!root->known && group->known && (!group->acronym || is_row_of(group->known, root))) {
      root->known = group->known;
      root->kind = group->kind;
    }
    if (!root->gender) root->gender = group->gender;
  }
}

bool ds_groups_make(ds_finder *f) {
  ds_map map;
  ds_map_init(&map);
  bool ok = make_groups(f, &map);
  ds_map_release(&map);
  if (!ok) return false;
  vote_kinds(f);
  for (uint32_t g = 0; g < f->groups.len; g++)
    if (!join_group(f, g)) return false;
  settle_rivals(f);
  join_brackets(f);
  share_rows(f);
  choose_rivals(f);
  return true;
}
