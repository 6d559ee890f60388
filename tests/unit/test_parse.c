/* The parts of the language model: trees, file reading, arithmetic, labels */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/file.h"
#include "parse/irregular.h"
#include "parse/packed.h"
#include "parse/parser.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* A repeatable source of numbers. */
static uint64_t random_state;
static void seed(uint64_t value) {
  random_state = value * 2654435761u + 1;
}
static uint32_t random_bits(void) {
  random_state ^= random_state << 13;
  random_state ^= random_state >> 7;
  random_state ^= random_state << 17;
  return (uint32_t)(random_state >> 16);
}
static float random_float(float range) {
  return ((float)(random_bits() % 20001) / 10000.0f - 1.0f) * range;
}

/* --- trees --- */

#define TREE_STRIDE 16

static bool is_tree(const uint32_t *heads, size_t n) {
  size_t roots = 0;
  for (size_t d = 1; d <= n; d++) {
    size_t at = d, steps = 0;
    while (at != 0 && steps++ <= n) at = heads[at];
    if (at != 0 || heads[d] > n) return false;
    roots += heads[d] == 0;
  }
  return n == 0 || roots == 1;
}

static double tree_score(const float *scores, size_t stride, const uint32_t *heads, size_t n) {
  double sum = 0;
  for (size_t d = 1; d <= n; d++) sum += (double)scores[d * stride + heads[d]];
  return sum;
}

/* The best score over all assignments of heads that are trees. */
static double best_by_force(const float *scores, size_t stride, size_t n) {
  uint32_t heads[8] = {0};
  double best = -INFINITY;
  for (;;) {
    if (is_tree(heads, n)) {
      double score = tree_score(scores, stride, heads, n);
      if (score > best) best = score;
    }
    size_t d = 1;
    while (d <= n && heads[d] == n) heads[d++] = 0;
    if (d > n) return best;
    heads[d]++;
  }
}

static void test_tree_is_the_best(void **state) {
  ds_tree_work work = {0};
  for (uint64_t round = 0; round < 1500; round++) {
    seed(round + 1);
    size_t n = 1 + round % 5;
    float scores[TREE_STRIDE * TREE_STRIDE];
    for (size_t i = 0; i < TREE_STRIDE * TREE_STRIDE; i++)
      scores[i] = round % 3 ? random_float(10) : (float)(random_bits() % 4);
    uint32_t heads[8] = {0};
    assert_true(ds_tree_decode(&work, scores, TREE_STRIDE, n, heads));
    assert_true(is_tree(heads, n));
    double found = tree_score(scores, TREE_STRIDE, heads, n), best = best_by_force(scores, TREE_STRIDE, n);
    if (fabs(found - best) > 1e-4) fail_msg("seed %d: %g where %g was possible", (int)round + 1, found, best);
  }
  ds_tree_work_release(&work);
}

static void test_tree_of_odd_scores(void **state) {
  ds_tree_work work = {0};
  const size_t sizes[] = {1, 2, 3, 17, 200, DS_TREE_MAX};
  for (size_t s = 0; s < sizeof sizes / sizeof *sizes; s++) {
    size_t n = sizes[s], stride = n + 1;
    float *scores = malloc(stride * stride * sizeof *scores);
    uint32_t *heads = calloc(stride, sizeof *heads);
    for (int kind = 0; kind < 6; kind++) {
      seed(s * 10 + (uint64_t)kind);
      for (size_t i = 0; i < stride * stride; i++) {
        const float odd[] = {0, NAN, -INFINITY, 1e30f, 0, 0};
        scores[i] = kind < 4 ? odd[kind] : random_float(kind == 4 ? 1 : 1e12f);
      }
      /* Long rings of words, the worst case for contraction. */
      for (size_t d = 1; d <= n && kind == 4; d++) scores[d * stride + (d % n) + 1] = 5;
      assert_true(ds_tree_decode(&work, scores, stride, n, heads));
      assert_true(is_tree(heads, n));
    }
    free(scores);
    free(heads);
  }
  ds_tree_work_release(&work);
}

/* --- safetensors --- */

