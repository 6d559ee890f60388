/* One line of JSON Lines: an article, or where it lies. */
#include "read/internal.h"

#include "base/utf8.h"

#include <cjson/cJSON.h>
#include <string.h>

/* Where the error of a line belongs. */
typedef struct place {
  const char *file;
  long line;
} place;

/* ---- making a line safe for cJSON, whose strings end at a zero byte and which refuses half a surrogate pair */

static int hex4(ds_str s, size_t at) {
  int value = 0;
  if (at + 4 > s.len) return -1;
  for (size_t i = at; i < at + 4; i++) {
    const char *all = "0123456789abcdef", c = s.ptr[i], *digit = strchr(all, c >= 'A' && c <= 'F' ? c + 32 : c);
    if (!c || !digit) return -1;
    value = value * 16 + (int)(digit - all);
  }
  return value;
}

/* The length of the escape at `at` (a backslash) that can be kept, or 0 for one that must be replaced. */
static size_t escape_length(ds_str s, size_t at) {
  if (at + 1 >= s.len || s.ptr[at + 1] != 'u') return 2;
  int unit = hex4(s, at + 2);
  if (unit < 0) return 2;
  if (unit == 0 || (unit >= 0xDC00 && unit <= 0xDFFF)) return 0;
  if (unit < 0xD800 || unit > 0xDFFF) return 6;
  bool paired = at + 12 <= s.len && s.ptr[at + 6] == '\\' && s.ptr[at + 7] == 'u';
  int low = paired ? hex4(s, at + 8) : -1;
  return low >= 0xDC00 && low <= 0xDFFF ? 12 : 0;
}

static void make_safe(ds_str line, ds_buf *out) {
  size_t good = 0;
  for (size_t at = 0; at < line.len;) {
    if (line.ptr[at] != '\\') {
      at++;
      continue;
    }
    size_t keep = escape_length(line, at);
    if (keep == 0) {
      ds_buf_append(out, ds_str_sub(line, good, at));
      ds_buf_appendz(out, "\\uFFFD");
      good = at + 6;
    }
    at += keep ? keep : 6;
  }
  ds_buf_append(out, ds_str_sub(line, good, line.len));
  for (size_t i = 0; i < out->len && !out->failed; i++)
    if (out->data[i] == 0) out->data[i] = ' ';
}

/* ---- fields */

static const cJSON *field(const cJSON *object, const char *name) {
  const cJSON *item = cJSON_GetObjectItemCaseSensitive(object, name);
  return item && !cJSON_IsNull(item) ? item : NULL;
}

/* A string cleaned as text of one line. `key` names it in errors. */
static dossier_status take_value(ds_arena *arena, const cJSON *item, const char *key, place at, ds_str *out,
                                 dossier_error *err) {
  if (!cJSON_IsString(item))
    return ds_fail_at(err, DOSSIER_INPUT, at.file, at.line, -1, "\"%s\" must be a string", key);
  ds_buf repaired, squeezed;
  ds_buf_init(&repaired);
  ds_buf_init(&squeezed);
  ds_utf8_repair(ds_str_from(item->valuestring), &repaired);
  ds_squeeze(ds_buf_str(&repaired), &squeezed);
  *out = ds_arena_str(arena, ds_buf_str(&squeezed));
  bool failed = repaired.failed || squeezed.failed || !out->ptr;
  ds_buf_release(&repaired);
  ds_buf_release(&squeezed);
  return failed ? ds_fail_memory(err) : DOSSIER_OK;
}

/* The same for a field that may be absent. */
static dossier_status take_string(ds_arena *arena, const cJSON *object, const char *key, place at, ds_str *out,
                                  dossier_error *err) {
  const cJSON *item = field(object, key);
  return item ? take_value(arena, item, key, at, out, err) : DOSSIER_OK;
}

static dossier_status take_date(ds_arena *arena, const cJSON *object, place at, ds_str *out, dossier_error *err) {
  dossier_status status = take_string(arena, object, "date", at, out, err);
  if (status != DOSSIER_OK || out->len == 0 || ds_edtf_valid(*out)) return status;
  /* A moment (2023-09-20T10:00:00Z) says its day. */
  char day[11];
  if (out->len > 10 && (out->ptr[10] == 'T' || out->ptr[10] == ' ') && ds_edtf_valid(ds_str_sub(*out, 0, 10)) &&
      ds_day_from(*out, day)) {
    out->len = 10;
    return DOSSIER_OK;
  }
  return ds_fail_at(err, DOSSIER_INPUT, at.file, at.line, -1,
                    "\"date\" is \"%.*s\", which is no EDTF date (write 2023-09-20, 2023-09, 2023 or 2024-08~)",
                    out->len > 60 ? 60 : (int)out->len, out->ptr);
}

