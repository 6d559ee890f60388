/* store/: what is written comes back; the same text changes nothing (I4); whole articles only (I7); foreign files are refused. */
#include "base/file.h"
#include "base/sha256.h"
#include "store/store.h"

#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>
#include <sqlite3.h>
#include <sys/wait.h>

static char folder[] = "/tmp/dossier-store-XXXXXX";
static char path[128];

static int make_folder(void **state) {
  (void)state;
  if (!mkdtemp(folder)) return -1;
  snprintf(path, sizeof path, "%s/test.db", folder);
  return 0;
}

static int remove_folder(void **state) {
  char command[256];
  (void)state;
  snprintf(command, sizeof command, "rm -rf %s", folder);
  return system(command);
}

static int remove_store(void **state) {
  static const char *const ends[] = {"", "-wal", "-shm"};
  (void)state;
  for (int i = 0; i < 3; i++) {
    char file[160];
    snprintf(file, sizeof file, "%s%s", path, ends[i]);
    unlink(file);
  }
  return 0;
}

static ds_str names[] = {{"Kenya", 5}, {"Nairobi", 7}};
static ds_str authors[] = {{"A. Writer", 9}};
static ds_record_entity entities[] = {{.kind = {"state", 5},
                                       .label = {"Kenya", 5},
                                       .known = {"kenya", 5},
                                       .names = names,
                                       .name_count = 2,
                                       .mentions = 3,
                                       .owner = DS_NO_ENTITY},
                                      {.kind = {"state", 5}, .label = {"Uganda", 6}, .mentions = 1, .owner = 0}};
static ds_record_claim claims[] = {{.subject = 0,
                                    .object = 1,
                                    .speaker = DS_NO_ENTITY,
                                    .relation = {"supports", 8},
                                    .date = {"2020-05", 7},
                                    .rule = {"supports.verb.back", 18},
                                    .polarity = DS_DENIED,
                                    .certainty = DS_REPORTED,
                                    .date_basis = DS_DATE_TEXT,
                                    .start = 0,
                                    .end = 19,
                                    .confidence = 0.75f,
                                    .subject_words = {"Kenya", 5},
                                    .object_words = {"Uganda", 6}}};

static ds_record make_record(const char *text) {
  ds_record record = {.entities = entities, .entity_count = 2, .claims = claims, .claim_count = 1};
  record.article = (ds_article){.path = {"a.txt", 5},
                                .text = ds_str_from(text),
                                .authors = authors,
                                .author_count = 1,
                                .published = {"2020-06-01", 10}};
  ds_sha256_hex(record.article.text, record.article.sha256);
  return record;
}

static ds_store *open_store(ds_store_mode mode) {
  dossier_error err = DOSSIER_ERROR_INIT;
  ds_store *store = NULL;
  if (ds_store_open(&store, path, mode, &err) != DOSSIER_OK) fail_msg("%s", err.message);
  return store;
}

static void add(ds_store *store, const char *text, bool expected) {
  dossier_error err = DOSSIER_ERROR_INIT;
  bool added;
  ds_record record = make_record(text);
  assert_int_equal(ds_store_add(store, &record, &added, &err), DOSSIER_OK);
  assert_int_equal(added, expected);
}

static void what_is_written_comes_back(void **state) {
  (void)state;
  ds_store *store = open_store(DS_STORE_WRITE);
  add(store, "Kenya backs Uganda. So it is.", true);
  ds_store_free(store);
  store = open_store(DS_STORE_READ);
  ds_arena arena;
  ds_arena_init(&arena);
  ds_record *records;
  size_t count;
  assert_int_equal(ds_store_read(store, &arena, &records, &count, NULL), DOSSIER_OK);
  assert_int_equal(count, 1);
  const ds_record *r = records;
  assert_true(ds_str_eqz(r->article.text, "Kenya backs Uganda. So it is."));
  assert_true(ds_str_eqz(r->article.authors[0], "A. Writer"));
  assert_int_equal(r->entity_count, 2);
  assert_int_equal(r->entities[0].name_count, 2);
  assert_true(ds_str_eqz(r->entities[0].names[1], "Nairobi"));
  assert_int_equal(r->entities[1].name_count, 0);
  assert_int_equal(r->entities[1].owner, 0);
  assert_int_equal(r->entities[0].owner, DS_NO_ENTITY);
  assert_int_equal(r->claims[0].polarity, DS_DENIED);
  assert_int_equal(r->claims[0].certainty, DS_REPORTED);
  assert_int_equal(r->claims[0].date_basis, DS_DATE_TEXT);
  assert_int_equal(r->claims[0].speaker, DS_NO_ENTITY);
  assert_true(ds_str_eqz(r->claims[0].rule, "supports.verb.back"));
  assert_true(r->claims[0].confidence == 0.75f);
  ds_arena_release(&arena);
  ds_store_free(store);
}

