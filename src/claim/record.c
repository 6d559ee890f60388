#include "claim/record.h"

#include "base/json.h"
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

static void add_index(ds_json *json, cJSON *parent, const char *key, uint32_t index) {
  if (index == DS_NO_ENTITY) {
    ds_json_null(json, parent, key);
  } else {
    ds_json_int(json, parent, key, index);
  }
}

static void add_strings(ds_json *json, cJSON *parent, const char *key, const ds_str *items, size_t count) {
  cJSON *array = ds_json_array(json, parent, key);
  for (size_t i = 0; i < count; i++) ds_json_str(json, array, NULL, items[i]);
}

static void write_article(ds_json *json, cJSON *root, const ds_article *article) {
  cJSON *out = ds_json_object(json, root, "article");
  ds_json_str(json, out, "path", article->path);
  ds_json_optional(json, out, "title", article->title);
  ds_json_optional(json, out, "publisher", article->publisher);
  add_strings(json, out, "authors", article->authors, article->author_count);
  ds_json_optional(json, out, "published", article->published);
  ds_json_optional(json, out, "url", article->url);
  ds_json_strz(json, out, "sha256", article->sha256);
  ds_json_str(json, out, "text", article->text);
}

static void write_entity(ds_json *json, cJSON *array, const ds_record_entity *entity) {
  cJSON *out = ds_json_object(json, array, NULL);
  ds_json_str(json, out, "kind", entity->kind);
  ds_json_str(json, out, "label", entity->label);
  ds_json_optional(json, out, "known", entity->known);
  add_strings(json, out, "names", entity->names, entity->name_count);
  ds_json_int(json, out, "mentions", entity->mentions);
  add_index(json, out, "owner", entity->owner);
}

static void write_claim(ds_json *json, cJSON *array, const ds_record_claim *claim) {
  cJSON *out = ds_json_object(json, array, NULL);
  add_index(json, out, "subject", claim->subject);
  ds_json_str(json, out, "relation", claim->relation);
  add_index(json, out, "object", claim->object);
  ds_json_strz(json, out, "polarity", ds_polarity_name((ds_polarity)claim->polarity));
  ds_json_strz(json, out, "certainty", ds_certainty_name((ds_certainty)claim->certainty));
  add_index(json, out, "speaker", claim->speaker);
  ds_json_optional(json, out, "role", claim->role);
  ds_json_optional(json, out, "date", claim->date);
  ds_json_strz(json, out, "date_basis", ds_date_basis_name((ds_date_basis)claim->date_basis));
  ds_json_int(json, out, "start", claim->start);
  ds_json_int(json, out, "end", claim->end);
  ds_json_str(json, out, "subject_words", claim->subject_words);
  ds_json_str(json, out, "object_words", claim->object_words);
  ds_json_decimal(json, out, "confidence", (double)claim->confidence, RECORD_DIGITS);
  ds_json_str(json, out, "rule", claim->rule);
}

dossier_status ds_record_write(const ds_record *record, ds_buf *out, dossier_error *err) {
  ds_json json = {0};
  cJSON *root = cJSON_CreateObject(); /* NULL makes all that follows fail */
  ds_json_str(&json, root, "format", DS_STR(RECORD_FORMAT));
  ds_json_int(&json, root, "version", RECORD_VERSION);
  write_article(&json, root, &record->article);
  cJSON *entities = ds_json_array(&json, root, "entities");
  for (size_t i = 0; i < record->entity_count; i++) write_entity(&json, entities, &record->entities[i]);
  cJSON *claims = ds_json_array(&json, root, "claims");
  for (size_t i = 0; i < record->claim_count; i++) write_claim(&json, claims, &record->claims[i]);
  ds_json_print(&json, root, out);
  ds_buf_byte(out, '\n');
  return json.failed || out->failed ? ds_fail_memory(err) : DOSSIER_OK;
}
