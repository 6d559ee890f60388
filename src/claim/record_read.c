#include <cjson/cJSON.h>
#include <math.h>
#include <string.h>

#include "base/sha256.h"
#include "base/utf8.h"
#include "claim/record.h"
#include "claim/record_format.h"
#include "when/edtf.h"

/* Where the reader stands, for messages: "claim 3: ...". */
typedef struct reader {
  ds_arena *arena;
  dossier_error *err;
  const char *part; /* "article", "entity", "claim" */
  size_t number;    /* 1-based, 0 where there is only one */
} reader;

static dossier_status fail(const reader *r, const char *key, const char *what) {
  if (!r->number) return ds_fail(r->err, DOSSIER_INPUT, "broken extract line: %s: \"%s\" %s", r->part, key, what);
  return ds_fail(r->err, DOSSIER_INPUT, "broken extract line: %s %zu: \"%s\" %s", r->part, r->number, key, what);
}

/* Text as the library keeps it: what ds_utf8_repair leaves alone. JSON escapes can hide anything. */
static dossier_status check_clean(const reader *r, const char *key, ds_str text) {
  ds_buf repaired;
  ds_buf_init(&repaired);
  ds_utf8_repair(text, &repaired);
  bool failed = repaired.failed, clean = ds_str_eq(ds_buf_str(&repaired), text);
  ds_buf_release(&repaired);
  if (failed) return ds_fail_memory(r->err);
  return clean ? DOSSIER_OK : fail(r, key, "holds control characters");
}

static dossier_status take(const reader *r, const cJSON *item, const char *key, ds_str *out) {
  dossier_status status = check_clean(r, key, ds_str_from(item->valuestring));
  if (status) return status;
  *out = ds_arena_str(r->arena, ds_str_from(item->valuestring));
  return out->ptr ? DOSSIER_OK : ds_fail_memory(r->err);
}

static dossier_status get_str(const reader *r, const cJSON *at, const char *key, ds_str *out) {
  const cJSON *item = cJSON_GetObjectItemCaseSensitive(at, key);
  if (!cJSON_IsString(item)) return fail(r, key, "must be a text");
  return take(r, item, key, out);
}

static dossier_status get_optional(const reader *r, const cJSON *at, const char *key, ds_str *out) {
  *out = DS_STR("");
  const cJSON *item = cJSON_GetObjectItemCaseSensitive(at, key);
  if (!item || cJSON_IsNull(item)) return DOSSIER_OK;
  return get_str(r, at, key, out);
}

static dossier_status get_strings(const reader *r, const cJSON *at, const char *key, ds_str **out, size_t *count) {
  const cJSON *array = cJSON_GetObjectItemCaseSensitive(at, key);
  if (!cJSON_IsArray(array)) return fail(r, key, "must be a list of texts");
  *count = (size_t)cJSON_GetArraySize(array);
  *out = DS_NEW_ARRAY(r->arena, ds_str, *count);
  if (!*out) return ds_fail_memory(r->err);
  size_t i = 0;
  for (const cJSON *item = array->child; item; item = item->next) {
    if (!cJSON_IsString(item)) return fail(r, key, "must be a list of texts");
    dossier_status status = take(r, item, key, &(*out)[i++]);
    if (status) return status;
  }
  return DOSSIER_OK;
}

/* A whole number below `limit`. */
static dossier_status get_number(const reader *r, const cJSON *at, const char *key, double limit, uint32_t *out) {
  const cJSON *item = cJSON_GetObjectItemCaseSensitive(at, key);
  double value = cJSON_IsNumber(item) ? item->valuedouble : -1;
  if (!(value >= 0 && value < limit) || floor(value) != value) return fail(r, key, "is no number within its bounds");
  *out = (uint32_t)value;
  return DOSSIER_OK;
}

static dossier_status get_optional_index(const reader *r, const cJSON *at, const char *key, size_t count, uint32_t *out) {
  *out = DS_NO_ENTITY;
  const cJSON *item = cJSON_GetObjectItemCaseSensitive(at, key);
  return !item || cJSON_IsNull(item) ? DOSSIER_OK : get_number(r, at, key, (double)count, out);
}

static dossier_status get_polarity(const reader *r, const cJSON *at, uint8_t *out) {
  ds_str name;
  dossier_status status = get_str(r, at, "polarity", &name);
  if (status) return status;
  for (ds_polarity p = DS_AFFIRMED; p <= DS_DENIED; p++) {
    *out = (uint8_t)p;
    if (ds_str_eqz(name, ds_polarity_name(p))) return DOSSIER_OK;
  }
  return fail(r, "polarity", "must be affirmed or denied");
}

