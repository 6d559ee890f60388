/* base/json.h - building JSON with cJSON, from slices, with one check at the end
 *
 * cJSON does the escaping and printing. Here every call that adds something may fail for memory; the builder remembers it, drops
 * what could not be added, and whoever builds asks `failed` once before the result is used. parent may be an object (with a
 * key) or an array (key NULL).
 */
#ifndef DS_BASE_JSON_H
#define DS_BASE_JSON_H

#include "base/buf.h"
#include "base/str.h"

#include <cjson/cJSON.h>

typedef struct ds_json {
  bool failed;
} ds_json;

/* A new object or array inside parent; NULL (which all calls here accept as parent) where memory ran out. */
cJSON *ds_json_object(ds_json *json, cJSON *parent, const char *key);
cJSON *ds_json_array(ds_json *json, cJSON *parent, const char *key);
void ds_json_str(ds_json *json, cJSON *parent, const char *key, ds_str value);
void ds_json_strz(ds_json *json, cJSON *parent, const char *key, const char *value); /* NULL gives null */
void ds_json_optional(ds_json *json, cJSON *parent, const char *key, ds_str value);  /* null where it is empty */
void ds_json_int(ds_json *json, cJSON *parent, const char *key, int64_t value);
/* A number of so many significant digits, always with a decimal point or exponent: 1.0, 0.25. Not finite gives null. */
void ds_json_decimal(ds_json *json, cJSON *parent, const char *key, double value, int digits);
void ds_json_bool(ds_json *json, cJSON *parent, const char *key, bool value);
void ds_json_null(ds_json *json, cJSON *parent, const char *key);
/* Appends the item as one line without blanks (and without a newline), and frees it. item may be NULL. */
void ds_json_print(ds_json *json, cJSON *item, ds_buf *out);

#endif