static dossier_status read_header(const char *header, uint64_t length, size_t data, dossier_error *err) {
  size_t size = strlen(header), total = 8 + size + data;
  char *file = calloc(1, total + 8);
  for (int i = 0; i < 8; i++) file[i] = (char)(length >> (8 * i));
  memcpy(file + 8, header, size);
  ds_arena arena;
  ds_arena_init(&arena);
  ds_safetensors st;
  dossier_status status = ds_safetensors_read(&arena, (ds_str){file, total}, "t", &st, err);
  if (status == DOSSIER_OK && st.tensor_count) assert_non_null(ds_safetensors_get(&st, st.tensors[0].name.ptr));
  ds_arena_release(&arena);
  free(file);
  return status;
}

static void test_safetensors_good(void **state) {
  const char *header =
      "{\"__metadata__\":{\"a\":\"b\"},\"x\":{\"dtype\":\"F32\",\"shape\":[2,2],\"data_offsets\":[0,16]},"
      "\"y\":{\"dtype\":\"I8\",\"shape\":[3],\"data_offsets\":[16,19]}}  ";
  size_t size = strlen(header);
  dossier_error err = DOSSIER_ERROR_INIT;
  char padded[256];
  snprintf(padded, sizeof padded, "%s%*s", header, (int)((4 - size % 4) % 4), "");
  assert_int_equal(read_header(padded, strlen(padded), 19, &err), DOSSIER_OK);
}

static void test_safetensors_hostile(void **state) {
#define ENTRY(dtype, shape, offsets) \
  "{\"x\":{\"dtype\":\"" dtype "\",\"shape\":" shape ",\"data_offsets\":" offsets "}}"
  const char *headers[] = {"",
                           "{",
                           "[]",
                           "3",
                           "nonsense",
                           "{\"x\":3}",
                           "{\"x\":{}}",
                           "{\"__metadata__\":3}",
                           "{\"__metadata__\":{\"a\":1}}",
                           "{\"__metadata__\":{},\"__metadata__\":{}}",
                           ENTRY("F64", "[1]", "[0,8]"),
                           ENTRY("F32", "[1]", "[0,8]"),
                           ENTRY("I8", "[65]", "[0,65]"),
                           ENTRY("I8", "[8]", "[60,68]"),
                           ENTRY("I8", "[-1]", "[0,1]"),
                           ENTRY("I8", "[1.5]", "[0,1]"),
                           ENTRY("I8", "[1]", "[1,0]"),
                           ENTRY("I8", "[1]", "[0]"),
                           ENTRY("I8", "[1]", "[0,1,2]"),
                           ENTRY("I8", "[1]", "[-1,0]"),
                           ENTRY("I8", "3", "[0,3]"),
                           ENTRY("I8", "[1,1,1]", "[0,1]"),
                           ENTRY("I8", "[4294967295,4294967295]", "[0,1]"),
                           ENTRY("I8", "[1]", "[1e300,1e301]"),
                           ENTRY("I8", "[1]", "[18446744073709551615,0]"),
                           ENTRY("F32", "[1073741824]", "[0,4294967296]"),
                           ENTRY("F32", "[1]", "[1,5]"),
                           "{\"x\":{\"dtype\":\"I8\",\"shape\":[4],\"data_offsets\":[0,4]},\"y\":{\"dtype\":\"I8\","
                           "\"shape\":[4],\"data_offsets\":[3,7]}}",
                           "{\"x\":{\"dtype\":\"I8\",\"shape\":[1],\"data_offsets\":[0,1]},\"x\":{\"dtype\":\"I8\","
                           "\"shape\":[1],\"data_offsets\":[1,2]}}"};
#undef ENTRY
  for (size_t i = 0; i < sizeof headers / sizeof *headers; i++) {
    char padded[256];
    snprintf(padded, sizeof padded, "%s%*s", headers[i], (int)((4 - strlen(headers[i]) % 4) % 4), "");
    dossier_error err = DOSSIER_ERROR_INIT;
    if (read_header(padded, strlen(padded), 64, &err) != DOSSIER_INPUT) fail_msg("taken for good: %s", headers[i]);
    assert_true(err.message[0]);
  }
  dossier_error err = DOSSIER_ERROR_INIT;
  const uint64_t lengths[] = {3, 1000, UINT64_MAX, (uint64_t)1 << 40};
  for (size_t i = 0; i < 4; i++)
    assert_int_equal(read_header("{ }", lengths[i], 0, &err), i ? DOSSIER_INPUT : DOSSIER_OK);
  ds_safetensors st;
  ds_arena arena;
  ds_arena_init(&arena);
  for (size_t size = 0; size < 8; size++)
    assert_int_equal(ds_safetensors_read(&arena, (ds_str){"\0\0\0\0\0\0\0", size}, "t", &st, &err), DOSSIER_INPUT);
  ds_arena_release(&arena);
}

