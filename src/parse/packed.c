#include "parse/packed.h"

#include <oneapi/dnnl/dnnl.h>
#include <string.h>

#define PANEL 16 /* outputs */
#define STEP 8   /* inputs */
#define ROWS 4
/* 127 * 258 still fits into 16 bits. */
#define MOST 258

#if defined(__x86_64__)

#include <immintrin.h>

bool ds_packed_wanted(void) { return __builtin_cpu_supports("avx2") && dnnl_get_effective_cpu_isa() == dnnl_cpu_isa_avx2; }

#define TARGET __attribute__((target("avx2")))

/* The place in a panel's step of weight (output, input). */
static size_t place(size_t output, size_t input) { return output / 8 * 64 + input / 4 * 32 + output % 8 * 4 + input % 4; }

/* The weights whose products are added in 16 bits: inputs i, i+1, i+4, i+5 for i 0 or 2. Takes off from the largest what
 * is too much in direction `sign`; returns the number of corrections, at most 4. */
static size_t tame(int8_t *step, size_t output, size_t i, int sign, ds_correction *out) {
  size_t count = 0;
  for (;;) {
    int sum = 0, most = 0;
    size_t at = 0;
    for (size_t k = 0; k < 4; k++) {
      size_t input = i + k % 2 + k / 2 * 4;
      int weight = sign * step[place(output, input)];
      if (weight > 0) sum += weight;
      if (weight > most) {
        most = weight;
        at = input;
      }
    }
    if (sum <= MOST) return count;
    int change = sum - MOST < most ? sum - MOST : most;
    step[place(output, at)] = (int8_t)(step[place(output, at)] - sign * change);
    out[count++] = (ds_correction){(uint32_t)output, (uint16_t)at, (int16_t)(sign * change)};
  }
}

/* Which fours among 8 outputs' weights are too large together: bits 4o and 4o+2 for the two of output o. */
TARGET static uint32_t wild(const int8_t *step) {
  __m256i zero = _mm256_setzero_si256(), one = _mm256_set1_epi8(1);
  __m256i w = _mm256_loadu_si256((const __m256i *)step), v = _mm256_loadu_si256((const __m256i *)(step + 32));
  __m256i up = _mm256_add_epi16(_mm256_maddubs_epi16(one, _mm256_max_epi8(w, zero)),
                                _mm256_maddubs_epi16(one, _mm256_max_epi8(v, zero)));
  __m256i down = _mm256_add_epi16(_mm256_maddubs_epi16(one, _mm256_min_epi8(w, zero)),
                                  _mm256_maddubs_epi16(one, _mm256_min_epi8(v, zero)));
  return (uint32_t)_mm256_movemask_epi8(_mm256_or_si256(_mm256_cmpgt_epi16(up, _mm256_set1_epi16(MOST)),
                                                        _mm256_cmpgt_epi16(_mm256_set1_epi16(-MOST), down)));
}

/* One step of one panel; returns the number of corrections, at most 128. */
static size_t pack_step(const ds_linear *l, size_t first, size_t input, int8_t *step, ds_correction *found) {
  size_t count = 0;
  for (size_t o = 0; o < PANEL && first + o < l->out; o++) {
    const int8_t *weight = l->weight + (first + o) * l->in + input;
    memcpy(step + place(o, 0), weight, 4);
    memcpy(step + place(o, 4), weight + 4, 4);
  }
  for (size_t half = 0; half < PANEL; half += 8) {
    for (uint32_t mask = wild(step + place(half, 0)); mask; mask &= mask - 1) {
      size_t bit = (size_t)__builtin_ctz(mask);
      if (bit % 2) continue;
      count += tame(step, half + bit / 4, bit % 4, 1, found + count);
      count += tame(step, half + bit / 4, bit % 4, -1, found + count);
    }
  }
  return count;
}

/* One panel, whose corrections go behind those of the panels before. */
static bool pack_panel(ds_arena *arena, const ds_linear *l, struct ds_packed *p, size_t panel, size_t *room) {
  uint32_t used = p->correction_start[panel];
  int8_t *step = p->panels + panel * PANEL * l->in;
  for (size_t input = 0; input < l->in; input += STEP, step += PANEL * STEP) {
    ds_correction found[PANEL * STEP];
    size_t count = pack_step(l, panel * PANEL, input, step, found);
    if (used + count > *room) {
      *room = 2 * *room + PANEL * STEP;
      ds_correction *more = DS_NEW_ARRAY(arena, ds_correction, *room);
      if (!more) return false;
      if (used) memcpy(more, p->corrections, used * sizeof *more);
      p->corrections = more;
    }
    for (size_t i = 0; i < count; i++, used++) {
      p->corrections[used] = found[i];
      p->corrections[used].in = (uint16_t)(found[i].in + input);
    }
  }
  p->correction_start[panel + 1] = used;
  return true;
}

dossier_status ds_packed_make(ds_arena *arena, ds_linear *linear, dossier_error *err) {
  if (linear->in % STEP != 0 || linear->in > UINT16_MAX) return DOSSIER_OK;
  size_t panels = (linear->out + PANEL - 1) / PANEL, room = 0;
  struct ds_packed *p = DS_NEW(arena, struct ds_packed);
  if (!p) return ds_fail_memory(err);
  char *memory = ds_arena_array(arena, panels * PANEL + 1, linear->in < 64 ? 64 : linear->in);
  p->panels = (int8_t *)(memory + (64 - (uintptr_t)memory % 64) % 64); /* no load crosses a cache line */
  p->correction_start = DS_NEW_ARRAY(arena, uint32_t, panels + 1);
  if (!memory || !p->correction_start) return ds_fail_memory(err);
  for (size_t panel = 0; panel < panels; panel++) {
    if (!pack_panel(arena, linear, p, panel, &room)) return ds_fail_memory(err);
  }
  linear->packed = p;
  return DOSSIER_OK;
}

