/* tools/text/learn.c - learns the weights of src/text/weights.h; tools/text/train.py prepares its input and runs it
 *
 * usage: learn TEXT ENDS... > weights.h
 *
 * TEXT is raw text, ENDS the byte offsets at which its sentences end, one a line; any number of such pairs. The places and
 * features are those of src/text/boundary.c, the history that of the gold sentences. Logistic regression by stochastic
 * gradient descent with a step size a weight (AdaGrad), in a fixed order; the weights are rounded to one byte.
 */
#include "base/file.h"
#include "text/boundary.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

enum { WEIGHTS = 1 << DS_BOUNDARY_BITS, PASSES = 10 };
static const float LARGEST = 3.0f; /* weights are cut to this */

typedef struct place {
  uint16_t features[DS_BOUNDARY_FEATURES];
  bool end;
} place;

static DS_VEC(place) places;
static float weights[WEIGHTS + 1], squares[WEIGHTS + 1];

static void die(const char *what) {
  fprintf(stderr, "learn: %s\n", what);
  exit(1);
}

static void read_pair(const char *text_path, const char *ends_path) {
  ds_buf text = {0};
  dossier_error err = DOSSIER_ERROR_INIT;
  if (ds_file_read(text_path, &text, &err)) die(text_path);
  FILE *file = fopen(ends_path, "r");
  if (!file) die(ends_path);
  bool *is_end = calloc(text.len + 1, 1);
  for (unsigned long at; fscanf(file, "%lu", &at) == 1;)
    if (at <= text.len) is_end[at] = true;
  fclose(file);
  ds_lexed lexed = {0};
  ds_arena arena;
  ds_arena_init(&arena);
  if (ds_lex(ds_buf_str(&text), &lexed, &err)) die("out of memory");
  ds_cue *cues = ds_cues(&arena, &lexed);
  size_t lost = 0;
  for (size_t i = 0, first = 0; i < lexed.tokens.len; i++) {
    bool end = is_end[lexed.tokens.items[i].end];
    if (!ds_boundary_forced(&lexed, i)) {
      if (ds_boundary_possible(&lexed, cues, i)) {
        place p = {.end = end};
        ds_boundary_features(&lexed, cues, first, i, p.features);
        if (!DS_PUSH(places, p)) die("out of memory");
      } else {
        lost += end;
      }
    }
    if (end || ds_boundary_forced(&lexed, i)) first = i + 1;
  }
  fprintf(stderr, "%s: %zu tokens, %zu ends out of reach\n", text_path, lexed.tokens.len, lost);
  ds_lexed_release(&lexed);
  ds_arena_release(&arena);
  ds_buf_release(&text);
  free(is_end);
}

static void learn(const place *p) {
  float sum = weights[WEIGHTS];
  for (int k = 0; k < DS_BOUNDARY_FEATURES; k++) sum += weights[p->features[k]];
  float gradient = 1.0f / (1.0f + expf(-sum)) - (float)p->end;
  for (int k = 0; k <= DS_BOUNDARY_FEATURES; k++) {
    size_t w = k < DS_BOUNDARY_FEATURES ? p->features[k] : WEIGHTS;
    float g = gradient + 3e-4f * weights[w];
    squares[w] += g * g;
    weights[w] -= 0.1f * g / (0.1f + sqrtf(squares[w]));
  }
}

static void train(void) {
  uint64_t random = 1;
  uint32_t *order = malloc(places.len * sizeof *order);
  if (!order) die("out of memory");
  for (uint32_t i = 0; i < places.len; i++) order[i] = i;
  for (int pass = 0; pass < PASSES; pass++) {
    for (size_t i = places.len; i > 1; i--) {
      random = random * 6364136223846793005u + 1442695040888963407u;
      size_t j = (random >> 33) % i;
      uint32_t swapped = order[i - 1];
      order[i - 1] = order[j];
      order[j] = swapped;
    }
    for (size_t i = 0; i < places.len; i++) learn(&places.items[order[i]]);
  }
  free(order);
}

/* The printable character of a weight, as weight() of text.c reads it. */
static int encode(float value, float scale) {
  long w = lroundf(value * scale);
  int c = (int)(w > DS_BOUNDARY_MOST ? DS_BOUNDARY_MOST : w < -DS_BOUNDARY_MOST ? -DS_BOUNDARY_MOST : w) + DS_BOUNDARY_ZERO;
  c += c >= '"';
  c += c >= '?';
  c += c >= '\\';
  return c;
}

static void write_weights(void) {
  float scale = DS_BOUNDARY_MOST / LARGEST;
  printf("/* text/weights.h - written by tools/text/train.py: the weights of boundary.c; do not edit */\n");
  printf("enum { DS_BOUNDARY_BIAS = %ld };\n", lroundf(weights[WEIGHTS] * scale));
  printf("static const char ds_boundary_weights[%d][%d] = {\n", WEIGHTS / DS_BOUNDARY_LINE, DS_BOUNDARY_LINE + 1);
  for (int i = 0; i < WEIGHTS; i++) {
    if (i % DS_BOUNDARY_LINE == 0) fputs("\"", stdout);
    putchar(encode(weights[i], scale));
    if (i % DS_BOUNDARY_LINE == DS_BOUNDARY_LINE - 1) fputs("\",\n", stdout);
  }
  printf("};\n");
}

int main(int argc, char **argv) {
  if (argc < 3 || argc % 2 == 0) die("usage: learn TEXT ENDS...");
  for (int i = 1; i < argc; i += 2) read_pair(argv[i], argv[i + 1]);
  fprintf(stderr, "%zu places\n", places.len);
  train();
  write_weights();
  return 0;
}