static dossier_status get_certainty(const reader *r, const cJSON *at, uint8_t *out) {
  ds_str name;
  dossier_status status = get_str(r, at, "certainty", &name);
  if (status) return status;
  for (ds_certainty c = DS_STATED; c <= DS_POSSIBLE; c++) {
    *out = (uint8_t)c;
    if (ds_str_eqz(name, ds_certainty_name(c))) return DOSSIER_OK;
  }
  return fail(r, "certainty", "must be stated, reported or possible");
}

static dossier_status get_date(const reader *r, const cJSON *at, ds_record_claim *claim) {
  ds_str basis = DS_STR("");
  int32_t first, last;
  dossier_status status = get_optional(r, at, "date", &claim->date);
  if (!status) status = get_optional(r, at, "date_basis", &basis);
  if (status) return status;
  if (claim->date.len && !ds_edtf_bounds(claim->date, &first, &last)) return fail(r, "date", "is no EDTF date");
  if ((claim->date.len == 0) != (basis.len == 0)) return fail(r, "date_basis", "must stand beside a date, and only there");
  claim->date_basis = DS_DATE_NONE;
  if (!basis.len) return DOSSIER_OK;
  for (ds_date_basis b = DS_DATE_TEXT; b <= DS_DATE_PUBLISHED; b++) {
    claim->date_basis = (uint8_t)b;
    if (ds_str_eqz(basis, ds_date_basis_name(b))) return DOSSIER_OK;
  }
  return fail(r, "date_basis", "must be text, published or null");
}

static bool is_boundary(ds_str text, uint32_t at) {
  return at <= text.len && (at == text.len || ((unsigned char)text.ptr[at] & 0xC0) != 0x80);
}

static dossier_status get_span(const reader *r, const cJSON *at, ds_str text, ds_record_claim *claim) {
  dossier_status status = get_number(r, at, "start", (double)text.len, &claim->start);
  if (!status) status = get_number(r, at, "end", (double)text.len + 1, &claim->end);
  if (status) return status;
  if (claim->start >= claim->end) return fail(r, "end", "must lie behind the start");
  if (!is_boundary(text, claim->start)) return fail(r, "start", "lies inside a character");
  if (!is_boundary(text, claim->end)) return fail(r, "end", "lies inside a character");
  return DOSSIER_OK;
}

static dossier_status read_article(const reader *r, const cJSON *at, ds_article *out) {
  if (!cJSON_IsObject(at)) return fail(r, "article", "must be an object");
  ds_str sha = DS_STR("");
  char actual[65];
  dossier_status status = get_str(r, at, "path", &out->path);
  if (!status) status = get_optional(r, at, "title", &out->title);
  if (!status) status = get_optional(r, at, "publisher", &out->publisher);
  if (!status) status = get_strings(r, at, "authors", &out->authors, &out->author_count);
  if (!status) status = get_optional(r, at, "published", &out->published);
  if (!status) status = get_optional(r, at, "url", &out->url);
  if (!status) status = get_str(r, at, "sha256", &sha);
  if (!status) status = get_str(r, at, "text", &out->text);
  if (status) return status;
  int32_t first, last;
  if (out->published.len && !ds_edtf_bounds(out->published, &first, &last)) return fail(r, "published", "is no EDTF date");
  if (out->text.len >= UINT32_MAX) return fail(r, "text", "is too long");
  ds_sha256_hex(out->text, actual);
  if (!ds_str_eqz(sha, actual)) return fail(r, "sha256", "is not that of the text");
  memcpy(out->sha256, actual, sizeof actual);
  return DOSSIER_OK;
}

static dossier_status read_entity(const reader *r, const cJSON *at, size_t count, ds_record_entity *out) {
  dossier_status status = get_str(r, at, "kind", &out->kind);
  if (!status) status = get_str(r, at, "label", &out->label);
  if (!status) status = get_optional(r, at, "known", &out->known);
  if (!status) status = get_strings(r, at, "names", &out->names, &out->name_count);
  if (!status) status = get_number(r, at, "mentions", UINT32_MAX, &out->mentions);
  if (!status) status = get_optional_index(r, at, "owner", count, &out->owner);
  if (status) return status;
  if (!out->kind.len) return fail(r, "kind", "is empty");
  return out->label.len ? DOSSIER_OK : fail(r, "label", "is empty");
}

