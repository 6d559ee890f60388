#include "base/vec.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

/* *items is in truth a pointer to some other type: memcpy moves it in and out without breaking the aliasing rules. */

bool ds_vec_reserve(void **items, size_t *cap, size_t need, size_t size) {
  if (need <= *cap) return true;
  if (need > SIZE_MAX / 2 / size) return false;
  size_t grown = *cap < 4 ? 8 : *cap + *cap / 2;
  if (grown < need || grown > SIZE_MAX / 2 / size) grown = need;
  void *old;
  memcpy(&old, items, sizeof old);
  void *moved = realloc(old, grown * size);
  if (!moved) return false;
  memcpy(items, &moved, sizeof moved);
  *cap = grown;
  return true;
}

void ds_vec_release_(void **items, size_t *len, size_t *cap) {
  void *old;
  memcpy(&old, items, sizeof old);
  free(old);
  old = NULL;
  memcpy(items, &old, sizeof old);
  *len = *cap = 0;
}
