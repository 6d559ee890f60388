/* The public interface: the way from articles to a graph, the invariants that hold over a set, and clear errors. */
#include <dossier/dossier.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static char folder[] = "/tmp/dossier-api-XXXXXX";
static dossier_engine *engine;
static bool trained;

static int set_up(void **state) {
  (void)state;
  dossier_error err = DOSSIER_ERROR_INIT;
  if (!mkdtemp(folder)) return -1;
  const dossier_engine_options options = {.data_dir = getenv("DOSSIER_TEST_ROOT")};
  if (dossier_engine_open(&engine, &options, &err) != DOSSIER_OK) {
    fprintf(stderr, "%s:%ld: %s\n", err.file, err.line, err.message);
    return -1;
  }
  trained = dossier_engine_prepare(engine, &err) == DOSSIER_OK;
  if (!trained) printf("some tests are skipped: %s\n", err.message);
  return 0;
}

static int tear_down(void **state) {
  char command[256];
  (void)state;
  dossier_engine_free(engine);
  snprintf(command, sizeof command, "rm -rf %s", folder);
  return system(command);
}

static const char *in_folder(const char *name) {
  static char path[4][256];
  static int next;
  next = (next + 1) % 4;
  snprintf(path[next], sizeof path[next], "%s/%s", folder, name);
  return path[next];
}

static const char *example(const char *name) {
  static char path[16][512]; /* more than any test asks for at once */
  static int next;
  next = (next + 1) % 16;
  snprintf(path[next], sizeof path[next], "%s/examples/articles/%s", getenv("DOSSIER_TEST_ROOT"), name);
  return path[next];
}

typedef struct text {
  char *data;
  size_t size;
} text;

static int keep(void *context, const char *bytes, size_t size) {
  text *t = context;
  char *data = realloc(t->data, t->size + size + 1);
  if (!data) return 12;
  memcpy(data + t->size, bytes, size);
  t->data = data;
  t->size += size;
  t->data[t->size] = 0;
  return 0;
}

static int refuse(void *context, const char *bytes, size_t size) {
  (void)context, (void)bytes, (void)size;
  return 28; /* ENOSPC */
}

static void must(dossier_status status, const dossier_error *err) {
  if (status != DOSSIER_OK) fail_msg("%s: %s", err->file, err->message);
}

static dossier_store *build(const char *name, const char *const *paths, size_t count, unsigned jobs,
                            dossier_report *report) {
  dossier_error err = DOSSIER_ERROR_INIT;
  dossier_store *store;
  const dossier_job job = {.jobs = jobs};
  must(dossier_store_open(&store, in_folder(name), DOSSIER_WRITE, &err), &err);
  must(dossier_build(store, engine, paths, count, &job, report, &err), &err);
  return store;
}

static char *export_of(dossier_store *store, const char *format) {
  dossier_error err = DOSSIER_ERROR_INIT;
  dossier_graph *graph;
  text t = {0};
  const dossier_sink sink = {keep, &t};
  must(dossier_graph_open(&graph, store, engine, NULL, &err), &err);
  must(dossier_graph_export(graph, format, &sink, &err), &err);
  dossier_graph_free(graph);
  return t.data;
}

static void every_claim_quotes_its_article_I1_I2(void **state) {
  (void)state;
  if (!trained) skip();
  dossier_error err = DOSSIER_ERROR_INIT;
  const char *const paths[] = {example("")};
  dossier_report report;
  dossier_store *store = build("all.db", paths, 1, 2, &report);
  dossier_graph *graph;
  must(dossier_graph_open(&graph, store, engine, NULL, &err), &err);
  assert_int_equal(report.added, dossier_graph_document_count(graph));
  assert_true(dossier_graph_claim_count(graph) > 20);
  for (size_t i = 0; i < dossier_graph_claim_count(graph); i++) {
    const dossier_claim *claim = dossier_graph_claim(graph, i);
    const char *article = dossier_graph_document(graph, claim->document)->text;
    assert_int_equal(strlen(claim->quote), claim->end - claim->start);
    assert_memory_equal(article + claim->start, claim->quote, claim->end - claim->start);
  }
  for (size_t i = 0; i < dossier_graph_tie_count(graph); i++) {
    const dossier_tie *tie = dossier_graph_tie(graph, i);
    assert_true(tie->claim_count > 0 && tie->weight > 0);
    for (size_t c = 0; c < tie->claim_count; c++)
      assert_string_equal(dossier_graph_claim(graph, tie->claims[c])->relation, tie->relation);
  }
  dossier_graph_free(graph);
  dossier_store_free(store);
}

