/* Unit tests of src/export, on networks made by hand. What other programs read of the files is tested in tests/interop. */
#include <libxml/parser.h>
#include <libxml/tree.h>
#include <locale.h>
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cjson/cJSON.h>
#include <cmocka.h>

#include "../interop/networks.h"
#include "base/utf8.h"
#include "export/evidence.h"
#include "export/export.h"
#include "export/out.h"

/* A sink that keeps all bytes, and fails once `room` of them came. */
typedef struct bucket {
  ds_buf bytes;
  size_t room, calls;
} bucket;

static int pour(void *context, const char *bytes, size_t size) {
  bucket *b = context;
  b->calls++;
  if (b->bytes.len + size > b->room) return 28; /* ENOSPC */
  ds_buf_append(&b->bytes, (ds_str){bytes, size});
  return 0;
}

static dossier_status export_to(maker *m, const char *format, bucket *b, dossier_error *err) {
  ds_measures *measures;
  assert_int_equal(ds_network_measure(&m->arena, &m->network, &measures, err), DOSSIER_OK);
  ds_export export = {&m->network, &m->ontology, measures};
  dossier_sink sink = {pour, b};
  return ds_export_find(format)->write(&export, &sink, err);
}

static ds_str exported(maker *m, const char *format) {
  bucket b = {.room = SIZE_MAX};
  dossier_error err = DOSSIER_ERROR_INIT;
  if (export_to(m, format, &b, &err) != DOSSIER_OK) fail_msg("%s", err.message);
  ds_str copy = ds_arena_str(&m->arena, ds_buf_str(&b.bytes));
  ds_buf_release(&b.bytes);
  return copy;
}

static const char *cleaned(maker *m, ds_str text) {
  ds_buf buf = {0};
  ds_utf8_repair(text, &buf);
  const char *copy = ds_arena_str(&m->arena, ds_buf_str(&buf)).ptr;
  ds_buf_release(&buf);
  return copy;
}

static void formats_are_listed(void **state) {
  size_t count;
  const ds_export_format *formats = ds_export_formats(&count);
  assert_int_equal(count, 3);
  for (size_t i = 0; i < count; i++) assert_ptr_equal(ds_export_find(formats[i].name), &formats[i]);
  assert_null(ds_export_find("gml"));
}

static void numbers(void **state) {
  static const struct {
    double value;
    const char *text;
  } cases[] = {{0, "0.0"},
               {1, "1.0"},
               {-2, "-2.0"},
               {0.25, "0.25"},
               {1.0 / 3, "0.333333"},
               {123456.7, "123456.7"},
               {1e-5, "0.00001"},
               {1.0 / 700000, "0.00000142857"},
               {1e-20, "0.0"},
               {10, "10.0"},
               {100000, "100000.0"},
               {NAN, "0.0"},
               {INFINITY, "0.0"},
               {0.9999999, "1.0"},
               {(double)0.9f, "0.9"}};
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    ds_buf buf = {0};
    ds_out_real(&buf, cases[i].value);
    assert_string_equal(buf.data, cases[i].text);
    ds_buf_release(&buf);
  }
}

static void every_sink_failure_is_reported(void **state) {
  static const char *const formats[] = {"graphml", "dot", "json"};
  maker *m = make_sample();
  for (size_t f = 0; f < 3; f++) {
    size_t whole = exported(m, formats[f]).len;
    for (size_t room = 0; room < whole; room += whole / 3 + 1) {
      bucket b = {.room = room};
      dossier_error err = DOSSIER_ERROR_INIT;
      assert_int_equal(export_to(m, formats[f], &b, &err), DOSSIER_SYSTEM);
      assert_non_null(strstr(err.message, "No space"));
      assert_int_equal(b.calls, 1); /* not asked again */
      ds_buf_release(&b.bytes);
    }
  }
  make_end(m);
}

