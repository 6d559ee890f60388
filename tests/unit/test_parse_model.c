/* The language model as a whole: sentences through a small random model that is made here, and through the trained one */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/file.h"
#include "parse/parser.h"

#include <math.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

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

/* --- a small random model --- */

enum { HIDDEN = 64, HEADS = 2, LAYERS = 2, FFN = 96, ARC = 32, REL = 32, POSITIONS = 64, SHAPES = 10 };

static const char *const upos_list = "NOUN\nVERB\nPUNCT\nDET\nPROPN";
static const char *const xpos_list = "NN\nVBZ\n.\nDT\n``\nPRP$";
static const char *const feats_list =
    "_\nNumber=Sing\nMood=Ind|Number=Plur|Person=3|Tense=Past|VerbForm=Fin\nPolarity=Neg";
static const char *const lemma_list = "l-0+\nk-0+\nl-1+\nl=be\nt-2+e";
static const char *const rel_list = "nsubj\nobj\npunct\nobl:agent";
static const char *const names_list = "O\nB-PER\nI-PER\nE-PER\nS-PER\nB-LOC\nI-LOC\nE-LOC\nS-LOC";
static const char *const shape_list =
    "none\nlower\ncapital\ncapital-first\ncaps\nmixed\ninitial\nalnum\nnumber\nsymbol";
static const char *const pieces[] = {"[PAD]", "[UNK]", "[CLS]",  "[SEP]", "iran", "tehran", "##s", "the", "visit",
                                     "##ed",  "al",    "##bert", ".",     ",",    "e",      "##1", "2",   "##2"};

struct file_writer {
  ds_buf header, data;
  size_t vocabulary;
};

static void add_tensor(struct file_writer *w, const char *name, const char *dtype, size_t rows, size_t columns,
                       const void *bytes, size_t size) {
  ds_buf_printf(&w->header, ",\"%s\":{\"dtype\":\"%s\",\"shape\":[%zu", name, dtype, rows);
  if (columns) ds_buf_printf(&w->header, ",%zu", columns);
  ds_buf_printf(&w->header, "],\"data_offsets\":[%zu,%zu]}", w->data.len, w->data.len + size);
  ds_buf_append(&w->data, (ds_str){bytes, size});
}

static void add_floats(struct file_writer *w, const char *name, size_t rows, size_t columns, float middle,
                       float range) {
  size_t count = rows * (columns ? columns : 1);
  float *values = malloc(count * sizeof *values);
  for (size_t i = 0; i < count; i++) values[i] = middle + random_float(range);
  add_tensor(w, name, "F32", rows, columns, values, count * sizeof *values);
  free(values);
}

static const struct {
  const char *name;
  size_t out, in;
} linears[] = {
    {"layer.0.qkv", 3 * HIDDEN, HIDDEN},  {"layer.0.out", HIDDEN, HIDDEN},     {"layer.0.ffn1", FFN, HIDDEN},
    {"layer.0.ffn2", HIDDEN, FFN},        {"layer.1.qkv", 3 * HIDDEN, HIDDEN}, {"layer.1.out", HIDDEN, HIDDEN},
    {"layer.1.ffn1", FFN, HIDDEN},        {"layer.1.ffn2", HIDDEN, FFN},       {"head.upos.out", 5, HIDDEN},
    {"head.xpos.out", 6, HIDDEN},         {"head.feats.out", 4, HIDDEN},       {"head.lemma.out", 5, HIDDEN},
    {"head.names.out", 9, HIDDEN},        {"head.tree.arc_dep", ARC, HIDDEN},  {"head.tree.arc_head", ARC, HIDDEN},
    {"head.tree.arc_pair", ARC, ARC},     {"head.tree.rel_dep", REL, HIDDEN},  {"head.tree.rel_head", REL, HIDDEN},
    {"head.tree.rel_pair", 4 * REL, REL}, {"head.tree.rel_single", 4, REL},    {"embed.word", 0, HIDDEN}};