static void the_same_text_changes_nothing_I4(void **state) {
  (void)state;
  ds_store *store = open_store(DS_STORE_WRITE);
  size_t count;
  add(store, "Kenya backs Uganda.", true);
  add(store, "Kenya backs Uganda.", false);
  add(store, "Kenya backs Uganda!", true);
  assert_int_equal(ds_store_count(store, &count, NULL), DOSSIER_OK);
  assert_int_equal(count, 2);
  ds_store_free(store);
}

/* The same text by another publisher is an article of its own; the same article under a smaller path takes that path. */
static void a_repost_is_another_article_I5(void **state) {
  (void)state;
  ds_store *store = open_store(DS_STORE_WRITE);
  bool added;
  ds_record record = make_record("Kenya backs Uganda.");
  assert_int_equal(ds_store_add(store, &record, &added, NULL), DOSSIER_OK);
  record.article.publisher = DS_STR("The Nation");
  assert_int_equal(ds_store_add(store, &record, &added, NULL), DOSSIER_OK);
  assert_true(added);
  record.article.path = DS_STR("0.txt");
  assert_int_equal(ds_store_add(store, &record, &added, NULL), DOSSIER_OK);
  assert_false(added);
  ds_arena arena;
  ds_arena_init(&arena);
  ds_record *records;
  size_t count;
  assert_int_equal(ds_store_read(store, &arena, &records, &count, NULL), DOSSIER_OK);
  assert_int_equal(count, 2);
  assert_true(ds_str_eqz(records[0].article.path, "a.txt"));
  assert_true(ds_str_eqz(records[1].article.path, "0.txt"));
  ds_arena_release(&arena);
  ds_store_free(store);
}

/* A record whose second claim breaks the table's rules fails, and nothing of it stays. */
static void a_failed_article_leaves_nothing_I7(void **state) {
  (void)state;
  dossier_error err = DOSSIER_ERROR_INIT;
  ds_store *store = open_store(DS_STORE_WRITE);
  ds_record_entity broken[2] = {entities[0], entities[1]};
  ds_record record = make_record("Kenya backs Uganda.");
  record.entities = broken;
  sqlite3 *other;
  assert_int_equal(sqlite3_open(path, &other), SQLITE_OK);
  assert_int_equal(
      sqlite3_exec(other, "CREATE TRIGGER full BEFORE INSERT ON claims BEGIN SELECT RAISE(ABORT, 'disk full'); END",
                   NULL, NULL, NULL),
      SQLITE_OK);
  bool added;
  assert_int_not_equal(ds_store_add(store, &record, &added, &err), DOSSIER_OK);
  assert_non_null(strstr(err.message, "disk full"));
  assert_int_equal(sqlite3_exec(other, "DROP TRIGGER full", NULL, NULL, NULL), SQLITE_OK);
  sqlite3_close(other);
  size_t count;
  assert_int_equal(ds_store_count(store, &count, NULL), DOSSIER_OK);
  assert_int_equal(count, 0);
  add(store, "Kenya backs Uganda.", true);
  ds_store_free(store);
}

/* A child is killed while it writes; what it left opens and holds whole articles. */
static void a_crash_leaves_whole_articles_I7(void **state) {
  (void)state;
  pid_t child = fork();
  if (child == 0) {
    ds_store *store = NULL;
    if (ds_store_open(&store, path, DS_STORE_WRITE, NULL) != DOSSIER_OK) _exit(1);
    for (int i = 0;; i++) {
      char text[64];
      bool added;
      snprintf(text, sizeof text, "Kenya backs Uganda. Number %d.", i);
      ds_record record = make_record(text);
      if (ds_store_add(store, &record, &added, NULL) != DOSSIER_OK) _exit(1);
    }
  }
  usleep(150000);
  kill(child, SIGKILL);
  int status;
  waitpid(child, &status, 0);
  assert_true(WIFSIGNALED(status));
  ds_store *store = open_store(DS_STORE_WRITE);
  ds_arena arena;
  ds_arena_init(&arena);
  ds_record *records;
  size_t count;
  assert_int_equal(ds_store_read(store, &arena, &records, &count, NULL), DOSSIER_OK);
  assert_true(count > 0);
  for (size_t i = 0; i < count; i++) {
    assert_int_equal(records[i].entity_count, 2);
    assert_int_equal(records[i].claim_count, 1);
  }
  ds_arena_release(&arena);
  ds_store_free(store);
}

