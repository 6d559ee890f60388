#include "base/json.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static cJSON *add(ds_json *json, cJSON *parent, const char *key, cJSON *item) {
  bool added = item && parent && (key ? cJSON_AddItemToObject(parent, key, item) : cJSON_AddItemToArray(parent, item));
  if (added) return item;
  cJSON_Delete(item);
  json->failed = true;
  return NULL;
}

cJSON *ds_json_object(ds_json *json, cJSON *parent, const char *key) {
  return add(json, parent, key, cJSON_CreateObject());
}

cJSON *ds_json_array(ds_json *json, cJSON *parent, const char *key) {
  return add(json, parent, key, cJSON_CreateArray());
}

void ds_json_str(ds_json *json, cJSON *parent, const char *key, ds_str value) {
  char small[256], *copy = value.len < sizeof small ? small : malloc(value.len + 1);
  if (copy) {
    if (value.len) memcpy(copy, value.ptr, value.len);
    copy[value.len] = 0;
  }
  add(json, parent, key, copy ? cJSON_CreateString(copy) : NULL);
  if (copy != small) free(copy);
}

void ds_json_strz(ds_json *json, cJSON *parent, const char *key, const char *value) {
  add(json, parent, key, value ? cJSON_CreateString(value) : cJSON_CreateNull());
}

void ds_json_optional(ds_json *json, cJSON *parent, const char *key, ds_str value) {
  if (value.len)
    ds_json_str(json, parent, key, value);
  else
    ds_json_null(json, parent, key);
}

void ds_json_int(ds_json *json, cJSON *parent, const char *key, int64_t value) {
  add(json, parent, key, cJSON_CreateNumber((double)value));
}

void ds_json_decimal(ds_json *json, cJSON *parent, const char *key, double value, int digits) {
  char text[64];
  if (!isfinite(value)) {
    ds_json_null(json, parent, key);
    return;
  }
  snprintf(text, sizeof text, "%.*g", digits, value);
  char *comma = strchr(text, ','); /* a program's locale may write one */
  if (comma) *comma = '.';
  if (!strpbrk(text, ".e") && strlen(text) + 2 < sizeof text) memcpy(text + strlen(text), ".0", 3);
  add(json, parent, key, cJSON_CreateRaw(text));
}

void ds_json_bool(ds_json *json, cJSON *parent, const char *key, bool value) {
  add(json, parent, key, cJSON_CreateBool(value));
}

void ds_json_null(ds_json *json, cJSON *parent, const char *key) {
  add(json, parent, key, cJSON_CreateNull());
}

void ds_json_print(ds_json *json, cJSON *item, ds_buf *out) {
  char *text = item ? cJSON_PrintUnformatted(item) : NULL;
  if (text)
    ds_buf_appendz(out, text);
  else
    json->failed = true;
  cJSON_free(text);
  cJSON_Delete(item);
}