/* Text tables for ASCII, an accented letter, an umlaut as a mark and one ideograph. */
static void add_text(struct file_writer *w) {
  const int32_t start[] = {0, '!', '0', ':', 'A', '[', 'a', '{', 127, 0xC0, 0xDF, 0x100, 0x308, 0x309, 0x4E00, 0xA000};
  const uint8_t class_of[] = {7, 5, 4, 5, 2, 5, 1, 5, 7, 2, 1, 0, 6, 0, 8, 0};
  const int32_t from[] = {0xC9, 0xE9, 0x130}, to[] = {'e', 0, 0, 'e', 0, 0, 'i', 'x', 'y'};
  int32_t lower_from[27], lower_to[27];
  for (int i = 0; i < 26; i++) {
    lower_from[i] = 'A' + i;
    lower_to[i] = 'a' + i;
  }
  lower_from[26] = 0xC9;
  lower_to[26] = 0xE9;
  add_tensor(w, "text.class_start", "I32", 16, 0, start, sizeof start);
  add_tensor(w, "text.fold_from", "I32", 3, 0, from, sizeof from);
  add_tensor(w, "text.fold_to", "I32", 3, 3, to, sizeof to);
  add_tensor(w, "text.lower_from", "I32", 27, 0, lower_from, sizeof lower_from);
  add_tensor(w, "text.lower_to", "I32", 27, 0, lower_to, sizeof lower_to);
  add_tensor(w, "text.class", "U8", 16, 0, class_of, sizeof class_of);
}

static void add_list(struct file_writer *w, const char *key, const char *lines) {
  ds_buf_printf(&w->header, ",\"%s\":\"", key);
  for (; *lines; lines++) {
    if (*lines == '\n')
      ds_buf_appendz(&w->header, "\\n");
    else
      ds_buf_byte(&w->header, *lines);
  }
  ds_buf_byte(&w->header, '"');
}

static void add_metadata(struct file_writer *w) {
  ds_buf_printf(&w->header,
                "{\"__metadata__\":{\"format\":\"dossier-model\",\"version\":\"1\",\"about\":\"random\",\"config\":\"{"
                "\\\"layers\\\":%d,"
                "\\\"hidden\\\":%d,\\\"heads\\\":%d,\\\"ffn\\\":%d,\\\"eps\\\":1e-12,\\\"positions\\\":%d,"
                "\\\"shapes\\\":%d,\\\"arc\\\":%d,"
                "\\\"rel\\\":%d,\\\"vocabulary\\\":%zu}\"",
                LAYERS, HIDDEN, HEADS, FFN, POSITIONS, SHAPES, ARC, REL, w->vocabulary);
  add_list(w, "labels.upos", upos_list);
  add_list(w, "labels.xpos", xpos_list);
  add_list(w, "labels.feats", feats_list);
  add_list(w, "labels.lemma", lemma_list);
  add_list(w, "labels.rel", rel_list);
  add_list(w, "labels.names", names_list);
  add_list(w, "labels.shape", shape_list);
  ds_buf_appendz(&w->header, ",\"vocabulary\":\"");
  for (size_t i = 0; i < sizeof pieces / sizeof *pieces; i++)
    ds_buf_printf(&w->header, "%s%s", i ? "\\n" : "", pieces[i]);
  for (char c = 'a'; c <= 'z'; c++) ds_buf_printf(&w->header, "\\n%c\\n##%c", c, c);
  ds_buf_appendz(&w->header, "\"}");
}

