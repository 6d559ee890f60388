/* base/arena.h - memory that lives as long as one article (or one query) and is dropped whole
 *
 * An arena hands out zeroed, 16-byte aligned blocks and never frees a single one. Built with -DDS_ARENA_MALLOC=1 each block
 * is a malloc of its own, so that the address sanitizer sees its edges.
 */
#ifndef DS_BASE_ARENA_H
#define DS_BASE_ARENA_H

#include "base/str.h"

#include <stdbool.h>
#include <stddef.h>

typedef struct ds_arena {
  struct ds_arena_block *block; /* newest block, linked to the older ones */
  size_t used;                  /* bytes handed out of it */
  size_t total;                 /* bytes asked of malloc by all blocks */
} ds_arena;

/* An empty arena; allocates nothing yet and cannot fail. */
void ds_arena_init(ds_arena *arena);

/* Drops everything that was handed out. The arena is empty again and may be used again. */
void ds_arena_release(ds_arena *arena);

/* Forgets everything handed out but keeps the largest block for the next article. */
void ds_arena_clear(ds_arena *arena);

/* size zeroed bytes, or NULL where memory ran out (size 0 gives a valid pointer). */
void *ds_arena_alloc(ds_arena *arena, size_t size);

/* count zeroed items; NULL too where count * size overflows. */
void *ds_arena_array(ds_arena *arena, size_t count, size_t size);

/* A copy of the slice, with a zero byte behind it; ptr is NULL where memory ran out. */
ds_str ds_arena_str(ds_arena *arena, ds_str s);

/* A formatted string in the arena; ptr is NULL where memory ran out. */
ds_str ds_arena_printf(ds_arena *arena, const char *format, ...) __attribute__((format(printf, 2, 3)));

#define DS_NEW(arena, type) ((type *)ds_arena_alloc((arena), sizeof(type)))
#define DS_NEW_ARRAY(arena, type, count) ((type *)ds_arena_array((arena), (count), sizeof(type)))

#endif
