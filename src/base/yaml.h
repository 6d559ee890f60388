/* base/yaml.h - a YAML file as a tree with line numbers, for schema/ (libyaml does the reading)
 *
 * Plain mappings, sequences and scalars; aliases and tags are errors: nobody needs them to edit a frame. A repeated key in
 * one mapping is an error too.
 */
#ifndef DS_BASE_YAML_H
#define DS_BASE_YAML_H

#include "base/arena.h"
#include "base/error.h"

typedef enum ds_yaml_type { DS_YAML_SCALAR, DS_YAML_SEQUENCE, DS_YAML_MAPPING } ds_yaml_type;

typedef struct ds_yaml {
  ds_yaml_type type;
  long line;              /* 1-based */
  ds_str scalar;          /* for scalars */
  bool quoted;            /* the scalar stood in quotes */
  struct ds_yaml **keys;  /* for mappings: scalars; count of them */
  struct ds_yaml **items; /* for sequences and mappings: count of them */
  size_t count;
} ds_yaml;

/* Reads the first document of the file into the arena. An empty file gives an empty mapping. */
dossier_status ds_yaml_read(ds_arena *arena, const char *path, ds_yaml **out, dossier_error *err);
/* The value of a key in a mapping, or NULL. */
const ds_yaml *ds_yaml_get(const ds_yaml *mapping, const char *key);
/* The scalar of a key, or DS_STR_NONE. */
ds_str ds_yaml_get_str(const ds_yaml *mapping, const char *key);
/* An error about a place in the file. */
dossier_status ds_yaml_fail(dossier_error *err, const char *path, const ds_yaml *at, const char *format, ...)
    __attribute__((format(printf, 4, 5)));

#endif