/* Writes the model, with the first `old` in its header replaced by `new` (of the same length) where old is given. */
static void write_model(const char *path, const char *old, const char *new) {
  struct file_writer w = {.vocabulary = sizeof pieces / sizeof *pieces + 52};
  seed(42);
  add_metadata(&w);
  size_t count = sizeof linears / sizeof *linears;
  for (size_t i = 0; i < count; i++) {
    char name[64];
    size_t out = linears[i].out ? linears[i].out : w.vocabulary;
    snprintf(name, sizeof name, "%s.scale", linears[i].name);
    add_floats(&w, name, out, 0, 0.005f, 0.001f);
    snprintf(name, sizeof name, "%s.bias", linears[i].name);
    add_floats(&w, name, out, 0, 0, 0.1f);
  }
  add_floats(&w, "embed.position.weight", POSITIONS, HIDDEN, 0, 0.1f);
  add_floats(&w, "embed.shape.weight", SHAPES, HIDDEN, 0, 0.1f);
  const char *const norms[] = {"embed.norm", "layer.0.norm1", "layer.0.norm2", "layer.1.norm1", "layer.1.norm2"};
  for (size_t i = 0; i < 5; i++) {
    char name[64];
    snprintf(name, sizeof name, "%s.weight", norms[i]);
    add_floats(&w, name, HIDDEN, 0, 1, 0.2f);
    snprintf(name, sizeof name, "%s.bias", norms[i]);
    add_floats(&w, name, HIDDEN, 0, 0, 0.2f);
  }
  add_text(&w);
  for (size_t i = 0; i < count; i++) {
    char name[64];
    size_t out = linears[i].out ? linears[i].out : w.vocabulary, size = out * linears[i].in;
    int8_t *values = malloc(size);
    for (size_t k = 0; k < size; k++) values[k] = (int8_t)(random_bits() % 255 - 127);
    snprintf(name, sizeof name, "%s.weight", linears[i].name);
    add_tensor(&w, name, "I8", out, linears[i].in, values, size);
    free(values);
  }
  ds_buf_byte(&w.header, '}');
  while (w.header.len % 8) ds_buf_byte(&w.header, ' ');
  size_t at;
  if (old && ds_str_find(ds_buf_str(&w.header), ds_str_from(old), &at)) memcpy(w.header.data + at, new, strlen(new));
  FILE *file = fopen(path, "wb");
  assert_non_null(file);
  uint64_t length = w.header.len; /* little-endian, as all machines that this runs on */
  fwrite(&length, 1, 8, file);
  fwrite(w.header.data, 1, w.header.len, file);
  fwrite(w.data.data, 1, w.data.len, file);
  assert_int_equal(fclose(file), 0);
  ds_buf_release(&w.header);
  ds_buf_release(&w.data);
}

static char model_path[64];
static ds_model *model;

static int make_model(void **state) {
  snprintf(model_path, sizeof model_path, "/tmp/dossier-test-parse-%ld.safetensors", (long)getpid());
  write_model(model_path, NULL, NULL);
  dossier_error err = DOSSIER_ERROR_INIT;
  if (ds_model_open(&model, model_path, &err) == DOSSIER_OK) return 0;
  print_error("%s\n", err.message);
  return 1;
}

static int drop_model(void **state) {
  ds_model_free(model);
  return unlink(model_path);
}

/* A text of sentences given as words, each sentence ended by NULL, all by a second NULL. */
static ds_text text_of(ds_arena *arena, const char *const *words) {
  ds_text text = {.tokens = DS_NEW_ARRAY(arena, ds_token, 20000), .sentences = DS_NEW_ARRAY(arena, ds_sentence, 20000)};
  for (; *words; words++) {
    ds_sentence *sentence = &text.sentences[text.sentence_count++];
    sentence->first = (uint32_t)text.token_count;
    for (; *words; words++, sentence->count++) {
      uint32_t at = (uint32_t)text.token_count++;
      text.tokens[at] = (ds_token){.form = ds_str_from(*words), .mwt_first = at, .mwt_count = 1};
    }
  }
  return text;
}

/* One sentence of count words, taken in turn from a few. */
static ds_text long_text(ds_arena *arena, size_t count) {
  static const char *const words[] = {"Iran", "visited", "the", "albert", ",", "Tehran", "x1y2", "Zzz", "(", "e", ";"};
  ds_text text = {.tokens = DS_NEW_ARRAY(arena, ds_token, count), .token_count = count, .sentence_count = 1};
  text.sentences = DS_NEW_ARRAY(arena, ds_sentence, 1);
  text.sentences[0].count = (uint32_t)count;
  for (size_t i = 0; i < count; i++) {
    size_t word = i % 97 == 96 ? 10 : (i * 7 + i / 5) % 10;
    text.tokens[i] = (ds_token){.form = ds_str_from(words[word]), .mwt_first = (uint32_t)i, .mwt_count = 1};
  }
  return text;
}

