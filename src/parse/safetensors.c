#include "parse/safetensors.h"

#include <cjson/cJSON.h>
#include <stdlib.h>
#include <string.h>

#define MAX_HEADER ((uint64_t)16 << 20) /* bytes; ours has half a million, most of them vocabulary */
#define MAX_TENSORS 4096

static const struct {
  const char *name;
  size_t size;
} dtypes[] = {
    [DS_DTYPE_I8] = {"I8", 1}, [DS_DTYPE_U8] = {"U8", 1}, [DS_DTYPE_I32] = {"I32", 4}, [DS_DTYPE_F32] = {"F32", 4}};

static dossier_status broken(dossier_error *err, const char *path, const char *name, const char *what) {
  return ds_fail_at(err, DOSSIER_INPUT, path, 0, -1, "not a usable safetensors file: %s%s%s", name ? name : "",
                    name ? ": " : "", what);
}

/* A non-negative whole number of at most 2^48. */
static bool number(const cJSON *item, uint64_t *out) {
  if (!cJSON_IsNumber(item)) return false;
  double value = item->valuedouble;
  if (!(value >= 0 && value <= 281474976710656.0)) return false;
  *out = (uint64_t)value;
  return (double)*out == value;
}

static bool read_dtype(const cJSON *item, ds_dtype *out) {
  if (!cJSON_IsString(item)) return false;
  for (size_t i = 0; i < sizeof dtypes / sizeof *dtypes; i++) {
    if (strcmp(item->valuestring, dtypes[i].name) == 0) {
      *out = (ds_dtype)i;
      return true;
    }
  }
  return false;
}

static bool read_shape(const cJSON *item, ds_tensor *tensor) {
  if (!cJSON_IsArray(item)) return false;
  tensor->shape[0] = tensor->shape[1] = 1;
  uint64_t count = 1;
  for (const cJSON *dim = item->child; dim; dim = dim->next) {
    uint64_t value;
    if (tensor->rank == 2 || !number(dim, &value) || value > UINT32_MAX) return false;
    tensor->shape[tensor->rank++] = (size_t)value;
    if (value && count > ((uint64_t)1 << 40) / value) return false;
    count *= value;
  }
  tensor->count = (size_t)count;
  return true;
}

/* One entry of the header; `file` and `base`: where the tensors' bytes start. */
static dossier_status read_tensor(ds_arena *arena, const cJSON *item, ds_str file, size_t base, const char *path,
                                  ds_tensor *tensor, dossier_error *err) {
  const char *name = item->string;
  tensor->name = ds_arena_str(arena, ds_str_from(name));
  if (!tensor->name.ptr) return ds_fail_memory(err);
  if (!cJSON_IsObject(item)) return broken(err, path, name, "no object");
  if (!read_dtype(cJSON_GetObjectItemCaseSensitive(item, "dtype"), &tensor->dtype))
    return broken(err, path, name, "its type is not one of I8, U8, I32, F32");
  if (!read_shape(cJSON_GetObjectItemCaseSensitive(item, "shape"), tensor))
    return broken(err, path, name, "its shape is wrong");
  const cJSON *offsets = cJSON_GetObjectItemCaseSensitive(item, "data_offsets");
  uint64_t begin, end;
  if (!cJSON_IsArray(offsets) || cJSON_GetArraySize(offsets) != 2 || !number(offsets->child, &begin) ||
      !number(offsets->child->next, &end))
    return broken(err, path, name, "its offsets are wrong");
  size_t room = file.len - base, size = dtypes[tensor->dtype].size;
  if (begin > end || end > room) return broken(err, path, name, "its bytes lie outside of the file");
  if (end - begin != (uint64_t)tensor->count * size) return broken(err, path, name, "its bytes do not fit its shape");
  tensor->begin = base + (size_t)begin;
  tensor->end = base + (size_t)end;
  tensor->data = file.ptr + tensor->begin;
  if ((uintptr_t)tensor->data % size != 0) return broken(err, path, name, "its bytes are not aligned");
  return DOSSIER_OK;
}

static int by_place(const void *a, const void *b) {
  const ds_tensor *x = a, *y = b;
  if (x->begin != y->begin) return x->begin < y->begin ? -1 : 1;
  return x->end < y->end ? -1 : x->end > y->end;
}

static int by_name(const void *a, const void *b) {
  return ds_str_cmp(((const ds_tensor *)a)->name, ((const ds_tensor *)b)->name);
}