static void large_exports_come_in_pieces(void **state) {
  maker *m = make_start();
  char quote[2000];
  memset(quote, 'q', sizeof quote - 1);
  quote[sizeof quote - 1] = 0;
  make_document(m, "d1", "P", "2020", "T", "", "");
  for (size_t i = 0; i < 500; i++) make_actor(m, ds_arena_printf(&m->arena, "a%03zu", i).ptr, "person", "Somebody", "");
  for (uint32_t i = 0; i < 499; i++) make_claim_at(m, 0, i, "meets", i + 1)->quote = kept(m, quote);
  made(m);
  static const char *const formats[] = {"graphml", "json", "dot"};
  for (size_t f = 0; f < 3; f++) {
    bucket b = {.room = SIZE_MAX};
    assert_int_equal(export_to(m, formats[f], &b, NULL), DOSSIER_OK);
    assert_true(b.bytes.len / b.calls < 128 * 1024);
    ds_buf_release(&b.bytes);
  }
  make_end(m);
}

static void same_network_same_bytes(void **state) {
  static const char *const formats[] = {"graphml", "dot", "json"};
  for (size_t f = 0; f < 3; f++) {
    maker *a = make_hostile(), *b = make_hostile();
    ds_str one = exported(a, formats[f]);
    bool comma = setlocale(LC_NUMERIC, "de_DE.UTF-8") != NULL; /* where the machine has it */
    ds_str two = exported(b, formats[f]);
    if (comma) setlocale(LC_NUMERIC, "C");
    assert_int_equal(one.len, two.len);
    assert_memory_equal(one.ptr, two.ptr, one.len);
    assert_true(ds_utf8_valid(one));
    make_end(a);
    make_end(b);
  }
}

static const char *get_text(const cJSON *object, const char *key) {
  const cJSON *item = cJSON_GetObjectItemCaseSensitive(object, key);
  if (!item) fail_msg("no %s", key);
  return cJSON_GetStringValue(item);
}

static void json_holds_everything(void **state) {
  maker *m = make_hostile();
  cJSON *root = cJSON_Parse(exported(m, "json").ptr);
  assert_non_null(root);
  const cJSON *nodes = cJSON_GetObjectItem(root, "nodes"), *edges = cJSON_GetObjectItem(root, "edges"), *item;
  const ds_network *n = &m->network;
  size_t i = 0;
  assert_int_equal(cJSON_GetArraySize(nodes), n->actor_count);
  cJSON_ArrayForEach(item, nodes) assert_string_equal(get_text(item, "label"), cleaned(m, n->actors[i++].label));
  i = 0;
  assert_int_equal(cJSON_GetArraySize(edges), n->tie_count);
  cJSON_ArrayForEach(item, edges) {
    assert_string_equal(get_text(item, "id"), n->ties[i].id.ptr);
    assert_string_equal(get_text(item, "source"), n->actors[n->ties[i].subject].id.ptr);
    if (n->ties[i].first.len)
      assert_string_equal(get_text(item, "first"), n->ties[i].first.ptr);
    else
      assert_null(get_text(item, "first"));
    i++;
  }
  i = 0;
  cJSON_ArrayForEach(item, cJSON_GetObjectItem(root, "claims")) {
    while (n->claims[i].tie == DS_NONE) i++;
    assert_string_equal(get_text(item, "quote"), cleaned(m, n->claims[i].quote));
    assert_string_equal(get_text(item, "id"), n->claims[i].id.ptr);
    i++;
  }
  cJSON_Delete(root);
  make_end(m);
}

static xmlNodePtr child(xmlNodePtr node, const char *name) {
  for (node = node->children; node; node = node->next)
    if (node->type == XML_ELEMENT_NODE && strcmp((const char *)node->name, name) == 0) return node;
  return NULL;
}

/* The text of a <data>, or "" where it is left out. To be freed. */
static char *data_of(xmlNodePtr node, const char *key) {
  for (xmlNodePtr d = node->children; d; d = d->next) {
    if (d->type != XML_ELEMENT_NODE) continue;
    xmlChar *name = xmlGetProp(d, BAD_CAST "key");
    bool found = strcmp((char *)name, key) == 0;
    xmlFree(name);
    if (found) return (char *)xmlNodeGetContent(d);
  }
  return (char *)xmlStrdup(BAD_CAST "");
}