static ds_parse parse(ds_parser *parser, ds_arena *arena, const ds_text *text) {
  ds_parse out;
  dossier_error err = DOSSIER_ERROR_INIT;
  if (ds_parser_run(parser, arena, text, true, &out, &err) != DOSSIER_OK) fail_msg("%s", err.message);
  return out;
}

static ds_parser *new_parser(const ds_kernels *kernels) {
  ds_parser *parser;
  assert_int_equal(ds_parser_new_with(&parser, model, kernels, NULL), DOSSIER_OK);
  return parser;
}

static void check_sentence(const ds_parse *p, const ds_sentence *s) {
  size_t roots = 0;
  for (uint32_t i = s->first; i < s->first + s->count; i++) {
    uint32_t at = i;
    for (uint32_t steps = 0; at != DS_NO_HEAD && steps <= s->count; steps++) at = p->words[at].head;
    assert_int_equal(at, DS_NO_HEAD);
    roots += p->words[i].head == DS_NO_HEAD;
    assert_true((p->words[i].head == DS_NO_HEAD) == (p->words[i].deprel == DS_DEPREL_ROOT));
    if (p->words[i].head != DS_NO_HEAD) assert_in_range(p->words[i].head, s->first, s->first + s->count - 1);
    assert_non_null(p->words[i].lemma.ptr);
  }
  assert_int_equal(roots, 1);
}

static void assert_same_words(const ds_parse *a, size_t at_a, const ds_parse *b, size_t at_b, size_t count) {
  assert_memory_equal(a->states + at_a * a->width, b->states + at_b * b->width, count * a->width * sizeof(float));
  for (size_t i = 0; i < count; i++) {
    const ds_word *x = &a->words[at_a + i], *y = &b->words[at_b + i];
    assert_true(ds_str_eq(x->lemma, y->lemma) && x->upos == y->upos && x->xpos == y->xpos && x->deprel == y->deprel);
    assert_int_equal(memcmp(&x->morph, &y->morph, sizeof x->morph), 0);
    if (x->head == DS_NO_HEAD)
      assert_int_equal(y->head, DS_NO_HEAD);
    else
      assert_int_equal(x->head - at_a, y->head - at_b);
  }
}

static void test_batches_change_nothing(void **state) {
  const char *const many[] = {"The", "Iran",   "visited", "Tehran", ".",  NULL,     "e",   NULL,  "albert", "s",
                              ",",   "22",     "x",       NULL,     "Zz", "visits", "the", "the", "the",    "Albert",
                              "of",  "Tehran", "(",       "Iran",   ")",  ".",      NULL,  NULL};
  ds_arena arena;
  ds_arena_init(&arena);
  ds_parser *parser = new_parser(ds_kernels_at(0));
  ds_text text = text_of(&arena, many);
  ds_parse together = parse(parser, &arena, &text);
  for (size_t s = 0; s < text.sentence_count; s++) {
    check_sentence(&together, &text.sentences[s]);
    ds_text alone = {
        .tokens = text.tokens + text.sentences[s].first, .token_count = text.sentences[s].count, .sentence_count = 1};
    ds_sentence sentence = {.count = text.sentences[s].count};
    alone.sentences = &sentence;
    ds_parse one = parse(parser, &arena, &alone);
    assert_same_words(&together, text.sentences[s].first, &one, 0, sentence.count);
  }
  ds_parser_free(parser);
  ds_arena_release(&arena);
}

static void test_instruction_sets_change_nothing(void **state) {
  ds_arena arena;
  ds_arena_init(&arena);
  ds_text text = long_text(&arena, 300);
  ds_parser *first = new_parser(ds_kernels_at(0));
  ds_parse wanted = parse(first, &arena, &text);
  for (size_t k = 1; ds_kernels_at(k); k++) {
    ds_parser *parser = new_parser(ds_kernels_at(k));
    ds_parse found = parse(parser, &arena, &text);
    assert_same_words(&wanted, 0, &found, 0, text.token_count);
    ds_parser_free(parser);
  }
  ds_parser_free(first);
  ds_arena_release(&arena);
}

