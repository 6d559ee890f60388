#include "parse/packed.h"

#include <oneapi/dnnl/dnnl.h>
#include <stdlib.h>
#include <string.h>

#define PANEL 16      /* outputs */
#define FOUR_BYTES 64 /* of weights: four inputs of a panel */
#define ROWS 4
/* 127 * 258 still fits into 16 bits. */
#define MOST 258
/* Fours that wait for a partner at the same time. */
#define WAITING 8

#if defined(__x86_64__)

#include <immintrin.h>

#define TARGET __attribute__((target("avx2")))

bool ds_packed_wanted(void) {
  return __builtin_cpu_supports("avx2") && dnnl_get_effective_cpu_isa() == dnnl_cpu_isa_avx2;
}

/* Whether two fours of 8 outputs may be added in 16 bits, whatever the activations. */
TARGET static bool fit8(const int8_t *a, const int8_t *b) {
  __m256i zero = _mm256_setzero_si256(), one = _mm256_set1_epi8(1);
  __m256i v = _mm256_loadu_si256((const __m256i *)a), w = _mm256_loadu_si256((const __m256i *)b);
  __m256i up = _mm256_add_epi16(_mm256_maddubs_epi16(one, _mm256_max_epi8(v, zero)),
                                _mm256_maddubs_epi16(one, _mm256_max_epi8(w, zero)));
  __m256i down = _mm256_add_epi16(_mm256_maddubs_epi16(one, _mm256_min_epi8(v, zero)),
                                  _mm256_maddubs_epi16(one, _mm256_min_epi8(w, zero)));
  __m256i over = _mm256_or_si256(_mm256_cmpgt_epi16(up, _mm256_set1_epi16(MOST)),
                                 _mm256_cmpgt_epi16(_mm256_set1_epi16(-MOST), down));
  return _mm256_testz_si256(over, over);
}

/* Pairs the fours of a panel; pairs[2 * step] and [2 * step + 1] are their numbers, the second `count` for nothing. */
static size_t pair_up(const int8_t *fours, size_t count, uint16_t *pairs) {
  uint16_t waiting[WAITING];
  size_t wait_count = 0, steps = 0;
  for (size_t f = 0; f <= count; f++) {
    size_t i = 0;
    while (f < count && i < wait_count) {
      const int8_t *a = fours + waiting[i] * FOUR_BYTES, *b = fours + f * FOUR_BYTES;
      if (fit8(a, b) && fit8(a + 32, b + 32)) break;
      i++;
    }
    bool found = f < count && i < wait_count;
    /* Whoever has waited longest goes alone where there is no room, and all do at the end. */
    while (found || wait_count == WAITING || (f == count && wait_count)) {
      size_t out = found ? i : 0;
      pairs[2 * steps] = waiting[out];
      pairs[2 * steps++ + 1] = (uint16_t)(found ? f : count);
      wait_count--;
      for (size_t k = out; k < wait_count; k++) waiting[k] = waiting[k + 1];
      if (found) break;
    }
    if (!found && f < count) waiting[wait_count++] = (uint16_t)f;
  }
  return steps;
}

/* Writes a panel's steps. fours: FOUR_BYTES for each four inputs; pairs as pair_up made them. */
static bool fill_panel(ds_arena *arena, const int8_t *fours, size_t count, const uint16_t *pairs, size_t steps,
                       ds_panel *panel) {
  char *memory = ds_arena_alloc(arena, 2 * steps * FOUR_BYTES + 63); /* to begin at a cache line */
  uint16_t *offsets = DS_NEW_ARRAY(arena, uint16_t, 2 * steps);
  if (!memory || !offsets) return false;
  int8_t *to = (int8_t *)(memory + (64 - (uintptr_t)memory % 64) % 64);
  *panel = (ds_panel){to, offsets, steps};
  for (size_t s = 0; s < steps; s++, to += 2 * FOUR_BYTES) {
    const int8_t *a = fours + pairs[2 * s] * FOUR_BYTES, *b = fours + pairs[2 * s + 1] * FOUR_BYTES;
    bool single = pairs[2 * s + 1] == count;
    offsets[2 * s] = (uint16_t)(4 * pairs[2 * s]);
    offsets[2 * s + 1] = (uint16_t)(4 * pairs[2 * s + !single]);
    memcpy(to, a, 32);
    memcpy(to + 64, a + 32, 32);
    if (single) continue;
    memcpy(to + 32, b, 32);
    memcpy(to + 96, b + 32, 32);
  }
  return true;
}

