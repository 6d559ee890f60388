#include "claim/record.h"

#include <cjson/cJSON.h>
#include <math.h>

#include "claim/record_format.h"

static ds_str mention_words(const ds_layers *layers, uint32_t mention) {
  const ds_mention *m = &layers->actors->mentions[mention];
  return ds_str_sub(layers->text->text, m->start, m->end);
}

static ds_record_entity make_entity(const ds_ontology *ontology, const ds_entity *entity) {
  return (ds_record_entity){.kind = ontology->kinds[entity->kind].name,
                            .label = entity->label,
                            .known = entity->known,
                            .names = entity->names,
                            .name_count = entity->name_count,
                            .mentions = (uint32_t)entity->mention_count,
                            .owner = entity->owner};
}

static ds_record_claim make_claim(const ds_ontology *ontology, const ds_layers *layers, const ds_claim *claim) {
  return (ds_record_claim){.subject = claim->subject,
                           .object = claim->object,
                           .speaker = claim->speaker,
                           .relation = ontology->relations[claim->relation].name,
                           .role = claim->role,
                           .date = claim->date,
                           .rule = claim->rule,
                           .polarity = claim->polarity,
                           .certainty = claim->certainty,
                           .date_basis = claim->date_basis,
                           .start = claim->start,
                           .end = claim->end,
                           .confidence = claim->confidence,
                           .subject_words = mention_words(layers, claim->subject_mention),
                           .object_words = mention_words(layers, claim->object_mention)};
}

dossier_status ds_record_make(ds_arena *arena, const ds_ontology *ontology, const ds_article *article,
                              const ds_layers *layers, const ds_claims *claims, ds_record *out, dossier_error *err) {
  const ds_actors *actors = layers->actors;
  *out = (ds_record){.article = *article, .entity_count = actors->entity_count, .claim_count = claims->claim_count};
  out->entities = DS_NEW_ARRAY(arena, ds_record_entity, out->entity_count);
  out->claims = DS_NEW_ARRAY(arena, ds_record_claim, out->claim_count);
  if (!out->entities || !out->claims) return ds_fail_memory(err);
  for (size_t i = 0; i < out->entity_count; i++) out->entities[i] = make_entity(ontology, &actors->entities[i]);
  for (size_t i = 0; i < out->claim_count; i++) out->claims[i] = make_claim(ontology, layers, &claims->claims[i]);
  return DOSSIER_OK;
}

/* Writing. A failed allocation is kept in `ok` and found at the end; items that could not be added are freed at once. */
typedef struct writer {
  ds_arena arena; /* strings ended by zero bytes, as cJSON wants them */
  bool ok;
} writer;

static void add(writer *w, cJSON *parent, const char *key, cJSON *item) {
  bool added = item && parent && (key ? cJSON_AddItemToObject(parent, key, item) : cJSON_AddItemToArray(parent, item));
  if (added) return;
  cJSON_Delete(item);
  w->ok = false;
}

static void add_str(writer *w, cJSON *parent, const char *key, ds_str s) {
  ds_str copy = ds_arena_str(&w->arena, s);
  add(w, parent, key, copy.ptr ? cJSON_CreateString(copy.ptr) : NULL);
}

/* null for an empty one */
static void add_optional(writer *w, cJSON *parent, const char *key, ds_str s) {
  if (s.len) {
    add_str(w, parent, key, s);
  } else {
    add(w, parent, key, cJSON_CreateNull());
  }
}

static void add_index(writer *w, cJSON *parent, const char *key, uint32_t index) {
  add(w, parent, key, index == DS_NO_ENTITY ? cJSON_CreateNull() : cJSON_CreateNumber(index));
}

static void add_strings(writer *w, cJSON *parent, const char *key, const ds_str *items, size_t count) {
  cJSON *array = cJSON_CreateArray();
  for (size_t i = 0; array && i < count; i++) add_str(w, array, NULL, items[i]);
  add(w, parent, key, array);
}

static cJSON *write_article(writer *w, const ds_article *article) {
  cJSON *out = cJSON_CreateObject();
  add_str(w, out, "path", article->path);
  add_optional(w, out, "title", article->title);
  add_optional(w, out, "publisher", article->publisher);
  add_strings(w, out, "authors", article->authors, article->author_count);
  add_optional(w, out, "published", article->published);
  add_optional(w, out, "url", article->url);
  add_str(w, out, "sha256", ds_str_from(article->sha256));
  add_str(w, out, "text", article->text);
  return out;
}

static cJSON *write_entity(writer *w, const ds_record_entity *entity) {
  cJSON *out = cJSON_CreateObject();
  add_str(w, out, "kind", entity->kind);
  add_str(w, out, "label", entity->label);
  add_optional(w, out, "known", entity->known);
  add_strings(w, out, "names", entity->names, entity->name_count);
  add(w, out, "mentions", cJSON_CreateNumber(entity->mentions));
  add_index(w, out, "owner", entity->owner);
  return out;
}

static cJSON *write_claim(writer *w, const ds_record_claim *claim) {
  const char *basis = ds_date_basis_name((ds_date_basis)claim->date_basis);
  cJSON *out = cJSON_CreateObject();
  add_index(w, out, "subject", claim->subject);
  add_str(w, out, "relation", claim->relation);
  add_index(w, out, "object", claim->object);
  add_str(w, out, "polarity", ds_str_from(ds_polarity_name((ds_polarity)claim->polarity)));
  add_str(w, out, "certainty", ds_str_from(ds_certainty_name((ds_certainty)claim->certainty)));
  add_index(w, out, "speaker", claim->speaker);
  add_optional(w, out, "role", claim->role);
  add_optional(w, out, "date", claim->date);
  add_optional(w, out, "date_basis", ds_str_from(basis));
  add(w, out, "start", cJSON_CreateNumber(claim->start));
  add(w, out, "end", cJSON_CreateNumber(claim->end));
  add_str(w, out, "subject_words", claim->subject_words);
  add_str(w, out, "object_words", claim->object_words);
  /* Four digits: as many as are the same everywhere. */
  add(w, out, "confidence", cJSON_CreateNumber(round((double)claim->confidence * 1e4) / 1e4));
  add_str(w, out, "rule", claim->rule);
  return out;
}

dossier_status ds_record_write(const ds_record *record, ds_buf *out, dossier_error *err) {
  writer w = {.ok = true};
  ds_arena_init(&w.arena);
  cJSON *root = cJSON_CreateObject(), *entities = cJSON_CreateArray(), *claims = cJSON_CreateArray();
  add_str(&w, root, "format", DS_STR(RECORD_FORMAT));
  add(&w, root, "version", cJSON_CreateNumber(RECORD_VERSION));
  add(&w, root, "article", write_article(&w, &record->article));
  for (size_t i = 0; entities && i < record->entity_count; i++)
    add(&w, entities, NULL, write_entity(&w, &record->entities[i]));
  for (size_t i = 0; claims && i < record->claim_count; i++) add(&w, claims, NULL, write_claim(&w, &record->claims[i]));
  add(&w, root, "entities", entities);
  add(&w, root, "claims", claims);
  char *text = w.ok ? cJSON_PrintUnformatted(root) : NULL;
  if (text) {
    ds_buf_appendz(out, text);
    ds_buf_byte(out, '\n');
  }
  bool ok = text && !out->failed;
  cJSON_free(text);
  cJSON_Delete(root);
  ds_arena_release(&w.arena);
  return ok ? DOSSIER_OK : ds_fail_memory(err);
}