static void test_long_sentences_are_not_lost(void **state) {
  const size_t sizes[] = {1, 2, 60, 61, 62, 63, 64, 200, 999, 1000, 1001, 2500, 12000};
  ds_parser *parser = new_parser(ds_kernels_at(0));
  for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
    ds_arena arena;
    ds_arena_init(&arena);
    ds_text text = long_text(&arena, sizes[i]);
    ds_parse out = parse(parser, &arena, &text);
    check_sentence(&out, &text.sentences[0]);
    for (size_t t = 0; t < sizes[i]; t++) { /* a layer norm's output is never all zero */
      float sum = 0;
      for (size_t d = 0; d < out.width; d++) sum += fabsf(out.states[t * out.width + d]);
      assert_true(sum > 0);
    }
    for (size_t n = 0; n < out.name_count; n++) {
      assert_true(out.names[n].count > 0 && out.names[n].first + out.names[n].count <= sizes[i]);
      assert_true(n == 0 || out.names[n].first >= out.names[n - 1].first + out.names[n - 1].count);
      assert_true(out.names[n].score > 0 && out.names[n].score <= 1.0001f);
    }
    ds_arena_release(&arena);
  }
  ds_parser_free(parser);
}

static void test_odd_words(void **state) {
  char wide[3000];
  memset(wide, 'a', sizeof wide - 1);
  wide[sizeof wide - 1] = 0;
  char signs[3000];
  memset(signs, '.', sizeof signs - 1);
  signs[sizeof signs - 1] = 0;
  const char *const words[] = {
      wide, signs, "\xcc\x88", "\xe4\xb8\x80\xe4\xb8\x81", "\xff", "\xe2\x98\x83", wide, signs, "", NULL,
      "",   NULL,  NULL};
  ds_arena arena;
  ds_arena_init(&arena);
  ds_parser *parser = new_parser(ds_kernels_at(0));
  ds_text text = text_of(&arena, words);
  ds_parse out = parse(parser, &arena, &text);
  for (size_t s = 0; s < text.sentence_count; s++) check_sentence(&out, &text.sentences[s]);
  ds_text empty = {0};
  out = parse(parser, &arena, &empty);
  assert_int_equal(out.name_count, 0);
  ds_parser_free(parser);
  ds_arena_release(&arena);
}

static size_t split(const char *word, uint32_t out[DS_WORD_PIECES]) {
  return ds_wordpiece_split(&model->wordpiece, ds_str_from(word), out);
}

static void test_wordpieces(void **state) {
  const struct {
    const char *word, *pieces;
  } cases[] = {{"Iran", "iran"},          {"visited", "visit ##ed"}, {"Al-Tehran", "al [UNK] tehran"},
               {"al.iran", "al . iran"},  {"\xc3\x89", "e"},         {"e\xcc\x88", "e"},
               {"\xcc\x88", "[UNK]"},     {"Tehrans", "tehran ##s"}, {"3", "[UNK]"},
               {"e12", "e ##1 ##2"},      {"\xc4\xb0", "i ##x ##y"}, {"a\tb", "a b"},
               {"e.3.e", "e . [UNK] . e"}};
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    uint32_t ids[DS_WORD_PIECES];
    size_t count = split(cases[i].word, ids);
    char found[256] = "";
    for (size_t k = 0; k < count; k++) {
      ds_str piece = model->wordpiece.vocabulary[ids[k]];
      snprintf(found + strlen(found), sizeof found - strlen(found), "%s%.*s", k ? " " : "", DS_STR_ARG(piece));
    }
    assert_string_equal(found, cases[i].pieces);
  }
  char word[128];
  memset(word, 'a', sizeof word);
  word[100] = 0;
  uint32_t ids[DS_WORD_PIECES];
  assert_int_equal(split(word, ids), 100);
  word[100] = 'a';
  word[101] = 0;
  assert_int_equal(split(word, ids), 1);
  assert_int_equal(ids[0], model->wordpiece.unk);
}