/* --- arithmetic --- */

static void test_exponential_is_accurate(void **state) {
  for (size_t k = 0; ds_kernels_at(k); k++) {
    for (float at = -86.5f; at < 88.0f; at += 0.00731f) {
      float x = at;
      ds_kernels_at(k)->exponential(&x, 1);
      double truth = exp((double)at);
      if (fabs((double)x - truth) > 2e-7 * truth) fail_msg("exp(%g) gave %g", (double)at, (double)x);
    }
    float edge[] = {-1000, -87.5f, 0, 100};
    ds_kernels_at(k)->exponential(edge, 4);
    assert_true(edge[0] == 0 && edge[1] == 0 && edge[2] == 1 && edge[3] > 1e38f && isfinite(edge[3]));
  }
}

static void test_gelu_is_accurate(void **state) {
  enum { N = 2048 };
  static int8_t weight[1];
  static float scale[N], bias[N], out[N];
  static int32_t sum[N], acc[N];
  for (int i = 0; i < N; i++) {
    acc[i] = i - N / 2;
    scale[i] = 0.02f;
  }
  ds_linear linear = {weight, scale, bias, sum, N, 1};
  for (size_t k = 0; ds_kernels_at(k); k++) {
    ds_kernels_at(k)->dequant_gelu(&linear, 0, N - 3, acc, (ds_quant){1, 5}, out);
    for (int i = 0; i < N - 3; i++) {
      double x = (double)acc[i] * (double)0.02f,
             truth = 0.5 * x * (1 + tanh(0.7978845608028654 * (x + 0.044715 * x * x * x)));
      assert_true(fabs((double)out[i] - truth) <= 1e-6 * (1 + fabs(truth)));
    }
  }
}

#define WIDTH 128
#define ROWS 37

/* All kernels on one random input: every float and byte that comes out. */
struct outcome {
  float rows[ROWS][WIDTH], values[3][WIDTH], transposed[WIDTH * 64], products[ROWS * 64], attended[ROWS][32 * 2],
      pairs[3], exps[WIDTH];
  uint8_t q[WIDTH];
  ds_quant quant;
};

static void run_kernels(const ds_kernels *k, uint64_t round, struct outcome *out) {
  static float in[ROWS][3 * WIDTH], weight[WIDTH], bias[WIDTH], scale[WIDTH];
  static int32_t acc[WIDTH], sum[WIDTH];
  static int8_t word[WIDTH];
  seed(round + 7);
  memset(out, 0, sizeof *out);
  for (size_t i = 0; i < WIDTH; i++) {
    weight[i] = random_float(1);
    bias[i] = random_float(1);
    scale[i] = random_float(0.01f);
    acc[i] = (int32_t)(random_bits() % 1000000) - 500000;
    sum[i] = (int32_t)(random_bits() % 10000) - 5000;
    word[i] = (int8_t)random_bits();
    for (size_t r = 0; r < ROWS; r++) {
      for (size_t j = 0; j < 3; j++) in[r][3 * i + j] = random_float(round % 2 ? 3 : 30);
    }
  }
  ds_linear linear = {word, scale, bias, sum, WIDTH, WIDTH};
  for (size_t r = 0; r < ROWS; r++) {
    k->embed(word, 0.013f, in[r], weight, WIDTH, out->rows[r]);
    k->norm(out->rows[r], WIDTH, weight, bias, 1e-12f);
  }
  out->quant = k->quantise(in[3], WIDTH, out->q);
  k->dequant(&linear, 5, WIDTH - 9, acc, out->quant, out->values[0]);
  k->dequant_add(&linear, 0, WIDTH, acc, out->quant, out->values[1]);
  k->dequant_gelu(&linear, 1, WIDTH - 1, acc, out->quant, out->values[2]);
  size_t stride = ds_padded(ROWS);
  k->transpose(in[0], 3 * WIDTH, ROWS, 64, out->transposed, stride);
  k->products(in[0] + 64, 3 * WIDTH, ROWS, out->transposed, stride, 64, out->products);
  float *scratch = malloc(ds_attend_scratch(ROWS, 32) * sizeof(float));
  const uint32_t some[] = {0, 5, 36};
  k->attend(in[0], ROWS, 64, 32, NULL, ROWS, scratch, out->attended[0]);
  if (round % 3 == 0) k->attend(in[0], ROWS, 64, 32, some, 3, scratch, out->attended[0]);
  free(scratch);
  k->pair(&linear, 3, 32, acc, out->quant, in[1], out->pairs);
  memcpy(out->exps, in[2], sizeof out->exps);
  k->exponential(out->exps, WIDTH - 3);
}

