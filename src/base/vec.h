/* base/vec.h - growing arrays of one type, on the heap
 *
 *     DS_VEC(uint32_t) ids = {0};
 *     if (!DS_PUSH(ids, 7)) return ds_fail_memory(err);
 *     ... ids.items[i], ids.len ...
 *     DS_VEC_RELEASE(ids);
 */
#ifndef DS_BASE_VEC_H
#define DS_BASE_VEC_H

#include <stdbool.h>
#include <stddef.h>

#define DS_VEC(type) \
  struct {           \
    type *items;     \
    size_t len, cap; \
  }

/* Room for at least `need` items of `size` bytes behind *items; false where memory ran out, and then nothing changed. */
bool ds_vec_reserve(void **items, size_t *cap, size_t need, size_t size);

/* Appends one item; false where memory ran out. Its arguments are evaluated more than once. */
#define DS_PUSH(vec, ...)                                                                                           \
  (((vec).len < (vec).cap || ds_vec_reserve((void **)&(vec).items, &(vec).cap, (vec).len + 1, sizeof *(vec).items)) \
       ? ((vec).items[(vec).len++] = (__VA_ARGS__), true)                                                           \
       : false)

void ds_vec_release_(void **items, size_t *len, size_t *cap);
#define DS_VEC_RELEASE(vec) ds_vec_release_((void **)&(vec).items, &(vec).len, &(vec).cap)

#endif