static void expect_data(xmlNodePtr node, const char *key, const char *wanted) {
  char *got = data_of(node, key);
  if (strcmp(got, wanted) != 0) fail_msg("%s is \"%s\", wanted \"%s\"", key, got, wanted);
  xmlFree(got);
}

static void graphml_keeps_texts(void **state) {
  maker *m = make_hostile();
  const ds_network *n = &m->network;
  ds_str xml = exported(m, "graphml");
  xmlDocPtr doc = xmlReadMemory(xml.ptr, (int)xml.len, "x", NULL, XML_PARSE_NONET);
  assert_non_null(doc);
  xmlNodePtr at = child(child(xmlDocGetRootElement(doc), "graph"), "node");
  size_t nodes = 0, edges = 0;
  for (; at; at = at->next) {
    if (at->type != XML_ELEMENT_NODE) continue;
    xmlChar *id = xmlGetProp(at, BAD_CAST "id");
    if (strcmp((const char *)at->name, "node") == 0) {
      expect_data(at, "n_label", cleaned(m, n->actors[actor_at(m, (const char *)id)].label));
      nodes++;
    } else {
      const ds_net_tie *tie = &n->ties[edges++];
      assert_string_equal((const char *)id, tie->id.ptr);
      expect_data(at, "e_statement_id", tie->id.ptr);
      uint32_t best = 0;
      assert_int_equal(ds_evidence_best(n, tie, &best, 1), 1);
      expect_data(at, "e_quote", cleaned(m, n->claims[best].quote));
      expect_data(at, "e_polarity", ds_polarity_name((ds_polarity)tie->polarity));
    }
    xmlFree(id);
  }
  assert_int_equal(edges, n->tie_count);
  assert_int_equal(nodes, n->actor_count - 3); /* "B", "isolated", "z-self" have no tie */
  xmlFreeDoc(doc);
  make_end(m);
}

static void graphml_shows_the_best_evidence(void **state) {
  maker *m = make_sample();
  ds_str xml = exported(m, "graphml");
  xmlDocPtr doc = xmlReadMemory(xml.ptr, (int)xml.len, "x", NULL, XML_PARSE_NONET);
  for (xmlNodePtr at = child(child(xmlDocGetRootElement(doc), "graph"), "edge"); at; at = at->next) {
    if (at->type != XML_ELEMENT_NODE) continue;
    char *id = data_of(at, "e_statement_id");
    if (strcmp(id, "iran.cooperates_with.taliban") == 0) {
      expect_data(at, "e_name", "Iran (cooperates_with) Taliban #iran.cooperates_with.taliban");
      expect_data(at, "e_label", "cooperates with");
      expect_data(at, "e_symmetric", "true");
      expect_data(at, "e_weight", "3.0");
      expect_data(at, "e_source_count", "3");
      expect_data(at, "e_source_publisher", "Deutsche Welle");
      expect_data(at, "e_speakers", "Esmail Khatib");
      expect_data(at, "e_date", "2018~/..");
      expect_data(at, "e_date_start", "2018-01-01");
      expect_data(at, "e_date_end", "2024-02-11");
      expect_data(at, "e_date_open", "end");
      char *evidence = data_of(at, "e_evidence");
      assert_non_null(strstr(evidence, " | Amu TV, 2024-02-11: \"the two sides"));
      xmlFree(evidence);
    }
    xmlFree(id);
  }
  xmlFreeDoc(doc);
  make_end(m);
}

static void dot_has_every_tie(void **state) {
  maker *m = make_sample();
  ds_str dot = exported(m, "dot");
  for (size_t t = 0; t < m->network.tie_count; t++) {
    const ds_net_tie *tie = &m->network.ties[t];
    ds_str line = ds_arena_printf(&m->arena, "  \"%s\" -> \"%s\" [key=\"%s\"", m->actors[tie->subject].id.ptr,
                                  m->actors[tie->object].id.ptr, tie->id.ptr);
    size_t at;
    assert_true(ds_str_find(dot, line, &at));
  }
  assert_non_null(strstr(dot.ptr, "layout=dot"));
  assert_non_null(strstr(dot.ptr, "label=\" denied: arms \""));
  assert_null(strstr(dot.ptr, "\"nimruz\"")); /* no tie */
  make_end(m);
}