static void test_kernels_give_the_same_bits(void **state) {
  size_t count = 0;
  while (ds_kernels_at(count)) count++;
  static struct outcome base, other;
  for (uint64_t round = 0; round < 20; round++) {
    run_kernels(ds_kernels_at(count - 1), round, &base);
    for (size_t k = 0; k + 1 < count; k++) {
      run_kernels(ds_kernels_at(k), round, &other);
      if (memcmp(&base, &other, sizeof base) != 0) fail_msg("%s differs from base", ds_kernels_at(k)->name);
    }
  }
}

static void test_attention_is_right(void **state) {
  enum { N = 21, H = 64 };
  static float qkv[N][3 * H], out[N][H], scratch[4096];
  seed(3);
  for (size_t i = 0; i < N; i++) {
    for (size_t d = 0; d < 3 * H; d++) qkv[i][d] = random_float(2);
  }
  assert_true(ds_attend_scratch(N, 32) <= 4096);
  ds_kernels_at(0)->attend(qkv[0], N, H, 32, NULL, N, scratch, out[0]);
  for (size_t i = 0; i < N; i++) {
    for (size_t h = 0; h < H; h += 32) {
      double weight[N], sum = 0, mixed = 0;
      for (size_t j = 0; j < N; j++) {
        double dot = 0;
        for (size_t d = 0; d < 32; d++) dot += (double)qkv[i][h + d] * (double)qkv[j][H + h + d];
        sum += weight[j] = exp(dot / sqrt(32));
      }
      for (size_t j = 0; j < N; j++) mixed += weight[j] / sum * (double)qkv[j][2 * H + h + 7];
      assert_true(fabs(mixed - (double)out[i][h + 7]) < 1e-5);
    }
  }
}

static void test_quantise_follows_the_format(void **state) {
  float x[32];
  uint8_t q[32];
  for (uint64_t round = 0; round < 300; round++) {
    seed(round);
    for (size_t i = 0; i < 32; i++) x[i] = round == 0 ? 0 : round % 4 == 1 ? fabsf(random_float(2)) : random_float(5);
    double low = 0, high = 0;
    for (size_t i = 0; i < 32; i++) {
      low = fmin(low, (double)x[i]);
      high = fmax(high, (double)x[i]);
    }
    float span = high > low ? (float)high - (float)low : 127.0f, inverse = 127.0f / span;
    float zero = rintf(-(float)low * inverse);
    ds_quant quant = ds_kernels_at(0)->quantise(x, 32, q);
    assert_int_equal(quant.zero, (int)zero);
    for (size_t i = 0; i < 32; i++) {
      float wanted = rintf(x[i] * inverse) + zero;
      assert_int_equal(q[i], wanted < 0 ? 0 : wanted > 127 ? 127 : (int)wanted);
    }
  }
  for (size_t i = 0; i < 32; i++) x[i] = i % 3 == 0 ? NAN : i % 3 == 1 ? INFINITY : -INFINITY;
  for (size_t k = 0; ds_kernels_at(k); k++) {
    ds_quant quant = ds_kernels_at(k)->quantise(x, 32, q);
    assert_in_range(quant.zero, 0, 127);
    for (size_t i = 0; i < 32; i++) assert_in_range(q[i], 0, 127);
  }
}