static void test_shapes(void **state) {
  const struct {
    const char *word;
    bool first;
    ds_shape shape;
  } cases[] = {
      {"iran", true, DS_SHAPE_LOWER},    {"Iran", true, DS_SHAPE_CAPITAL_FIRST}, {"Iran", false, DS_SHAPE_CAPITAL},
      {"IRAN", false, DS_SHAPE_CAPS},    {"I", false, DS_SHAPE_INITIAL},         {"iPod", false, DS_SHAPE_MIXED},
      {"McCain", false, DS_SHAPE_MIXED}, {"B52", false, DS_SHAPE_ALNUM},         {"1,000", false, DS_SHAPE_NUMBER},
      {"--", true, DS_SHAPE_SYMBOL},     {"-Iran", false, DS_SHAPE_CAPITAL},     {"", true, DS_SHAPE_SYMBOL}};
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
    assert_int_equal(ds_wordpiece_shape(&model->wordpiece, ds_str_from(cases[i].word), cases[i].first), cases[i].shape);
}

static void test_lemma_scripts(void **state) {
  const struct {
    const char *form;
    ds_lemma_script script;
    const char *lemma;
  } cases[] = {{"Going", {'l', false, 3, DS_STR("")}, "go"},
               {"making", {'l', false, 3, DS_STR("e")}, "make"},
               {"Iran", {'k', false, 0, DS_STR("")}, "Iran"},
               {"IRAN", {'t', false, 0, DS_STR("")}, "Iran"},
               {"was", {'l', true, 0, DS_STR("be")}, "be"},
               {"is", {'l', false, 2, DS_STR("x")}, "is"},
               {"\xc3\x89t\xc3\xa9s", {'l', false, 1, DS_STR("")}, "\xc3\xa9t\xc3\xa9"},
               {"AB", {'l', false, 9, DS_STR("")}, "ab"},
               {"", {'l', false, 0, DS_STR("x")}, ""}};
  ds_arena arena;
  ds_arena_init(&arena);
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    ds_str lemma = ds_lemma_apply(&cases[i].script, &model->wordpiece, &arena, ds_str_from(cases[i].form));
    if (!ds_str_eqz(lemma, cases[i].lemma)) fail_msg("%s gave %.*s", cases[i].form, DS_STR_ARG(lemma));
  }
  ds_arena_release(&arena);
}

static void *parse_in_thread(void *result) {
  ds_parser *parser = NULL;
  ds_arena arena;
  ds_arena_init(&arena);
  ds_text text = long_text(&arena, 400);
  ds_parse out;
  if (ds_parser_new(&parser, model, NULL) == DOSSIER_OK &&
      ds_parser_run(parser, &arena, &text, true, &out, NULL) == DOSSIER_OK)
    memcpy(result, out.states, 400 * HIDDEN * sizeof(float));
  ds_parser_free(parser);
  ds_arena_release(&arena);
  return NULL;
}

static void test_threads_share_a_model(void **state) {
  enum { THREADS = 4 };
  static float states[THREADS][400 * HIDDEN];
  pthread_t threads[THREADS];
  for (size_t i = 0; i < THREADS; i++)
    assert_int_equal(pthread_create(&threads[i], NULL, parse_in_thread, states[i]), 0);
  for (size_t i = 0; i < THREADS; i++) pthread_join(threads[i], NULL);
  assert_true(states[0][0] != 0);
  for (size_t i = 1; i < THREADS; i++) assert_memory_equal(states[0], states[i], sizeof states[0]);
}

static void test_wrong_models_are_refused(void **state) {
  const struct {
    const char *old, *new, *message;
  } cases[] = {{"dossier-model", "dossier_model", "format"},
               {"\"version\":\"1\"", "\"version\":\"2\"", "version"},
               {"NOUN", "NUUN", "NUUN"},
               {"obl:agent", "obl:agnet", "obl:agnet"},
               {"Tense=Past", "Tense=Pest", "Tense=Pest"},
               {"B-PER", "B-PUR", "B-PUR"},
               {"l-1+", "q-1+", "q-1+"},
               {"capital-first", "capital-forst", "capital-forst"},
               {"[CLS]", "[CLZ]", "[CLS]"},
               {"heads\\\":2", "heads\\\":3", "config"},
               {"layer.1.ffn2.scale", "layer.1.ffn3.scale", "layer.1.ffn2.scale"},
               {"\"I32\",\"shape\":[16]", "\"F32\",\"shape\":[16]", "text.class_start"},
               {"arc\\\":32", "arc\\\":64", "arc"}};
  char path[80];
  snprintf(path, sizeof path, "%s.bad", model_path);
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    write_model(path, cases[i].old, cases[i].new);
    dossier_error err = DOSSIER_ERROR_INIT;
    ds_model *bad;
    assert_int_equal(ds_model_open(&bad, path, &err), DOSSIER_INPUT);
    assert_null(bad);
    assert_string_equal(err.file, path);
    if (!strstr(err.message, cases[i].message)) fail_msg("%s: %s", cases[i].old, err.message);
  }
  unlink(path);
  dossier_error err = DOSSIER_ERROR_INIT;
  ds_model *none;
  assert_int_equal(ds_model_open(&none, "/no/such/model.safetensors", &err), DOSSIER_INPUT);
  assert_string_equal(err.file, "/no/such/model.safetensors");
}