/* "author" or "authors": a string, an object with "name", or an array of them. */
static dossier_status take_authors(ds_arena *arena, const cJSON *line, const char *key, place at, ds_jsonl *out,
                                   dossier_error *err) {
  const cJSON *value = field(line, key);
  if (!value) return DOSSIER_OK;
  size_t count = cJSON_IsArray(value) ? (size_t)cJSON_GetArraySize(value) : 1;
  ds_str *all = DS_NEW_ARRAY(arena, ds_str, out->author_count + count);
  if (!all) return ds_fail_memory(err);
  if (out->author_count) memcpy(all, out->authors, out->author_count * sizeof *all);
  out->authors = all;
  const cJSON *item = cJSON_IsArray(value) ? value->child : value;
  for (; item; item = cJSON_IsArray(value) ? item->next : NULL) {
    const cJSON *name = cJSON_IsObject(item) ? field(item, "name") : item;
    if (cJSON_IsNull(item) || !name) continue;
    dossier_status status = take_value(arena, name, key, at, &all[out->author_count], err);
    if (status != DOSSIER_OK) return status;
    if (all[out->author_count].len) out->author_count++;
  }
  return DOSSIER_OK;
}

/* "text" keeps its lines and "path" its blanks. */
static dossier_status take_verbatim(ds_arena *arena, const cJSON *object, const char *key, place at, ds_str *out,
                                    dossier_error *err) {
  const cJSON *item = field(object, key);
  if (!item) return DOSSIER_OK;
  if (!cJSON_IsString(item))
    return ds_fail_at(err, DOSSIER_INPUT, at.file, at.line, -1, "\"%s\" must be a string", key);
  *out = ds_arena_str(arena, ds_str_from(item->valuestring));
  return out->ptr ? DOSSIER_OK : ds_fail_memory(err);
}

static dossier_status take_fields(ds_arena *arena, const cJSON *line, place at, ds_jsonl *out, dossier_error *err) {
  const struct {
    const char *name;
    ds_str *to;
  } strings[] = {{"title", &out->title}, {"publisher", &out->publisher}, {"url", &out->url}};
  if (!cJSON_IsObject(line))
    return ds_fail_at(err, DOSSIER_INPUT, at.file, at.line, -1, "not a JSON object; one line is one article");
  dossier_status status = take_verbatim(arena, line, "text", at, &out->text, err);
  if (status == DOSSIER_OK) status = take_verbatim(arena, line, "path", at, &out->path, err);
  for (size_t i = 0; status == DOSSIER_OK && i < sizeof strings / sizeof *strings; i++)
    status = take_string(arena, line, strings[i].name, at, strings[i].to, err);
  if (status == DOSSIER_OK) status = take_date(arena, line, at, &out->published, err);
  if (status == DOSSIER_OK) status = take_authors(arena, line, "author", at, out, err);
  if (status == DOSSIER_OK) status = take_authors(arena, line, "authors", at, out, err);
  if (status == DOSSIER_OK && !field(line, "text") && !out->path.len)
    return ds_fail_at(err, DOSSIER_INPUT, at.file, at.line, -1, "the line has neither \"text\" nor \"path\"");
  return status;
}

dossier_status ds_jsonl_record(ds_arena *arena, ds_str line, const char *file, long line_number, ds_jsonl *out,
                               dossier_error *err) {
  *out = (ds_jsonl){0};
  if (line.len > DS_READ_MAX_ARTICLE)
    return ds_fail_at(err, DOSSIER_INPUT, file, line_number, -1, "too large for an article (over %zu MiB)",
                      DS_READ_MAX_ARTICLE >> 20);
  ds_buf safe;
  ds_buf_init(&safe);
  make_safe(line, &safe);
  if (safe.failed || !safe.data) {
    ds_buf_release(&safe);
    return ds_fail_memory(err);
  }
  const char *end = NULL;
  cJSON *json = cJSON_ParseWithLengthOpts(safe.data, safe.len, &end, 0);
  dossier_status status;
  if (!json)
    status = ds_fail_at(err, DOSSIER_INPUT, file, line_number, -1, "broken JSON at byte %td of the line",
                        end ? end - safe.data : (ptrdiff_t)0);
  else if (ds_str_trim((ds_str){end, (size_t)(safe.data + safe.len - end)}).len)
    status = ds_fail_at(err, DOSSIER_INPUT, file, line_number, -1, "more than one JSON value in the line");
  else
    status = take_fields(arena, json, (place){file, line_number}, out, err);
  cJSON_Delete(json);
  ds_buf_release(&safe);
  return status;
}
