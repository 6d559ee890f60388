/* parse/kernels_body.h - the kernels' code, included by kernels.c once for each instruction set
 *
 * The includer defines DS_TARGET (the functions' target attribute), DS_NAME(x) (their names) and DS_AVX (whether it has
 * AVX2). Vectors of 8 floats are GCC's own, which the compiler maps onto whatever registers there are.
 * No header guard: it is meant to be included several times.
 */
#define DS_FN DS_TARGET static
#define DS_IN DS_TARGET static inline __attribute__((always_inline))

DS_IN v8f DS_NAME(load)(const float *p) {
  return (v8f) * (const v8f_any *)p;
}
DS_IN v8i DS_NAME(loadi)(const int32_t *p) {
  return (v8i) * (const v8i_any *)p;
}
DS_IN void DS_NAME(store)(float *p, v8f x) {
  *(v8f_any *)p = x;
}
DS_IN v8f DS_NAME(splat)(float x) {
  return (v8f){x, x, x, x, x, x, x, x};
}
/* mask ? a : b */
DS_IN v8f DS_NAME(pick)(v8i mask, v8f a, v8f b) {
  return (v8f)(((v8i)a & mask) | ((v8i)b & ~mask));
}
/* a < b ? a : b, and a > b ? a : b: b where one is no number. */
#if DS_AVX
DS_IN v8f DS_NAME(least)(v8f a, v8f b) {
  return __builtin_ia32_minps256(a, b);
}
DS_IN v8f DS_NAME(most)(v8f a, v8f b) {
  return __builtin_ia32_maxps256(a, b);
}
#else
DS_IN v8f DS_NAME(least)(v8f a, v8f b) {
  return DS_NAME(pick)(a < b, a, b);
}
DS_IN v8f DS_NAME(most)(v8f a, v8f b) {
  return DS_NAME(pick)(a > b, a, b);
}
#endif
DS_IN float DS_NAME(total)(v8f x) {
  return ((x[0] + x[4]) + (x[2] + x[6])) + ((x[1] + x[5]) + (x[3] + x[7]));
}
/* e^x for -87.3 <= x <= 88: 2^n e^r, with a polynomial for e^r (own fit, 3e-9 on |r| <= ln 2 / 2); within 1.5e-7 of the truth.
 * The polynomial is evaluated in pairs, as its latency is what costs. */
DS_IN v8f DS_NAME(exp)(v8f x) {
  v8f shifted = x * 1.44269504088896341f + ROUNDER;
  v8f n = shifted - ROUNDER;
  v8f r = (x - n * 0.693359375f) - n * -2.12194440e-4f;
  v8f r2 = r * r;
  v8f high = (r * 0.008368745446f + 0.04166838899f) + r2 * 0.001381454058f;
  v8f p = (r * 0.1666652113f + 0.4999999404f) + r2 * high;
  p = (r + 1.0f) + r2 * p;
  return p * (v8f)(((v8u)shifted << 23) + (127u << 23));
}

DS_IN v8f DS_NAME(gelu)(v8f x) {
  v8f t = (x + x * x * x * 0.044715f) * -1.5957691216057308f;
  t = DS_NAME(most)(DS_NAME(least)(t, DS_NAME(splat)(80.0f)), DS_NAME(splat)(-80.0f));
  return x / (DS_NAME(exp)(t) + 1.0f);
}

DS_FN void DS_NAME(embed)(const int8_t *word, float scale, const float *position, const float *shape, size_t n,
                          float *out) {
  for (size_t i = 0; i < n; i += 8) {
    v8f w = __builtin_convertvector((v8c) * (const v8c_any *)(word + i), v8f);
    DS_NAME(store)(out + i, (w * scale + DS_NAME(load)(position + i)) + DS_NAME(load)(shape + i));
  }
}