static void order_threads_and_batches_do_not_matter_I3(void **state) {
  (void)state;
  if (!trained) skip();
  const char *const whole[] = {example("")};
  const char *const parts[] = {example("wires.jsonl"), example("articles.jsonl"), example("embassy-2024.html")};
  const char *const backwards[] = {example("embassy-2024.html"), example("articles.jsonl"), example("wires.jsonl")};
  dossier_store *one = build("one.db", whole, 1, 1, NULL);
  dossier_store *three = build("three.db", parts, 3, 3, NULL);
  dossier_store *back = build("back.db", backwards, 1, 2, NULL);
  dossier_store_free(back);
  back = build("back.db", backwards + 1, 2, 2, NULL);
  static const char *const formats[] = {"json", "graphml", "dot"};
  for (int i = 0; i < 3; i++) {
    char *a = export_of(one, formats[i]), *b = export_of(three, formats[i]), *c = export_of(back, formats[i]);
    assert_string_equal(a, b);
    assert_string_equal(a, c);
    free(a), free(b), free(c);
  }
  dossier_store_free(one), dossier_store_free(three), dossier_store_free(back);
}

static void adding_again_changes_nothing_I4(void **state) {
  (void)state;
  if (!trained) skip();
  const char *const paths[] = {example("wires.jsonl")};
  dossier_report first, second;
  dossier_store_free(build("again.db", paths, 1, 2, &first));
  dossier_store *store = build("again.db", paths, 1, 2, &second);
  assert_int_equal(first.added, 3);
  assert_int_equal(second.added, 0);
  assert_int_equal(second.known, 3);
  dossier_store_free(store);
}

static size_t weights_of(dossier_store *store) {
  dossier_graph *graph;
  size_t sum = 0;
  assert_int_equal(dossier_graph_open(&graph, store, engine, NULL, NULL), DOSSIER_OK);
  for (size_t i = 0; i < dossier_graph_tie_count(graph); i++) sum += dossier_graph_tie(graph, i)->weight;
  dossier_graph_free(graph);
  return sum;
}

static void a_copy_is_kept_and_adds_no_weight_I5(void **state) {
  (void)state;
  if (!trained) skip();
  const char *const original[] = {example("arms-2019.txt")}, *const copy[] = {example("arms-2019-copy.txt")};
  dossier_store *store = build("copy.db", original, 1, 1, NULL);
  size_t before = weights_of(store);
  dossier_store_free(store);
  store = build("copy.db", copy, 1, 1, NULL);
  assert_int_equal(weights_of(store), before);
  dossier_graph *graph;
  assert_int_equal(dossier_graph_open(&graph, store, engine, NULL, NULL), DOSSIER_OK);
  assert_int_equal(dossier_graph_document_count(graph), 2);
  size_t copies = 0;
  for (size_t i = 0; i < 2; i++) copies += dossier_graph_document(graph, i)->copy_of != DOSSIER_NOBODY;
  assert_int_equal(copies, 1);
  dossier_graph_free(graph);
  dossier_store_free(store);
}

static void an_analysis_needs_no_store(void **state) {
  (void)state;
  if (!trained) skip();
  dossier_error err = DOSSIER_ERROR_INIT;
  const char *words = "Kenya did not support Uganda in 2012.";
  const dossier_article article = {.text = words, .text_size = strlen(words), .published = "2013-01-05"};
  for (dossier_format format = DOSSIER_FORMAT_CONLLU; format <= DOSSIER_FORMAT_RECORD; format++) {
    dossier_analysis *analysis;
    text t = {0};
    const dossier_sink sink = {keep, &t}, full = {refuse, NULL};
    must(dossier_analyze(&analysis, engine, &article, &err), &err);
    must(dossier_analysis_write(analysis, format, &sink, &err), &err);
    assert_non_null(t.data);
    assert_non_null(strstr(t.data, "Kenya"));
    assert_int_equal(dossier_analysis_write(analysis, format, &full, &err), DOSSIER_SYSTEM);
    dossier_analysis_free(analysis);
    free(t.data);
  }
}

