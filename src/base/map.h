/* base/map.h - hash map from byte strings to numbers (indexes into the caller's arrays)
 *
 * Open addressing. Keys are slices that the caller keeps alive. Iteration order is the order of insertion, so that output
 * cannot depend on the hash.
 */
#ifndef DS_BASE_MAP_H
#define DS_BASE_MAP_H

#include "base/str.h"

typedef struct ds_map_entry {
  ds_str key;
  uint64_t value;
} ds_map_entry;

typedef struct ds_map {
  ds_map_entry *entries; /* in order of insertion: entries[0 .. len) */
  size_t len, cap;
  uint32_t *slots; /* index + 1 into entries, 0 for empty */
  size_t slot_count;
} ds_map;

void ds_map_init(ds_map *map);
void ds_map_release(ds_map *map);
/* Sets key to value, whether or not it was there; false where memory ran out. */
bool ds_map_put(ds_map *map, ds_str key, uint64_t value);
/* false where the key is absent, and *value (which may be NULL) is left alone. */
bool ds_map_get(const ds_map *map, ds_str key, uint64_t *value);

#endif