DS_FN void DS_NAME(norm)(float *x, size_t n, const float *weight, const float *bias, float eps) {
  v8f a = {0}, b = {0};
  for (size_t i = 0; i < n; i += 16) {
    a += DS_NAME(load)(x + i);
    b += DS_NAME(load)(x + i + 8);
  }
  float mean = DS_NAME(total)(a + b) / (float)n;
  a = b = (v8f){0};
  for (size_t i = 0; i < n; i += 16) {
    v8f c = DS_NAME(load)(x + i) - mean, d = DS_NAME(load)(x + i + 8) - mean;
    a += c * c;
    b += d * d;
  }
  float inverse = 1.0f / __builtin_sqrtf(DS_NAME(total)(a + b) / (float)n + eps);
  for (size_t i = 0; i < n; i += 8) {
    v8f c = (DS_NAME(load)(x + i) - mean) * inverse;
    DS_NAME(store)(x + i, c * DS_NAME(load)(weight + i) + DS_NAME(load)(bias + i));
  }
}

/* Four runs of 8 whole numbers, 0..127 each, to 32 bytes. */
DS_IN void DS_NAME(pack)(v8i a, v8i b, v8i c, v8i d, uint8_t *q) {
#if DS_AVX
  const v32b order = {0, 4, 8,  12, 16, 20, 24, 28, 1, 5, 9,  13, 17, 21, 25, 29,
                      2, 6, 10, 14, 18, 22, 26, 30, 3, 7, 11, 15, 19, 23, 27, 31};
  v32b bytes = (v32b)(a | b << 8 | c << 16 | d << 24);
  *(v32b_any *)q = __builtin_shuffle(bytes, order);
#else
  for (int i = 0; i < 8; i++) {
    q[i] = (uint8_t)a[i];
    q[i + 8] = (uint8_t)b[i];
    q[i + 16] = (uint8_t)c[i];
    q[i + 24] = (uint8_t)d[i];
  }
#endif
}

/* clamp(rint(x * inverse) + zero, 0, 127). As low * inverse and zero are rounded alike, only 128 has to be cut; the mask
 * is for values that are no numbers. offset: zero less the bits of ROUNDER. */
DS_IN v8i DS_NAME(round)(const float *x, float inverse, int32_t offset) {
  v8i t = (v8i)(DS_NAME(load)(x) * inverse + ROUNDER) + offset;
#if DS_AVX
  t = __builtin_ia32_pminsd256(t, (v8i){127, 127, 127, 127, 127, 127, 127, 127});
#else
  v8i fits = t < 127;
  t = (t & fits) | (~fits & 127);
#endif
  return t & 127;
}

DS_FN ds_quant DS_NAME(quantise)(const float *x, size_t n, uint8_t *q) {
  v8f low = {0}, high = {0}, low2 = {0}, high2 = {0};
  for (size_t i = 0; i < n; i += 16) {
    v8f v = DS_NAME(load)(x + i), w = DS_NAME(load)(x + i + 8);
    low = DS_NAME(least)(v, low);
    high = DS_NAME(most)(v, high);
    low2 = DS_NAME(least)(w, low2);
    high2 = DS_NAME(most)(w, high2);
  }
  low = DS_NAME(least)(low2, low);
  high = DS_NAME(most)(high2, high);
  float least = 0, most = 0;
  for (int i = 0; i < 8; i++) {
    least = low[i] < least ? low[i] : least;
    most = high[i] > most ? high[i] : most;
  }
  float span = most > least ? most - least : 127.0f;
  float inverse = 127.0f / span;
  float zero = (-least * inverse + ROUNDER) - ROUNDER;
  zero = zero >= 0 && zero <= 127.0f ? zero : 0;
  int32_t offset = (int32_t)zero - ROUNDER_BITS;
  for (size_t i = 0; i < n; i += 32) {
    DS_NAME(pack)
    (DS_NAME(round)(x + i, inverse, offset), DS_NAME(round)(x + i + 8, inverse, offset),
     DS_NAME(round)(x + i + 16, inverse, offset), DS_NAME(round)(x + i + 24, inverse, offset), q + i);
  }
  return (ds_quant){span / 127.0f, (int32_t)zero};
}

/* 8 columns of a product, from column o. */
DS_IN v8f DS_NAME(value)(const ds_linear *l, size_t o, const int32_t *acc, ds_quant quant) {
  v8i sum = DS_NAME(loadi)(acc + o) - DS_NAME(loadi)(l->sum + o) * quant.zero;
  return __builtin_convertvector(sum, v8f) * (DS_NAME(load)(l->scale + o) * quant.step) + DS_NAME(load)(l->bias + o);
}
/* The last, fewer than 8 columns: the others are zero. */
DS_IN v8f DS_NAME(value_rest)(const ds_linear *l, size_t o, size_t count, const int32_t *acc, ds_quant quant) {
  v8f out = {0};
  for (size_t i = 0; i < count; i++) {
    int32_t sum = acc[o + i] - l->sum[o + i] * quant.zero;
    out[i] = (float)sum * (l->scale[o + i] * quant.step) + l->bias[o + i];
  }
  return out;
}