static void gold_tokens_pass_through(void **state) {
  (void)state;
  if (!trained) skip();
  dossier_error err = DOSSIER_ERROR_INIT;
  const char *conllu =
      "# sent_id = mine\n1-2\tdon't\t_\t_\t_\t_\t_\t_\t_\tSpaceAfter=No\n1\tdo\t_\t_\t_\t_\t_\t_\t_\t_\n"
      "2\tn't\t_\t_\t_\t_\t_\t_\t_\t_\n3\t!\t_\t_\t_\t_\t_\t_\t_\t_\n\n";
  dossier_analysis *analysis;
  text t = {0};
  const dossier_sink sink = {keep, &t};
  must(dossier_analyze_conllu(&analysis, engine, conllu, strlen(conllu), "", &err), &err);
  must(dossier_analysis_write(analysis, DOSSIER_FORMAT_CONLLU, &sink, &err), &err);
  assert_non_null(strstr(t.data, "# sent_id = mine\n1-2\tdon't\t_"));
  assert_non_null(strstr(t.data, "\n2\tn't\t"));
  assert_non_null(strstr(t.data, "\n3\t!\t"));
  dossier_analysis_free(analysis);
  free(t.data);
  /* A range that promises more words than come is cut to those that came. */
  const char *greedy = "1-99999999\tdon't\t_\n1\tdo\t_\n2\tn't\t_\n\n";
  text u = {0};
  const dossier_sink other = {keep, &u};
  must(dossier_analyze_conllu(&analysis, engine, greedy, strlen(greedy), "", &err), &err);
  must(dossier_analysis_write(analysis, DOSSIER_FORMAT_CONLLU, &other, &err), &err);
  assert_non_null(strstr(u.data, "1-2\tdon't\t_"));
  dossier_analysis_free(analysis);
  free(u.data);
  const char *broken = "1\n\n";
  assert_int_equal(dossier_analyze_conllu(&analysis, engine, broken, strlen(broken), "", &err), DOSSIER_INPUT);
  assert_null(analysis);
  assert_int_equal(err.line, 1);
}

static void wrong_input_is_named(void **state) {
  (void)state;
  dossier_error err = DOSSIER_ERROR_INIT;
  dossier_analysis *analysis;
  const dossier_article empty = {.text = " \n", .text_size = 2},
                        undated = {.text = "Kenya supports Uganda.", .text_size = 22, .published = "monday"};
  assert_int_equal(dossier_analyze(&analysis, engine, &empty, &err), DOSSIER_INPUT);
  assert_int_equal(dossier_analyze(&analysis, engine, &undated, &err), DOSSIER_USAGE);
  assert_non_null(strstr(err.message, "monday"));
  dossier_store *store;
  assert_int_equal(dossier_store_open(&store, in_folder("none.db"), DOSSIER_READ, &err), DOSSIER_INPUT);
  assert_null(store);
  dossier_engine *other;
  const dossier_engine_options nowhere = {.schema_dir = in_folder("no-schema")};
  assert_int_equal(dossier_engine_open(&other, &nowhere, &err), DOSSIER_INPUT);
  assert_null(other);
  dossier_engine_free(NULL), dossier_store_free(NULL), dossier_graph_free(NULL), dossier_analysis_free(NULL),
      dossier_reader_free(NULL);
}

static void a_missing_model_is_named_when_it_is_needed(void **state) {
  (void)state;
  dossier_error err = DOSSIER_ERROR_INIT;
  dossier_engine *other;
  const dossier_engine_options options = {.data_dir = getenv("DOSSIER_TEST_ROOT"), .model = in_folder("no-model")};
  must(dossier_engine_open(&other, &options, &err), &err);
  assert_int_equal(dossier_engine_prepare(other, &err), DOSSIER_INPUT);
  assert_non_null(strstr(err.file[0] ? err.file : err.message, "no-model"));
  dossier_engine_free(other);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(every_claim_quotes_its_article_I1_I2),
      cmocka_unit_test(order_threads_and_batches_do_not_matter_I3),
      cmocka_unit_test(adding_again_changes_nothing_I4),
      cmocka_unit_test(a_copy_is_kept_and_adds_no_weight_I5),
      cmocka_unit_test(an_analysis_needs_no_store),
      cmocka_unit_test(gold_tokens_pass_through),
      cmocka_unit_test(wrong_input_is_named),
      cmocka_unit_test(a_missing_model_is_named_when_it_is_needed),
  };
  return cmocka_run_group_tests_name("api", tests, set_up, tear_down);
}