/* One claim for each date. */
static void expect_when(const char *dates, const char *date, const char *start, const char *end, const char *open) {
  maker *m = make_start();
  make_document(m, "d1", "P", "2024-03", "T", "", "");
  make_actor(m, "a", "person", "A", "");
  make_actor(m, "b", "person", "B", "");
  ds_str rest = ds_str_from(dates), part;
  while (ds_str_split(&rest, ' ', &part)) make_claim(m, "d1", "a", "meets", "b")->date = part;
  made(m);
  ds_evidence_when when;
  ds_evidence_when_get(&m->network, &m->network.ties[0], ds_evidence_latest(&m->network), &when);
  assert_string_equal(when.date, date);
  assert_string_equal(when.start, start);
  assert_string_equal(when.end, end);
  assert_string_equal(when.open, open);
  make_end(m);
}

static void dates_of_edges(void **state) {
  expect_when("2023-09-15", "2023-09-15", "2023-09-15", "2023-09-15", "");
  expect_when("2012", "2012", "2012-01-01", "2012-12-31", "");
  expect_when("2024-02~", "2024-02~", "2024-02-01", "2024-02-29", "");
  expect_when("2012 2015-06", "2012/2015-06", "2012-01-01", "2015-06-30", "");
  expect_when("2012 2012-06", "2012", "2012-01-01", "2012-12-31", "");
  expect_when("199X 2001", "1990-01-01/2001", "1990-01-01", "2001-12-31", "");
  expect_when("2021-21 2022", "2021-03-01/2022", "2021-03-01", "2022-12-31", "");
  expect_when("2017-06/..", "2017-06/..", "2017-06-01", "2024-03-31", "end");
  expect_when("2030/..", "2030/..", "2030-01-01", "2030-01-01", "end");
  expect_when("../2015", "../2015", "2015-12-31", "2015-12-31", "start");
  expect_when("../2015 2016", "../2016", "2015-12-31", "2016-12-31", "start");
  expect_when("nonsense", "", "", "", "");
}

static void best_claims_come_first(void **state) {
  maker *m = make_start();
  make_document(m, "d1", "P", "2020", "T", "", "");
  make_document(m, "d2", "P", "2020", "T", "", "");
  make_document(m, "d3", "P", "2020", "T", "", "");
  m->documents[2].copy_of = 1;
  make_actor(m, "a", "person", "A", "");
  make_actor(m, "b", "person", "B", "");
  make_claim(m, "d1", "a", "meets", "b")->certainty = DS_POSSIBLE;
  make_claim(m, "d1", "a", "meets", "b")->certainty = DS_REPORTED;
  make_claim(m, "d2", "a", "meets", "b")->confidence = 0.5f;
  make_claim(m, "d3", "a", "meets", "b")->confidence = 0.9f; /* a copy */
  made(m);
  uint32_t best[4];
  assert_int_equal(ds_evidence_best(&m->network, &m->network.ties[0], best, 4), 2);
  assert_int_equal(best[0], 2);
  assert_int_equal(best[1], 1);
  make_end(m);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(formats_are_listed),
      cmocka_unit_test(numbers),
      cmocka_unit_test(every_sink_failure_is_reported),
      cmocka_unit_test(large_exports_come_in_pieces),
      cmocka_unit_test(same_network_same_bytes),
      cmocka_unit_test(json_holds_everything),
      cmocka_unit_test(graphml_keeps_texts),
      cmocka_unit_test(graphml_shows_the_best_evidence),
      cmocka_unit_test(dot_has_every_tie),
      cmocka_unit_test(dates_of_edges),
      cmocka_unit_test(best_claims_come_first),
  };
  int failed = cmocka_run_group_tests_name("export", tests, NULL, NULL);
  xmlCleanupParser();
  return failed;
}