DS_FN void DS_NAME(dequant)(const ds_linear *l, size_t first, size_t count, const int32_t *acc, ds_quant quant,
                            float *out) {
  size_t i = 0;
  for (; i + 8 <= count; i += 8) DS_NAME(store)(out + i, DS_NAME(value)(l, first + i, acc, quant));
  v8f rest = DS_NAME(value_rest)(l, first + i, count - i, acc, quant);
  for (size_t j = 0; i + j < count; j++) out[i + j] = rest[j];
}

DS_FN void DS_NAME(dequant_add)(const ds_linear *l, size_t first, size_t count, const int32_t *acc, ds_quant quant,
                                float *out) {
  size_t i = 0;
  for (; i + 8 <= count; i += 8)
    DS_NAME(store)(out + i, DS_NAME(load)(out + i) + DS_NAME(value)(l, first + i, acc, quant));
  v8f rest = DS_NAME(value_rest)(l, first + i, count - i, acc, quant);
  for (size_t j = 0; i + j < count; j++) out[i + j] = out[i + j] + rest[j];
}

DS_FN void DS_NAME(dequant_gelu)(const ds_linear *l, size_t first, size_t count, const int32_t *acc, ds_quant quant,
                                 float *out) {
  size_t i = 0;
  for (; i + 8 <= count; i += 8) DS_NAME(store)(out + i, DS_NAME(gelu)(DS_NAME(value)(l, first + i, acc, quant)));
  v8f rest = DS_NAME(gelu)(DS_NAME(value_rest)(l, first + i, count - i, acc, quant));
  for (size_t j = 0; i + j < count; j++) out[i + j] = rest[j];
}

/* An 8 x 8 block. */
DS_IN void DS_NAME(transpose8)(const float *from, size_t from_stride, float *to, size_t stride) {
  v8f r[8], s[8];
  const v8i low = {0, 8, 1, 9, 4, 12, 5, 13}, high = {2, 10, 3, 11, 6, 14, 7, 15};
  const v8i left = {0, 1, 8, 9, 4, 5, 12, 13}, right = {2, 3, 10, 11, 6, 7, 14, 15};
  const v8i front = {0, 1, 2, 3, 8, 9, 10, 11}, back = {4, 5, 6, 7, 12, 13, 14, 15};
  for (size_t i = 0; i < 8; i++) r[i] = DS_NAME(load)(from + i * from_stride);
  for (size_t i = 0; i < 8; i += 2) {
    s[i] = __builtin_shuffle(r[i], r[i + 1], low);
    s[i + 1] = __builtin_shuffle(r[i], r[i + 1], high);
  }
  for (size_t i = 0; i < 8; i += 4) {
    r[i] = __builtin_shuffle(s[i], s[i + 2], left);
    r[i + 1] = __builtin_shuffle(s[i], s[i + 2], right);
    r[i + 2] = __builtin_shuffle(s[i + 1], s[i + 3], left);
    r[i + 3] = __builtin_shuffle(s[i + 1], s[i + 3], right);
  }
  for (size_t i = 0; i < 4; i++) {
    DS_NAME(store)(to + i * stride, __builtin_shuffle(r[i], r[i + 4], front));
    DS_NAME(store)(to + (i + 4) * stride, __builtin_shuffle(r[i], r[i + 4], back));
  }
}

DS_FN void DS_NAME(transpose)(const float *from, size_t from_stride, size_t rows, size_t depth, float *to,
                              size_t stride) {
  size_t j = 0;
  for (; j + 8 <= rows; j += 8) {
    for (size_t d = 0; d < depth; d += 8)
      DS_NAME(transpose8)(from + j * from_stride + d, from_stride, to + d * stride + j, stride);
  }
  for (; j < stride; j++) {
    for (size_t d = 0; d < depth; d++) to[d * stride + j] = j < rows ? from[j * from_stride + d] : 0;
  }
}

