#include "base/arena.h"

#include <stdalign.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define ALIGNMENT 16
#define SMALLEST_BLOCK ((size_t)16 << 10)
#define LARGEST_BLOCK ((size_t)1 << 20)

struct ds_arena_block {
  struct ds_arena_block *older;
  size_t size; /* of data, in bytes */
  alignas(ALIGNMENT) char data[];
};

static struct ds_arena_block *block_new(ds_arena *arena, size_t size) {
  if (size > SIZE_MAX - sizeof(struct ds_arena_block)) return NULL;
  struct ds_arena_block *block = malloc(sizeof *block + size);
  if (!block) return NULL;
  block->older = NULL;
  block->size = size;
  arena->total += sizeof *block + size;
  return block;
}

void ds_arena_init(ds_arena *arena) {
  *arena = (ds_arena){0};
}

static void free_chain(struct ds_arena_block *block, const struct ds_arena_block *keep) {
  while (block) {
    struct ds_arena_block *older = block->older;
    if (block != keep) free(block);
    block = older;
  }
}

void ds_arena_release(ds_arena *arena) {
  free_chain(arena->block, NULL);
  ds_arena_init(arena);
}

#ifdef DS_ARENA_MALLOC

void ds_arena_clear(ds_arena *arena) {
  ds_arena_release(arena);
}

void *ds_arena_alloc(ds_arena *arena, size_t size) {
  struct ds_arena_block *block = block_new(arena, size);
  if (!block) return NULL;
  block->older = arena->block;
  arena->block = block;
  arena->used = size;
  memset(block->data, 0, size);
  return block->data;
}

#else

void ds_arena_clear(ds_arena *arena) {
  struct ds_arena_block *largest = arena->block;
  for (struct ds_arena_block *block = arena->block; block; block = block->older)
    if (block->size > largest->size) largest = block;
  free_chain(arena->block, largest);
  ds_arena_init(arena);
  if (!largest) return;
  largest->older = NULL;
  arena->block = largest;
  arena->total = sizeof *largest + largest->size;
}

/* Blocks grow with the arena, so that a long article needs few of them and a short one little memory. */
static size_t next_block_size(const ds_arena *arena) {
  if (arena->total < SMALLEST_BLOCK) return SMALLEST_BLOCK;
  return arena->total > LARGEST_BLOCK ? LARGEST_BLOCK : arena->total;
}

void *ds_arena_alloc(ds_arena *arena, size_t size) {
  if (size > SIZE_MAX - ALIGNMENT) return NULL;
  size_t need = size ? (size + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT : ALIGNMENT;
  if (arena->block && need <= arena->block->size - arena->used) {
    void *at = arena->block->data + arena->used;
    arena->used += need;
    return memset(at, 0, need);
  }
  size_t usual = next_block_size(arena) / ALIGNMENT * ALIGNMENT;
  bool large = need > usual / 4;
  struct ds_arena_block *block = block_new(arena, large ? need : usual);
  if (!block) return NULL;
  if (large && arena->block) {
    /* Goes behind the newest block, whose free end would be lost otherwise. */
    block->older = arena->block->older;
    arena->block->older = block;
  } else {
    block->older = arena->block;
    arena->block = block;
    arena->used = need;
  }
  return memset(block->data, 0, need);
}

#endif

void *ds_arena_array(ds_arena *arena, size_t count, size_t size) {
  if (size && count > SIZE_MAX / size) return NULL;
  return ds_arena_alloc(arena, count * size);
}

ds_str ds_arena_str(ds_arena *arena, ds_str s) {
  char *copy = s.len < SIZE_MAX ? ds_arena_alloc(arena, s.len + 1) : NULL;
  if (!copy) return DS_STR_NONE;
  if (s.len) memcpy(copy, s.ptr, s.len);
  return (ds_str){copy, s.len};
}

ds_str ds_arena_printf(ds_arena *arena, const char *format, ...) {
  va_list args;
  va_start(args, format);
  int len = vsnprintf(NULL, 0, format, args);
  va_end(args);
  char *text = len >= 0 ? ds_arena_alloc(arena, (size_t)len + 1) : NULL;
  if (!text) return DS_STR_NONE;
  va_start(args, format);
  vsnprintf(text, (size_t)len + 1, format, args);
  va_end(args);
  return (ds_str){text, (size_t)len};
}