TARGET static inline __m256i four(const uint8_t *q) {
  int32_t bytes;
  memcpy(&bytes, q, 4);
  return _mm256_set1_epi32(bytes);
}

/* Eight inputs of eight outputs. */
TARGET static inline __m256i step8(__m256i a, __m256i b, const int8_t *w, __m256i sum) {
  __m256i low = _mm256_maddubs_epi16(a, _mm256_loadu_si256((const __m256i *)w));
  __m256i high = _mm256_maddubs_epi16(b, _mm256_loadu_si256((const __m256i *)(w + 32)));
  return _mm256_add_epi32(sum, _mm256_madd_epi16(_mm256_add_epi16(low, high), _mm256_set1_epi16(1)));
}

/* The compiler is not to keep the weights in registers from one row to the next: there are none left for the sums. */
#define FORGET(pointer) __asm__("" : "+r"(pointer))

/* Four rows of q against one panel. */
TARGET __attribute__((noinline)) static void tile(const uint8_t *const q[ROWS], const int8_t *panel, size_t depth,
                                                  int32_t *const out[ROWS]) {
  __m256i a0 = _mm256_setzero_si256(), a1 = a0, b0 = a0, b1 = a0, c0 = a0, c1 = a0, d0 = a0, d1 = a0;
  const uint8_t *qa = q[0], *qb = q[1], *qc = q[2], *qd = q[3];
  for (size_t i = 0; i < depth; i += STEP, panel += PANEL * STEP) {
    __m256i x = four(qa + i), y = four(qa + i + 4);
    a0 = step8(x, y, panel, a0);
    a1 = step8(x, y, panel + 64, a1);
    FORGET(panel);
    x = four(qb + i), y = four(qb + i + 4);
    b0 = step8(x, y, panel, b0);
    b1 = step8(x, y, panel + 64, b1);
    FORGET(panel);
    x = four(qc + i), y = four(qc + i + 4);
    c0 = step8(x, y, panel, c0);
    c1 = step8(x, y, panel + 64, c1);
    FORGET(panel);
    x = four(qd + i), y = four(qd + i + 4);
    d0 = step8(x, y, panel, d0);
    d1 = step8(x, y, panel + 64, d1);
  }
  _mm256_storeu_si256((__m256i *)out[0], a0);
  _mm256_storeu_si256((__m256i *)(out[0] + 8), a1);
  _mm256_storeu_si256((__m256i *)out[1], b0);
  _mm256_storeu_si256((__m256i *)(out[1] + 8), b1);
  _mm256_storeu_si256((__m256i *)out[2], c0);
  _mm256_storeu_si256((__m256i *)(out[2] + 8), c1);
  _mm256_storeu_si256((__m256i *)out[3], d0);
  _mm256_storeu_si256((__m256i *)(out[3] + 8), d1);
}

/* Four rows, at most `rows` of them true ones, against the panel of outputs from `first`. */
static void product4(const ds_linear *l, const uint8_t *q, size_t rows, size_t first, int32_t *acc) {
  size_t width = l->out - first < PANEL ? l->out - first : PANEL;
  int32_t spare[ROWS][PANEL];
  const uint8_t *from[ROWS];
  int32_t *to[ROWS];
  for (size_t r = 0; r < ROWS; r++) { /* past the end, the last row once more */
    from[r] = q + (r < rows ? r : rows - 1) * l->in;
    to[r] = r < rows && width == PANEL ? acc + r * l->out + first : spare[r];
  }
  tile(from, l->packed->panels + first * l->in, l->in, to);
  for (size_t r = 0; r < rows && r < ROWS && width < PANEL; r++) memcpy(acc + r * l->out + first, spare[r], width * sizeof **spare);
}

static void correct4(const ds_linear *l, const uint8_t *q, size_t rows, size_t first, int32_t *acc) {
  const struct ds_packed *p = l->packed;
  for (size_t i = p->correction_start[first / PANEL]; i < p->correction_start[first / PANEL + 1]; i++) {
    ds_correction c = p->corrections[i];
    for (size_t r = 0; r < ROWS && r < rows; r++) acc[r * l->out + first + c.out] += c.change * q[r * l->in + c.in];
  }
}

void ds_packed_product(const ds_linear *linear, const uint8_t *q, size_t rows, int32_t *acc) {
  size_t in = linear->in, out = linear->out;
  for (size_t first = 0; first < out; first += PANEL) {
    for (size_t row = 0; row < rows; row += ROWS) {
      product4(linear, q + row * in, rows - row, first, acc + row * out);
      /* Those of the rows before: the sums just stored are still on their way. */
      if (row) correct4(linear, q + (row - ROWS) * in, ROWS, first, acc + (row - ROWS) * out);
    }
    size_t last = rows ? (rows - 1) / ROWS * ROWS : 0;
    correct4(linear, q + last * in, rows - last, first, acc + last * out);
  }
}

#else

bool ds_packed_wanted(void) { return false; }
dossier_status ds_packed_make(ds_arena *arena, ds_linear *linear, dossier_error *err) { return DOSSIER_OK; }
void ds_packed_product(const ds_linear *linear, const uint8_t *q, size_t rows, int32_t *acc) {}

#endif
