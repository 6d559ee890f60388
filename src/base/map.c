#include "base/map.h"

#include <stdlib.h>

#include "base/vec.h"

#define FEWEST_SLOTS 16 /* slot counts are powers of two */

void ds_map_init(ds_map *map) {
  *map = (ds_map){0};
}

void ds_map_release(ds_map *map) {
  free(map->entries);
  free(map->slots);
  ds_map_init(map);
}

/* The slot that holds the key, or the empty one where it belongs. There is always an empty one. */
static uint32_t *find_slot(const ds_map *map, ds_str key) {
  size_t mask = map->slot_count - 1;
  for (size_t i = (size_t)ds_str_hash(key) & mask;; i = (i + 1) & mask) {
    uint32_t slot = map->slots[i];
    if (!slot || ds_str_eq(map->entries[slot - 1].key, key)) return &map->slots[i];
  }
}

static bool grow_slots(ds_map *map) {
  size_t count = map->slot_count ? map->slot_count * 2 : FEWEST_SLOTS;
  uint32_t *slots = calloc(count, sizeof *slots);
  if (!slots) return false;
  free(map->slots);
  map->slots = slots;
  map->slot_count = count;
  for (size_t i = 0; i < map->len; i++) *find_slot(map, map->entries[i].key) = (uint32_t)(i + 1);
  return true;
}

bool ds_map_put(ds_map *map, ds_str key, uint64_t value) {
  if (map->slot_count) {
    uint32_t slot = *find_slot(map, key);
    if (slot) {
      map->entries[slot - 1].value = value;
      return true;
    }
  }
  if (map->len >= UINT32_MAX - 1) return false;
  if (!ds_vec_reserve((void **)&map->entries, &map->cap, map->len + 1, sizeof *map->entries)) return false;
  /* At most three quarters full, so that runs of taken slots stay short. */
  if (map->len + 1 > map->slot_count / 4 * 3 && !grow_slots(map)) return false;
  *find_slot(map, key) = (uint32_t)(map->len + 1);
  map->entries[map->len++] = (ds_map_entry){key, value};
  return true;
}

bool ds_map_get(const ds_map *map, ds_str key, uint64_t *value) {
  if (!map->slot_count) return false;
  uint32_t slot = *find_slot(map, key);
  if (!slot) return false;
  if (value) *value = map->entries[slot - 1].value;
  return true;
}