static void evidence_is_found_by_its_words(void **state) {
  (void)state;
  ds_store *store = open_store(DS_STORE_WRITE);
  add(store, "Kenya backs Uganda.", true);
  ds_arena arena;
  ds_arena_init(&arena);
  ds_store_hit *hits;
  size_t count;
  assert_int_equal(ds_store_search(store, &arena, DS_STR("uganda KENYA"), 10, &hits, &count, NULL), DOSSIER_OK);
  assert_int_equal(count, 1);
  assert_int_equal(hits[0].end, 19);
  assert_int_equal(ds_store_search(store, &arena, DS_STR("uganda rwanda"), 10, &hits, &count, NULL), DOSSIER_OK);
  assert_int_equal(count, 0);
  assert_int_equal(ds_store_search(store, &arena, DS_STR("\"NEAR( AND *"), 10, &hits, &count, NULL), DOSSIER_OK);
  assert_int_equal(count, 0);
  ds_arena_release(&arena);
  ds_store_free(store);
}

static void expect_refusal(const char *words, ds_store_mode mode) {
  dossier_error err = DOSSIER_ERROR_INIT;
  ds_store *store;
  assert_int_equal(ds_store_open(&store, path, mode, &err), DOSSIER_INPUT);
  assert_null(store);
  if (!strstr(err.message, words)) fail_msg("'%s' is not in '%s'", words, err.message);
}

static void foreign_and_newer_files_are_refused(void **state) {
  (void)state;
  sqlite3 *db;
  expect_refusal("no such store", DS_STORE_READ);
  assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
  assert_int_equal(sqlite3_exec(db, "CREATE TABLE mine(x)", NULL, NULL, NULL), SQLITE_OK);
  sqlite3_close(db);
  expect_refusal("no dossier store", DS_STORE_WRITE);
  remove_store(NULL);
  FILE *file = fopen(path, "w");
  fputs("this is a letter, and long enough to be looked at as a database file", file);
  fclose(file);
  expect_refusal("no dossier store", DS_STORE_WRITE);
  remove_store(NULL);
  ds_store_free(open_store(DS_STORE_WRITE));
  assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
  assert_int_equal(sqlite3_exec(db, "PRAGMA user_version = 99", NULL, NULL, NULL), SQLITE_OK);
  sqlite3_close(db);
  expect_refusal("version 99", DS_STORE_WRITE);
}

static void remember_fault(void *context, const char *message) {
  snprintf(context, 256, "%s", message);
}

static void check_finds_what_was_changed_behind_its_back(void **state) {
  (void)state;
  char message[256] = "";
  ds_store *store = open_store(DS_STORE_WRITE);
  add(store, "Kenya backs Uganda.", true);
  assert_int_equal(ds_store_check(store, remember_fault, message, NULL), DOSSIER_OK);
  sqlite3 *db;
  assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
  assert_int_equal(sqlite3_exec(db, "UPDATE claims SET end = 900", NULL, NULL, NULL), SQLITE_OK);
  assert_int_equal(ds_store_check(store, remember_fault, message, NULL), DOSSIER_INPUT);
  assert_non_null(strstr(message, "I1"));
  assert_int_equal(sqlite3_exec(db, "UPDATE claims SET end = 19; UPDATE articles SET text = 'Kenya backs Uganda?'",
                                NULL, NULL, NULL),
                   SQLITE_OK);
  assert_int_equal(ds_store_check(store, remember_fault, message, NULL), DOSSIER_INPUT);
  assert_non_null(strstr(message, "hash"));
  sqlite3_close(db);
  ds_store_free(store);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test_teardown(what_is_written_comes_back, remove_store),
      cmocka_unit_test_teardown(the_same_text_changes_nothing_I4, remove_store),
      cmocka_unit_test_teardown(a_repost_is_another_article_I5, remove_store),
      cmocka_unit_test_teardown(a_failed_article_leaves_nothing_I7, remove_store),
      cmocka_unit_test_teardown(a_crash_leaves_whole_articles_I7, remove_store),
      cmocka_unit_test_teardown(evidence_is_found_by_its_words, remove_store),
      cmocka_unit_test_teardown(foreign_and_newer_files_are_refused, remove_store),
      cmocka_unit_test_teardown(check_finds_what_was_changed_behind_its_back, remove_store),
  };
  return cmocka_run_group_tests_name("store", tests, make_folder, remove_folder);
}
