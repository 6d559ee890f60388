#include "actor/gazetteer.h"

#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/utf8.h"

static void release_phrases(ds_phrases *phrases) {
  ds_map_release(&phrases->map);
  ds_map_release(&phrases->starts);
  ds_map_release(&phrases->ends);
}

void ds_gazetteer_free(ds_gazetteer *gazetteer) {
  if (!gazetteer) return;
  DS_VEC_RELEASE(gazetteer->rows);
  DS_VEC_RELEASE(gazetteer->uses);
  DS_VEC_RELEASE(gazetteer->office_rows);
  DS_VEC_RELEASE(gazetteer->description_rows);
  DS_VEC_RELEASE(gazetteer->part_rows);
  DS_VEC_RELEASE(gazetteer->kind_word_rows);
  ds_map_release(&gazetteer->ids);
  ds_map_release(&gazetteer->keys);
  ds_map_release(&gazetteer->starts);
  release_phrases(&gazetteer->offices);
  release_phrases(&gazetteer->titles);
  release_phrases(&gazetteer->given);
  release_phrases(&gazetteer->kind_words);
  release_phrases(&gazetteer->descriptions);
  release_phrases(&gazetteer->parts);
  release_phrases(&gazetteer->place_words);
  ds_arena_release(&gazetteer->arena);
  free(gazetteer);
}

/* The first kind of the ontology that is like this, or DS_NO_KIND. */
static uint8_t first_like(const ds_ontology *ontology, ds_kind_like like) {
  for (size_t i = 0; i < ontology->kind_count; i++)
    if (ontology->kinds[i].like == like) return (uint8_t)i;
  return DS_NO_KIND;
}

static dossier_status read_folder(ds_gazetteer *gazetteer, const ds_ontology *ontology, const char *folder,
                                  dossier_error *err) {
  ds_str *names = NULL;
  size_t count = 0;
  dossier_status status = ds_folder_list(&gazetteer->arena, folder, &names, &count, err);
  for (size_t i = 0; status == DOSSIER_OK && i < count; i++) {
    if (!ds_str_ends(names[i], DS_STR(".tsv"))) continue;
    ds_str path = ds_path_join(&gazetteer->arena, ds_str_from(folder), names[i]);
    if (!path.ptr) return ds_fail_memory(err);
    status = ds_gazetteer_read(gazetteer, ontology, path.ptr, err);
  }
  return status == DOSSIER_OK ? ds_gazetteer_finish(gazetteer, ontology, err) : status;
}

dossier_status ds_gazetteer_open(ds_gazetteer **out, const ds_ontology *ontology, const char *folder,
                                 dossier_error *err) {
  *out = NULL;
  ds_gazetteer *gazetteer = calloc(1, sizeof *gazetteer);
  if (!gazetteer) return ds_fail_memory(err);
  ds_arena_init(&gazetteer->arena);
  gazetteer->place_kind = first_like(ontology, DS_LIKE_PLACE);
  gazetteer->person_kind = first_like(ontology, DS_LIKE_PERSON);
  gazetteer->state_kind = first_like(ontology, DS_LIKE_STATE);
  memset(gazetteer->model_kinds, DS_NO_KIND, sizeof gazetteer->model_kinds);
  dossier_status status = read_folder(gazetteer, ontology, folder, err);
  if (status == DOSSIER_OK)
    *out = gazetteer;
  else
    ds_gazetteer_free(gazetteer);
  return status;
}

const ds_uses *ds_gazetteer_uses(const ds_gazetteer *gazetteer, ds_str key) {
  uint64_t at;
  return ds_map_get(&gazetteer->keys, key, &at) ? &gazetteer->uses.items[at] : NULL;
}

size_t ds_gazetteer_find(const ds_gazetteer *gazetteer, ds_str name, const ds_known *const **rows) {
  char key[DS_KEY_SIZE];
  size_t len = ds_name_key(name, key);
  const ds_uses *uses = len ? ds_gazetteer_uses(gazetteer, (ds_str){key, len}) : NULL;
  *rows = uses ? uses->rows : NULL;
  return uses ? uses->row_count : 0;
}

const ds_known *ds_gazetteer_by_id(const ds_gazetteer *gazetteer, ds_str id) {
  uint64_t at;
  return ds_map_get(&gazetteer->ids, id, &at) ? gazetteer->rows.items[at] : NULL;
}

uint32_t ds_gazetteer_office(const ds_gazetteer *gazetteer, const ds_text *text, const ds_parse *parse, uint32_t first,
                             uint32_t end, ds_office *out) {
  uint64_t at;
  uint32_t tokens = ds_phrases_from(&gazetteer->offices, text, parse, first, end, &at);
  if (tokens && out) *out = gazetteer->office_rows.items[at];
  return tokens;
}

/* Same characters, full stops aside. */
static bool written_alike(ds_str a, ds_str b) {
  size_t i = 0, j = 0;
  for (;;) {
    while (i < a.len && a.ptr[i] == '.') i++;
    while (j < b.len && b.ptr[j] == '.') j++;
    if (i == a.len || j == b.len) return i == a.len && j == b.len;
    if (a.ptr[i++] != b.ptr[j++]) return false;
  }
}

/* The first letter of the next word from *at on, 0 at the end; *at moves behind that word. */
static uint32_t next_initial(ds_str s, size_t *at) {
  uint32_t initial = 0;
  for (size_t size = 0; *at < s.len; *at += size) {
    uint32_t cp = ds_utf8_at(s, *at, &size);
    bool between = cp == ' ' || cp == '-' || cp == '\n';
    if (between && initial) return initial;
    if (!initial && !between) initial = cp;
  }
  return initial;
}

/* A word that has a capital in the table has one in the text: "The Nation" is no nation. */
static bool may_be_written(const ds_known_use *use, ds_str raw) {
  if (use->exact) return written_alike(use->written, raw);
  size_t i = 0, j = 0;
  for (;;) {
    uint32_t a = next_initial(use->written, &i), b = next_initial(raw, &j);
    if (!a || !b) return true;
    if (ds_cp_is_upper(a) && ds_cp_is_lower(b)) return false;
  }
}

uint32_t ds_gazetteer_match(const ds_gazetteer *gazetteer, const ds_text *text, uint32_t first, uint32_t end,
                            const ds_uses **uses, const ds_known_use **use) {
  const ds_token *tokens = text->tokens;
  char key[DS_KEY_SIZE];
  size_t len = ds_name_key(tokens[first].form, key);
  if (!len) return 0;
  const char *blank = memchr(key, ' ', len);
  uint64_t most;
  if (!ds_map_get(&gazetteer->starts, (ds_str){key, blank ? (size_t)(blank - key) : len}, &most)) return 0;
  uint32_t found = 0;
  for (uint32_t n = 1; n <= 2 * most && first + n <= end; n++) {
    ds_str raw = ds_str_sub(text->text, tokens[first].start, tokens[first + n - 1].end);
    len = ds_name_key(raw, key);
    const ds_uses *here = len ? ds_gazetteer_uses(gazetteer, (ds_str){key, len}) : NULL;
    for (size_t i = 0; here && i < here->count; i++) {
      if (!may_be_written(&here->items[i], raw)) continue;
      /* A trailing full stop or hyphen has no place in the key; the shorter span is the name. */
      if (found && *uses == here) break;
      found = n;
      *uses = here;
      *use = &here->items[i];
      break;
    }
  }
  return found;
}