dossier_status ds_packed_make(ds_arena *arena, ds_linear *linear, dossier_error *err) {
  size_t in = linear->in, count = in / 4, panels = (linear->out + PANEL - 1) / PANEL;
  if (in == 0 || in % 4 != 0 || in > UINT16_MAX) return DOSSIER_OK;
  struct ds_packed *packed = DS_NEW(arena, struct ds_packed);
  int8_t *fours = malloc(count * FOUR_BYTES);
  uint16_t *pairs = malloc(count * 2 * sizeof *pairs);
  bool good = packed && fours && pairs && (packed->panels = DS_NEW_ARRAY(arena, ds_panel, panels)) != NULL;
  for (size_t panel = 0; panel < panels && good; panel++) {
    memset(fours, 0, count * FOUR_BYTES);
    for (size_t o = 0; o < PANEL && panel * PANEL + o < linear->out; o++) {
      const int8_t *row = linear->weight + (panel * PANEL + o) * in;
      for (size_t f = 0; f < count; f++) memcpy(fours + f * FOUR_BYTES + o * 4, row + f * 4, 4);
    }
    good = fill_panel(arena, fours, count, pairs, pair_up(fours, count, pairs), &packed->panels[panel]);
  }
  free(fours);
  free(pairs);
  if (!good) return ds_fail_memory(err);
  linear->packed = packed;
  return DOSSIER_OK;
}

TARGET static inline __m256i spread(const uint8_t *q) {
  int32_t four;
  memcpy(&four, q, 4);
  return _mm256_set1_epi32(four);
}

/* Two fours of inputs, of eight outputs. */
TARGET static inline __m256i step8(__m256i x, __m256i y, const int8_t *w, __m256i sum) {
  __m256i first = _mm256_maddubs_epi16(x, _mm256_loadu_si256((const __m256i *)w));
  __m256i second = _mm256_maddubs_epi16(y, _mm256_loadu_si256((const __m256i *)(w + 32)));
  return _mm256_add_epi32(sum, _mm256_madd_epi16(_mm256_add_epi16(first, second), _mm256_set1_epi16(1)));
}

/* The compiler is not to keep the weights in registers from one row to the next: there are none left for the sums. */
#define FORGET(pointer) __asm__("" : "+r"(pointer))

/* Four rows of q, each `stride` behind the last, against one panel; out_stride counts int32. */
TARGET static void tile(const uint8_t *q, size_t stride, const ds_panel *panel, int32_t *out, size_t out_stride) {
  __m256i a0 = _mm256_setzero_si256(), a1 = a0, b0 = a0, b1 = a0, c0 = a0, c1 = a0, d0 = a0, d1 = a0;
  const uint8_t *qa = q, *qb = q + stride, *qc = q + 2 * stride, *qd = q + 3 * stride;
  const int8_t *w = panel->weights;
  const uint16_t *offset = panel->offsets, *end = offset + 2 * panel->steps;
  for (; offset < end; offset += 2, w += 2 * FOUR_BYTES) {
    size_t i = offset[0], j = offset[1];
    __m256i x = spread(qa + i), y = spread(qa + j);
    a0 = step8(x, y, w, a0);
    a1 = step8(x, y, w + 64, a1);
    FORGET(w);
    x = spread(qb + i), y = spread(qb + j);
    b0 = step8(x, y, w, b0);
    b1 = step8(x, y, w + 64, b1);
    FORGET(w);
    x = spread(qc + i), y = spread(qc + j);
    c0 = step8(x, y, w, c0);
    c1 = step8(x, y, w + 64, c1);
    FORGET(w);
    x = spread(qd + i), y = spread(qd + j);
    d0 = step8(x, y, w, d0);
    d1 = step8(x, y, w + 64, d1);
  }
  const __m256i sums[2 * ROWS] = {a0, a1, b0, b1, c0, c1, d0, d1};
  for (size_t r = 0; r < ROWS; r++, out += out_stride) {
    _mm256_storeu_si256((__m256i *)out, sums[2 * r]);
    _mm256_storeu_si256((__m256i *)(out + 8), sums[2 * r + 1]);
  }
}

/* All rows against the panel of outputs from `first`, which are `width`. */
TARGET static void panel_product(const ds_linear *l, const uint8_t *q, size_t rows, size_t first, size_t width,
                                 int32_t *acc) {
  const ds_panel *panel = &l->packed->panels[first / PANEL];
  int32_t spare[ROWS * PANEL];
  size_t row = 0;
  for (; row + ROWS <= rows && width == PANEL; row += ROWS)
    tile(q + row * l->in, l->in, panel, acc + row * l->out + first, l->out);
  for (; row < rows; row++) { /* what does not fit, a row at a time */
    tile(q + row * l->in, 0, panel, spare, PANEL);
    memcpy(acc + row * l->out + first, spare, width * sizeof *spare);
  }
}

void ds_packed_product(const ds_linear *linear, const uint8_t *q, size_t rows, int32_t *acc) {
  for (size_t first = 0; first < linear->out; first += PANEL) {
    size_t width = linear->out - first < PANEL ? linear->out - first : PANEL;
    panel_product(linear, q, rows, first, width, acc);
  }
}

#else

bool ds_packed_wanted(void) {
  return false;
}
dossier_status ds_packed_make(ds_arena *arena, ds_linear *linear, dossier_error *err) {
  return DOSSIER_OK;
}
void ds_packed_product(const ds_linear *linear, const uint8_t *q, size_t rows, int32_t *acc) {
}

#endif
