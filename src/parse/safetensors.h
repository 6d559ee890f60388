/* parse/safetensors.h - reading a safetensors file that is mapped into memory
 *
 * The file is not trusted: every length, offset, shape and type is checked before a pointer is handed out, so that a broken or
 * hostile file gives an error and never a wild read. The tensors' bytes are not copied.
 */
#ifndef DS_PARSE_SAFETENSORS_H
#define DS_PARSE_SAFETENSORS_H

#include "base/arena.h"
#include "base/error.h"
#include "base/str.h"

typedef enum ds_dtype { DS_DTYPE_I8, DS_DTYPE_U8, DS_DTYPE_I32, DS_DTYPE_F32 } ds_dtype;

typedef struct ds_tensor {
  ds_str name;
  ds_dtype dtype;
  uint32_t rank;     /* 0 to 2 */
  size_t shape[2];   /* 1 where the rank is lower */
  size_t count;      /* elements */
  size_t begin, end; /* bytes of the file */
  const void *data;  /* inside the mapped file; aligned for its type */
} ds_tensor;

typedef struct ds_metadata {
  ds_str key, value;
} ds_metadata;

typedef struct ds_safetensors {
  ds_tensor *tensors; /* sorted by name, names are unique */
  size_t tensor_count;
  ds_metadata *metadata;
  size_t metadata_count;
} ds_safetensors;

/* Reads the header of a whole file. Names and metadata are copied into the arena; `file` (4-byte aligned or better) must
 * outlive the result. `path` is for messages. DOSSIER_INPUT where the file breaks the format's rules, holds tensors that overlap
 * or types other than the four above. */
dossier_status ds_safetensors_read(ds_arena *arena, ds_str file, const char *path, ds_safetensors *out,
                                   dossier_error *err);

/* The tensor of that name, or NULL. */
const ds_tensor *ds_safetensors_get(const ds_safetensors *st, const char *name);
/* The metadata value of that key; ptr is NULL where there is none. */
ds_str ds_safetensors_meta(const ds_safetensors *st, const char *key);

#endif
