/* base/file.h - files: reading whole, mapping, finding the installed data, writing so that a crash leaves the old file */
#ifndef DS_BASE_FILE_H
#define DS_BASE_FILE_H

#include "base/arena.h"
#include "base/buf.h"
#include "base/error.h"
#include "base/str.h"

/* Appends the whole file to out; path "-" reads standard input. The error names the file and the system's reason. */
dossier_status ds_file_read(const char *path, ds_buf *out, dossier_error *err);

/* Writes the whole file: to path + ".part" first, then renamed, so that a crash leaves the old file. Path "-" is standard
 * output; what is no regular file (a pipe, a device) is written in place. */
dossier_status ds_file_write(const char *path, ds_str data, dossier_error *err);

/* A file mapped read-only; data.ptr stays valid until ds_file_unmap. An empty file gives an empty slice. No zero byte behind. */
typedef struct ds_file_map {
  ds_str data;
} ds_file_map;
dossier_status ds_file_map_open(ds_file_map *map, const char *path, dossier_error *err);
void ds_file_unmap(ds_file_map *map);

bool ds_file_exists(const char *path);
bool ds_file_is_folder(const char *path);
/* The names in a folder, sorted by bytes, without those that start with a dot. In the arena. */
dossier_status ds_folder_list(ds_arena *arena, const char *path, ds_str **names, size_t *count, dossier_error *err);
/* folder/name in the arena; name alone where it is absolute or folder is empty. ptr is NULL where memory ran out. */
ds_str ds_path_join(ds_arena *arena, ds_str folder, ds_str name);

/* The path of an installed data file ("schema/ontology.yaml", "models/english.safetensors"). Looked for, in this order, in
 * `data_dir` (may be NULL), $DOSSIER_DATA, the source tree that the library was built from, the install prefix. The error
 * lists the places. */
dossier_status ds_data_path(ds_arena *arena, const char *data_dir, const char *name, ds_str *path, dossier_error *err);

#endif