/* --- the trained model --- */

static void test_trained_model(void **state) {
  const char *root = getenv("DOSSIER_TEST_ROOT");
  char path[512];
  snprintf(path, sizeof path, "%s/models/english.safetensors", root ? root : ".");
  if (!ds_file_exists(path)) skip();
  ds_model *english;
  ds_parser *parser;
  dossier_error err = DOSSIER_ERROR_INIT;
  if (ds_model_open(&english, path, &err) != DOSSIER_OK) fail_msg("%s", err.message);
  assert_int_equal(ds_parser_new(&parser, english, NULL), DOSSIER_OK);
  const char *const words[] = {"Iran",    "'s",       "intelligence", "minister", ",", "Esmail", "Khatib", ",",
                               "visited", "Kabul",    "on",           "Monday",   ".", NULL,     "The",    "village",
                               "was",     "attacked", "by",           "rebels",   ".", NULL,     NULL};
  ds_arena arena;
  ds_arena_init(&arena);
  ds_text text = text_of(&arena, words);
  ds_parse out = parse(parser, &arena, &text);
  const ds_word *w = out.words;
  assert_int_equal(w[8].head, DS_NO_HEAD);
  assert_int_equal(w[8].upos, DS_UPOS_VERB);
  assert_true(ds_str_eqz(w[8].lemma, "visit"));
  assert_int_equal(w[8].morph.tense, DS_TENSE_PAST);
  assert_int_equal(w[3].head, 8);
  assert_int_equal(w[3].deprel, DS_DEPREL_NSUBJ);
  assert_int_equal(w[0].deprel, DS_DEPREL_NMOD_POSS);
  assert_int_equal(w[9].deprel, DS_DEPREL_OBJ);
  assert_int_equal(w[16].head, DS_NO_HEAD);
  assert_int_equal(w[14].deprel, DS_DEPREL_NSUBJ_PASS);
  assert_int_equal(w[15].deprel, DS_DEPREL_AUX_PASS);
  assert_true(ds_str_eqz(w[15].lemma, "be"));
  assert_int_equal(ds_deprel_base((ds_deprel)w[18].deprel), DS_DEPREL_OBL);
  bool person = false, place = false;
  for (size_t i = 0; i < out.name_count; i++) {
    person = person || (out.names[i].first == 5 && out.names[i].count == 2 && out.names[i].kind == DS_NAME_PERSON);
    place = place || (out.names[i].first == 9 && out.names[i].count == 1 && out.names[i].kind == DS_NAME_PLACE);
  }
  assert_true(person && place);
  ds_arena_release(&arena);
  ds_parser_free(parser);
  ds_model_free(english);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_batches_change_nothing),
      cmocka_unit_test(test_instruction_sets_change_nothing),
      cmocka_unit_test(test_long_sentences_are_not_lost),
      cmocka_unit_test(test_odd_words),
      cmocka_unit_test(test_wordpieces),
      cmocka_unit_test(test_shapes),
      cmocka_unit_test(test_lemma_scripts),
      cmocka_unit_test(test_threads_share_a_model),
      cmocka_unit_test(test_wrong_models_are_refused),
      cmocka_unit_test(test_trained_model),
  };
  return cmocka_run_group_tests(tests, make_model, drop_model);
}
