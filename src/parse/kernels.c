#include "parse/kernels.h"

/* Vectors are passed to inlined functions only, so their calling convention is of no concern. */
#pragma GCC diagnostic ignored "-Wpsabi"

typedef float v8f __attribute__((vector_size(32)));
typedef int32_t v8i __attribute__((vector_size(32)));
typedef uint32_t v8u __attribute__((vector_size(32)));
typedef int8_t v8c __attribute__((vector_size(8)));
typedef uint8_t v32b __attribute__((vector_size(32)));
/* The same at any address. */
typedef v8f v8f_any __attribute__((aligned(4), may_alias));
typedef v8i v8i_any __attribute__((aligned(4), may_alias));
typedef v8c v8c_any __attribute__((aligned(1), may_alias));
typedef v32b v32b_any __attribute__((aligned(1), may_alias));

/* Adding and taking off 1.5 * 2^23 rounds a float to a whole number, ties to even. */
#define ROUNDER 12582912.0f
#define ROUNDER_BITS 0x4B400000

#if defined(__x86_64__)

#define DS_TARGET __attribute__((target("avx512f,avx512vl,avx512bw,avx512dq")))
#define DS_NAME(x) avx512_##x
#define DS_LABEL "avx512"
#define DS_AVX 1
#include "parse/kernels_body.h"

#define DS_TARGET __attribute__((target("avx2")))
#define DS_NAME(x) avx2_##x
#define DS_LABEL "avx2"
#define DS_AVX 1
#include "parse/kernels_body.h"

#endif

#define DS_TARGET
#define DS_NAME(x) base_##x
#define DS_LABEL "base"
#define DS_AVX 0
#include "parse/kernels_body.h"

const ds_kernels *ds_kernels_at(size_t index) {
  const ds_kernels *found[4] = {0};
  size_t count = 0;
#if defined(__x86_64__)
  if (__builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512vl") && __builtin_cpu_supports("avx512bw") &&
      __builtin_cpu_supports("avx512dq"))
    found[count++] = &avx512_table;
  if (__builtin_cpu_supports("avx2")) found[count++] = &avx2_table;
#endif
  found[count++] = &base_table;
  return index < count ? found[index] : NULL;
}

size_t ds_argmax(const float *x, size_t count) {
  size_t best = 0;
  for (size_t i = 1; i < count; i++) {
    if (x[i] > x[best]) best = i;
  }
  return best;
}