/* Four rows of a against 16 columns of bt. */
DS_IN void DS_NAME(block)(const float *const a[4], const float *bt, size_t stride, size_t depth, float *const out[4]) {
  v8f p0 = {0}, p1 = {0}, p2 = {0}, p3 = {0}, r0 = {0}, r1 = {0}, r2 = {0}, r3 = {0};
  const float *a0 = a[0], *a1 = a[1], *a2 = a[2], *a3 = a[3];
  for (size_t d = 0; d < depth; d++) {
    v8f left = DS_NAME(load)(bt + d * stride), right = DS_NAME(load)(bt + d * stride + 8);
    p0 += left * a0[d];
    r0 += right * a0[d];
    p1 += left * a1[d];
    r1 += right * a1[d];
    p2 += left * a2[d];
    r2 += right * a2[d];
    p3 += left * a3[d];
    r3 += right * a3[d];
  }
  DS_NAME(store)(out[0], p0);
  DS_NAME(store)(out[0] + 8, r0);
  DS_NAME(store)(out[1], p1);
  DS_NAME(store)(out[1] + 8, r1);
  DS_NAME(store)(out[2], p2);
  DS_NAME(store)(out[2] + 8, r2);
  DS_NAME(store)(out[3], p3);
  DS_NAME(store)(out[3] + 8, r3);
}

DS_FN void DS_NAME(products)(const float *a, size_t a_stride, size_t rows, const float *bt, size_t stride, size_t depth,
                             float *out) {
  for (size_t i = 0; i < rows; i += 4) {
    const float *from[4];
    float *to[4];
    for (size_t k = 0; k < 4; k++) { /* past the end, the last row once more */
      size_t row = i + k < rows ? i + k : rows - 1;
      from[k] = a + row * a_stride;
      to[k] = out + row * stride;
    }
    for (size_t j = 0; j < stride; j += 16) {
      DS_NAME(block)(from, bt + j, stride, depth, (float *const[4]){to[0] + j, to[1] + j, to[2] + j, to[3] + j});
    }
  }
}

/* The first n of `stride` scores become exp(score * scale - maximum), the rest 0; returns their sum. */
DS_IN float DS_NAME(soften)(float *score, size_t n, size_t stride, float scale) {
  for (size_t j = n; j < stride; j++) score[j] = -1e30f;
  v8f high = DS_NAME(load)(score);
  for (size_t j = 8; j < stride; j += 8) high = DS_NAME(most)(DS_NAME(load)(score + j), high);
  float most = high[0];
  for (int i = 1; i < 8; i++) most = high[i] > most ? high[i] : most;
  most *= scale;
  v8f sum = {0};
  for (size_t j = 0; j < stride; j += 8) {
    v8f x = DS_NAME(load)(score + j) * scale - most;
    v8i kept = x >= -87.0f;
    x = (v8f)((v8i)DS_NAME(exp)(DS_NAME(pick)(kept, x, (v8f){0})) & kept);
    DS_NAME(store)(score + j, x);
    sum += x;
  }
  return DS_NAME(total)(sum);
}

/* Two queries' weighted sums of the values, 32 columns. */
DS_IN void DS_NAME(mix)(const float *w0, const float *w1, float d0, float d1, const float *v, size_t v_stride, size_t n,
                        float *o0, float *o1) {
  v8f a0 = {0}, a1 = {0}, a2 = {0}, a3 = {0}, b0 = {0}, b1 = {0}, b2 = {0}, b3 = {0};
  for (size_t j = 0; j < n; j++, v += v_stride) {
    v8f v0 = DS_NAME(load)(v), v1 = DS_NAME(load)(v + 8), v2 = DS_NAME(load)(v + 16), v3 = DS_NAME(load)(v + 24);
    a0 += v0 * w0[j];
    a1 += v1 * w0[j];
    a2 += v2 * w0[j];
    a3 += v3 * w0[j];
    b0 += v0 * w1[j];
    b1 += v1 * w1[j];
    b2 += v2 * w1[j];
    b3 += v3 * w1[j];
  }
  DS_NAME(store)(o0, a0 * d0);
  DS_NAME(store)(o0 + 8, a1 * d0);
  DS_NAME(store)(o0 + 16, a2 * d0);
  DS_NAME(store)(o0 + 24, a3 * d0);
  DS_NAME(store)(o1, b0 * d1);
  DS_NAME(store)(o1 + 8, b1 * d1);
  DS_NAME(store)(o1 + 16, b2 * d1);
  DS_NAME(store)(o1 + 24, b3 * d1);
}