static dossier_status check_all(ds_safetensors *st, const char *path, dossier_error *err) {
  ds_tensor *t = st->tensors;
  if (st->tensor_count) qsort(t, st->tensor_count, sizeof *t, by_place);
  for (size_t i = 1; i < st->tensor_count; i++) {
    if (t[i].begin < t[i - 1].end) return broken(err, path, t[i].name.ptr, "its bytes overlap those of another tensor");
  }
  if (st->tensor_count) qsort(t, st->tensor_count, sizeof *t, by_name);
  for (size_t i = 1; i < st->tensor_count; i++) {
    if (ds_str_eq(t[i].name, t[i - 1].name)) return broken(err, path, t[i].name.ptr, "named twice");
  }
  return DOSSIER_OK;
}

static dossier_status read_metadata(ds_arena *arena, const cJSON *object, const char *path, ds_safetensors *st,
                                    dossier_error *err) {
  if (!cJSON_IsObject(object)) return broken(err, path, "__metadata__", "no object");
  if (st->metadata) return broken(err, path, "__metadata__", "named twice");
  st->metadata = DS_NEW_ARRAY(arena, ds_metadata, (size_t)cJSON_GetArraySize(object));
  if (!st->metadata) return ds_fail_memory(err);
  for (const cJSON *item = object->child; item; item = item->next) {
    if (!cJSON_IsString(item)) return broken(err, path, "__metadata__", "a value is no string");
    ds_metadata *m = &st->metadata[st->metadata_count++];
    m->key = ds_arena_str(arena, ds_str_from(item->string));
    m->value = ds_arena_str(arena, ds_str_from(item->valuestring));
    if (!m->key.ptr || !m->value.ptr) return ds_fail_memory(err);
  }
  return DOSSIER_OK;
}

static dossier_status read_header(ds_arena *arena, const cJSON *header, ds_str file, size_t base, const char *path,
                                  ds_safetensors *st, dossier_error *err) {
  if (!cJSON_IsObject(header)) return broken(err, path, NULL, "its header is no JSON object");
  size_t count = (size_t)cJSON_GetArraySize(header);
  if (count > MAX_TENSORS) return broken(err, path, NULL, "too many tensors");
  st->tensors = DS_NEW_ARRAY(arena, ds_tensor, count);
  if (!st->tensors) return ds_fail_memory(err);
  for (const cJSON *item = header->child; item; item = item->next) {
    dossier_status status;
    if (strcmp(item->string, "__metadata__") == 0)
      status = read_metadata(arena, item, path, st, err);
    else
      status = read_tensor(arena, item, file, base, path, &st->tensors[st->tensor_count++], err);
    if (status) return status;
  }
  return check_all(st, path, err);
}

dossier_status ds_safetensors_read(ds_arena *arena, ds_str file, const char *path, ds_safetensors *out,
                                   dossier_error *err) {
  *out = (ds_safetensors){0};
  if (file.len < 8) return broken(err, path, NULL, "it is too short");
  uint64_t length = 0;
  for (int i = 7; i >= 0; i--) length = length << 8 | (unsigned char)file.ptr[i];
  if (length > file.len - 8) return broken(err, path, NULL, "its header is longer than the file");
  if (length > MAX_HEADER) return broken(err, path, NULL, "its header is too long");
  cJSON *header = cJSON_ParseWithLength(file.ptr + 8, (size_t)length);
  if (!header) return broken(err, path, NULL, "its header is no JSON");
  dossier_status status = read_header(arena, header, file, 8 + (size_t)length, path, out, err);
  cJSON_Delete(header);
  return status;
}

const ds_tensor *ds_safetensors_get(const ds_safetensors *st, const char *name) {
  size_t low = 0, high = st->tensor_count;
  ds_str key = ds_str_from(name);
  while (low < high) {
    size_t middle = low + (high - low) / 2;
    int order = ds_str_cmp(st->tensors[middle].name, key);
    if (order == 0) return &st->tensors[middle];
    if (order < 0)
      low = middle + 1;
    else
      high = middle;
  }
  return NULL;
}

ds_str ds_safetensors_meta(const ds_safetensors *st, const char *key) {
  for (size_t i = 0; i < st->metadata_count; i++) {
    if (ds_str_eqz(st->metadata[i].key, key)) return st->metadata[i].value;
  }
  return DS_STR_NONE;
}
