/* Actors by what a person types. */
#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "graph/graph.h"

#define SUGGESTIONS 3
#define LONGEST 64 /* bytes of a name that are compared when looking for near ones */

/* Lower case, no marks, no punctuation, one space between words, no leading "the". */
static void plain_name(ds_str name, ds_buf *folded, ds_buf *out) {
  ds_buf_clear(folded);
  ds_buf_clear(out);
  ds_utf8_fold(name, folded);
  ds_str rest = ds_str_trim(ds_buf_str(folded));
  if (ds_str_starts(rest, DS_STR("the ")) && rest.len > 4) rest = ds_str_sub(rest, 4, rest.len);
  for (size_t at = 0, size; at < rest.len; at += size) {
    uint32_t cp = ds_utf8_at(rest, at, &size);
    bool dropped = cp == '.' || cp == '\'' || cp == 0x2019;
    if (dropped) continue;
    if (!ds_cp_is_space(cp) && !ds_cp_is_punct(cp))
      ds_buf_codepoint(out, cp);
    else if (out->len && out->data[out->len - 1] != ' ')
      ds_buf_byte(out, ' ');
  }
  while (out->len && out->data[out->len - 1] == ' ') out->data[--out->len] = 0;
}

static size_t smallest(size_t a, size_t b, size_t c) {
  size_t least = a < b ? a : b;
  return least < c ? least : c;
}

/* Levenshtein's distance of the first LONGEST bytes. */
static size_t edits(ds_str a, ds_str b) {
  size_t row[LONGEST + 1];
  a = ds_str_sub(a, 0, a.len < LONGEST ? a.len : LONGEST);
  b = ds_str_sub(b, 0, b.len < LONGEST ? b.len : LONGEST);
  for (size_t j = 0; j <= b.len; j++) row[j] = j;
  for (size_t i = 1; i <= a.len; i++) {
    size_t diagonal = row[0];
    row[0] = i;
    for (size_t j = 1; j <= b.len; j++) {
      size_t above = row[j];
      row[j] = smallest(above + 1, row[j - 1] + 1, diagonal + (a.ptr[i - 1] != b.ptr[j - 1]));
      diagonal = above;
    }
  }
  return row[b.len];
}

typedef struct finder {
  const ds_network *network;
  ds_buf folded, wanted, name;
  uint32_t found[8]; /* the first actors that fit */
  size_t found_count;
  uint32_t near[SUGGESTIONS];
  size_t near_by[SUGGESTIONS], near_count;
} finder;

static ds_str name_of(const ds_net_actor *actor, size_t i) {
  return i ? actor->aliases[i - 1].name : actor->label;
}

static void note_found(finder *f, uint32_t actor) {
  size_t room = sizeof f->found / sizeof *f->found;
  if (f->found_count && f->found[(f->found_count < room ? f->found_count : room) - 1] == actor) return;
  if (f->found_count < room) f->found[f->found_count] = actor;
  f->found_count++;
}

static void find_id(finder *f, ds_str id) {
  for (uint32_t a = 0; a < f->network->actor_count; a++)
    if (ds_str_eq_nocase(f->network->actors[a].id, id)) note_found(f, a);
}

/* from 0, to 1: labels; from 1: aliases. */
static void find_names(finder *f, size_t from, size_t to) {
  for (uint32_t a = 0; a < f->network->actor_count; a++) {
    const ds_net_actor *actor = &f->network->actors[a];
    for (size_t i = from; i <= actor->alias_count && i < to; i++) {
      plain_name(name_of(actor, i), &f->folded, &f->name);
      if (ds_str_eq(ds_buf_str(&f->name), ds_buf_str(&f->wanted))) note_found(f, a);
    }
  }
}

/* How far the actor's nearest name is; a name that holds the wanted words is nearer than any misspelling. */
static size_t distance(finder *f, const ds_net_actor *actor) {
  size_t best = SIZE_MAX, at;
  for (size_t i = 0; i <= actor->alias_count; i++) {
    plain_name(name_of(actor, i), &f->folded, &f->name);
    ds_str name = ds_buf_str(&f->name), wanted = ds_buf_str(&f->wanted);
    bool holds = wanted.len >= 3 && ds_str_find(name, wanted, &at);
    size_t by = holds ? 0 : edits(name, wanted);
    if (by < best) best = by;
  }
  return best;
}

static void find_near(finder *f) {
  size_t most = f->wanted.len / 3 > 2 ? f->wanted.len / 3 : 2;
  for (uint32_t a = 0; a < f->network->actor_count; a++) {
    size_t by = distance(f, &f->network->actors[a]), place = f->near_count;
    if (by > most) continue;
    while (place && f->near_by[place - 1] > by) place--;
    if (place == SUGGESTIONS) continue;
    size_t moved = (f->near_count < SUGGESTIONS ? f->near_count : SUGGESTIONS - 1) - place;
    memmove(f->near + place + 1, f->near + place, moved * sizeof *f->near);
    memmove(f->near_by + place + 1, f->near_by + place, moved * sizeof *f->near_by);
    f->near[place] = a;
    f->near_by[place] = by;
    if (f->near_count < SUGGESTIONS) f->near_count++;
  }
}

static void list_actors(const finder *f, const uint32_t *actors, size_t count, ds_buf *out) {
  for (size_t i = 0; i < count; i++) {
    const ds_net_actor *actor = &f->network->actors[actors[i]];
    ds_buf_printf(out, "%s\"%.*s\" (%.*s)", i ? ", " : "", DS_STR_ARG(actor->label), DS_STR_ARG(actor->id));
  }
}

static dossier_status answer(finder *f, ds_str name, uint32_t *actor, dossier_error *err) {
  size_t room = sizeof f->found / sizeof *f->found;
  if (f->found_count == 1) {
    *actor = f->found[0];
    return DOSSIER_OK;
  }
  ds_buf list;
  ds_buf_init(&list);
  dossier_status status;
  if (f->found_count) {
    list_actors(f, f->found, f->found_count < room ? f->found_count : room, &list);
    status = ds_fail(err, DOSSIER_USAGE, "\"%.*s\" fits %zu actors; name one by its id: %.*s%s", DS_STR_ARG(name),
                     f->found_count, DS_STR_ARG(ds_buf_str(&list)), f->found_count > room ? ", ..." : "");
  } else {
    find_near(f);
    list_actors(f, f->near, f->near_count, &list);
    status = ds_fail(err, DOSSIER_NONE, "no actor is called \"%.*s\"%s%.*s", DS_STR_ARG(name),
                     f->near_count ? "; the nearest: " : "", DS_STR_ARG(ds_buf_str(&list)));
  }
  if (list.failed) status = ds_fail_memory(err);
  ds_buf_release(&list);
  return status;
}

dossier_status ds_network_find(const ds_network *network, ds_str name, uint32_t *actor, dossier_error *err) {
  finder f = {.network = network};
  plain_name(name, &f.folded, &f.wanted);
  find_id(&f, name);
  if (!f.found_count && f.wanted.len) find_names(&f, 0, 1);
  if (!f.found_count && f.wanted.len) find_names(&f, 1, SIZE_MAX);
  dossier_status status =
      f.folded.failed || f.wanted.failed || f.name.failed ? ds_fail_memory(err) : answer(&f, name, actor, err);
  ds_buf_release(&f.folded);
  ds_buf_release(&f.wanted);
  ds_buf_release(&f.name);
  return status;
}