/* Queries k .. k+3 of one head; kt: its keys, transposed. */
DS_IN void DS_NAME(attend4)(const float *q, const float *v, size_t n, size_t hidden, size_t width, const uint32_t *rows,
                            size_t k, size_t count, const float *kt, float *weight, float *out) {
  size_t stride = ds_padded(n);
  const float *from[4];
  float *to[4], *w[4], share[4];
  for (size_t i = 0; i < 4; i++) {
    size_t query = k + i < count ? k + i : count - 1;
    from[i] = q + (rows ? rows[query] : query) * 3 * hidden;
    to[i] = out + query * hidden;
    w[i] = weight + i * stride;
  }
  size_t used = (n + 15) & ~(size_t)15;
  for (size_t j = 0; j < used; j += 16)
    DS_NAME(block)(from, kt + j, stride, width, (float *const[4]){w[0] + j, w[1] + j, w[2] + j, w[3] + j});
  float scale = 1.0f / __builtin_sqrtf((float)width);
  for (size_t i = 0; i < 4; i++) share[i] = 1.0f / DS_NAME(soften)(w[i], n, used, scale);
  for (size_t d = 0; d < width; d += 32) {
    DS_NAME(mix)(w[0], w[1], share[0], share[1], v + d, 3 * hidden, n, to[0] + d, to[1] + d);
    DS_NAME(mix)(w[2], w[3], share[2], share[3], v + d, 3 * hidden, n, to[2] + d, to[3] + d);
  }
}

DS_FN void DS_NAME(attend)(const float *qkv, size_t n, size_t hidden, size_t width, const uint32_t *rows, size_t count,
                           float *scratch, float *out) {
  size_t stride = ds_padded(n);
  float *weight = scratch + width * stride;
  for (size_t h = 0; h < hidden; h += width) {
    DS_NAME(transpose)(qkv + hidden + h, 3 * hidden, n, width, scratch, stride);
    for (size_t k = 0; k < count; k += 4)
      DS_NAME(attend4)(qkv + h, qkv + 2 * hidden + h, n, hidden, width, rows, k, count, scratch, weight, out + h);
  }
}

DS_FN void DS_NAME(pair)(const ds_linear *l, size_t labels, size_t width, const int32_t *acc, ds_quant quant,
                         const float *head, float *out) {
  for (size_t i = 0; i < labels; i++) {
    v8f sum = {0};
    for (size_t w = 0; w < width; w += 8) sum += DS_NAME(value)(l, i * width + w, acc, quant) * DS_NAME(load)(head + w);
    out[i] = DS_NAME(total)(sum);
  }
}

DS_FN void DS_NAME(exponential)(float *x, size_t n) {
  for (size_t i = 0; i < n; i += 8) {
    size_t count = n - i < 8 ? n - i : 8;
    v8f v = {0};
    for (size_t j = 0; j < count; j++) v[j] = x[i + j];
    v8i kept = v >= -87.0f;
    v = DS_NAME(least)(DS_NAME(pick)(kept, v, (v8f){0}), DS_NAME(splat)(88.0f));
    v = (v8f)((v8i)DS_NAME(exp)(v) & kept);
    for (size_t j = 0; j < count; j++) x[i + j] = v[j];
  }
}

static const ds_kernels DS_NAME(table) = {
    .name = DS_LABEL,
    .embed = DS_NAME(embed),
    .norm = DS_NAME(norm),
    .quantise = DS_NAME(quantise),
    .dequant = DS_NAME(dequant),
    .dequant_add = DS_NAME(dequant_add),
    .dequant_gelu = DS_NAME(dequant_gelu),
    .transpose = DS_NAME(transpose),
    .products = DS_NAME(products),
    .attend = DS_NAME(attend),
    .pair = DS_NAME(pair),
    .exponential = DS_NAME(exponential),
};

#undef DS_FN
#undef DS_IN
#undef DS_TARGET
#undef DS_NAME
#undef DS_LABEL
#undef DS_AVX