static dossier_status read_claim(const reader *r, const cJSON *at, const ds_record *record, ds_record_claim *out) {
  const size_t count = record->entity_count;
  dossier_status status = get_number(r, at, "subject", (double)count, &out->subject);
  if (!status) status = get_str(r, at, "relation", &out->relation);
  if (!status) status = get_number(r, at, "object", (double)count, &out->object);
  if (!status) status = get_polarity(r, at, &out->polarity);
  if (!status) status = get_certainty(r, at, &out->certainty);
  if (!status) status = get_optional_index(r, at, "speaker", count, &out->speaker);
  if (!status) status = get_optional(r, at, "role", &out->role);
  if (!status) status = get_date(r, at, out);
  if (!status) status = get_span(r, at, record->article.text, out);
  if (!status) status = get_str(r, at, "subject_words", &out->subject_words);
  if (!status) status = get_str(r, at, "object_words", &out->object_words);
  if (!status) status = get_str(r, at, "rule", &out->rule);
  if (status) return status;
  const cJSON *confidence = cJSON_GetObjectItemCaseSensitive(at, "confidence");
  double value = cJSON_IsNumber(confidence) ? confidence->valuedouble : -1;
  if (!(value >= 0 && value <= 1)) return fail(r, "confidence", "must be a number from 0 to 1");
  out->confidence = (float)value;
  return out->relation.len ? DOSSIER_OK : fail(r, "relation", "is empty");
}

static dossier_status check_head(const reader *r, const cJSON *root) {
  const cJSON *format = cJSON_GetObjectItemCaseSensitive(root, "format");
  const cJSON *version = cJSON_GetObjectItemCaseSensitive(root, "version");
  if (!cJSON_IsString(format) || strcmp(format->valuestring, RECORD_FORMAT) != 0)
    return ds_fail(r->err, DOSSIER_INPUT, "this line was not written by dossier extract: no \"format\": \"" RECORD_FORMAT "\"");
  if (!cJSON_IsNumber(version) || version->valuedouble != RECORD_VERSION)
    return ds_fail(r->err, DOSSIER_INPUT, "this extract line has another version than %d: write it again with this dossier",
                   RECORD_VERSION);
  return DOSSIER_OK;
}

static dossier_status read_root(reader *r, const cJSON *root, ds_record *out) {
  const cJSON *entities = cJSON_GetObjectItemCaseSensitive(root, "entities");
  const cJSON *claims = cJSON_GetObjectItemCaseSensitive(root, "claims");
  dossier_status status = check_head(r, root);
  if (status) return status;
  if (!cJSON_IsArray(entities)) return fail(r, "entities", "must be a list");
  if (!cJSON_IsArray(claims)) return fail(r, "claims", "must be a list");
  out->entity_count = (size_t)cJSON_GetArraySize(entities);
  out->claim_count = (size_t)cJSON_GetArraySize(claims);
  out->entities = DS_NEW_ARRAY(r->arena, ds_record_entity, out->entity_count);
  out->claims = DS_NEW_ARRAY(r->arena, ds_record_claim, out->claim_count);
  if (!out->entities || !out->claims) return ds_fail_memory(r->err);
  status = read_article(r, cJSON_GetObjectItemCaseSensitive(root, "article"), &out->article);
  r->part = "entity";
  r->number = 1;
  for (const cJSON *item = entities->child; !status && item; item = item->next, r->number++)
    status = read_entity(r, item, out->entity_count, &out->entities[r->number - 1]);
  r->part = "claim";
  r->number = 1;
  for (const cJSON *item = claims->child; !status && item; item = item->next, r->number++)
    status = read_claim(r, item, out, &out->claims[r->number - 1]);
  return status;
}

dossier_status ds_record_read(ds_arena *arena, ds_str line, ds_record *out, dossier_error *err) {
  *out = (ds_record){0};
  if (!ds_utf8_valid(line)) return ds_fail(err, DOSSIER_INPUT, "broken extract line: it is not UTF-8");
  cJSON *root = cJSON_ParseWithLength(line.ptr ? line.ptr : "", line.len);
  if (!cJSON_IsObject(root)) {
    cJSON_Delete(root);
    return ds_fail(err, DOSSIER_INPUT, "broken extract line: it is no JSON object");
  }
  reader r = {.arena = arena, .err = err, .part = "article"};
  dossier_status status = read_root(&r, root, out);
  cJSON_Delete(root);
  return status;
}