/* The packed product is exact, whatever the weights: the plain sums, and those of oneDNN. */
static void test_packed_products_are_exact(void **state) {
  enum { IN = 128, OUT = 83, MOST = 9 };
  static int8_t weight[OUT * IN];
  static uint8_t q[MOST * IN];
  static int32_t packed[MOST * OUT], library[MOST * OUT];
  if (!__builtin_cpu_supports("avx2")) skip();
  for (uint64_t round = 0; round < 60; round++) {
    seed(round);
    for (size_t i = 0; i < OUT * IN; i++) {
      const int8_t ends[] = {127, -127, -128, 0};
      weight[i] = round % 3 == 0   ? (int8_t)random_bits()
                  : round % 3 == 1 ? ends[random_bits() % 4]
                                   : ends[round / 3 % 4];
    }
    for (size_t i = 0; i < MOST * IN; i++) q[i] = round % 2 ? 127 : (uint8_t)(random_bits() % 128);
    size_t rows = 1 + round % MOST, in = round % 4 ? IN : 8, out = round % 5 ? OUT : 32;
    ds_arena arena;
    ds_arena_init(&arena);
    ds_linear linear = {.weight = weight, .out = out, .in = in};
    assert_int_equal(ds_linear_product(&linear, q, rows, library, NULL), DOSSIER_OK);
    assert_int_equal(ds_packed_make(&arena, &linear, NULL), DOSSIER_OK);
    assert_non_null(linear.packed);
    memset(packed, 0x55, sizeof packed);
    ds_packed_product(&linear, q, rows, packed);
    for (size_t r = 0; r < rows; r++) {
      for (size_t o = 0; o < out; o++) {
        int32_t sum = 0;
        for (size_t i = 0; i < in; i++) sum += (int32_t)q[r * in + i] * weight[o * in + i];
        assert_int_equal(packed[r * out + o], sum);
        assert_int_equal(library[r * out + o], sum);
      }
    }
    assert_int_equal(packed[rows * out % (MOST * OUT)] == 0x55555555, rows * out < MOST * OUT);
    ds_arena_release(&arena);
  }
}

/* --- labels --- */

static void test_labels_have_names(void **state) {
  for (int i = 0; i < DS_DEPREL_COUNT; i++) {
    ds_deprel found;
    assert_true(ds_deprel_from(ds_str_from(ds_deprel_name((ds_deprel)i)), &found));
    assert_int_equal(found, i);
    assert_null(strchr(ds_deprel_name(ds_deprel_base((ds_deprel)i)), ':'));
  }
  for (int i = 0; i < DS_XPOS_COUNT; i++) {
    ds_xpos found;
    assert_true(ds_xpos_from(ds_str_from(ds_xpos_name((ds_xpos)i)), &found));
    assert_int_equal(found, i);
  }
  ds_upos upos;
  assert_true(ds_upos_from(DS_STR("PROPN"), &upos));
  assert_int_equal(upos, DS_UPOS_PROPN);
  assert_false(ds_upos_from(DS_STR("NAME"), &upos));
  assert_int_equal(ds_deprel_base(DS_DEPREL_NSUBJ_PASS), DS_DEPREL_NSUBJ);
}

static void strong_verbs_have_a_list(void **state) {
  static const char *const cases[][2] = {{"fought", "fight"},       {"withheld", "withhold"}, {"overthrown", "overthrow"},
                                         {"undertook", "undertake"}, {"arisen", "arise"},      {"wrung", "wring"}};
  static const char *const others[] = {"walked", "united", "reset", "outlet", ""};
  (void)state;
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    ds_str prefix, lemma;
    char joined[64];
    assert_true(ds_irregular_lemma(ds_str_from(cases[i][0]), &prefix, &lemma));
    snprintf(joined, sizeof joined, "%.*s%.*s", DS_STR_ARG(prefix), DS_STR_ARG(lemma));
    assert_string_equal(joined, cases[i][1]);
  }
  for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
    ds_str prefix, lemma;
    assert_false(ds_irregular_lemma(ds_str_from(others[i]), &prefix, &lemma));
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(strong_verbs_have_a_list),
      cmocka_unit_test(test_tree_is_the_best),
      cmocka_unit_test(test_tree_of_odd_scores),
      cmocka_unit_test(test_safetensors_good),
      cmocka_unit_test(test_safetensors_hostile),
      cmocka_unit_test(test_exponential_is_accurate),
      cmocka_unit_test(test_gelu_is_accurate),
      cmocka_unit_test(test_kernels_give_the_same_bits),
      cmocka_unit_test(test_attention_is_right),
      cmocka_unit_test(test_quantise_follows_the_format),
      cmocka_unit_test(test_packed_products_are_exact),
      cmocka_unit_test(test_labels_have_names),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
