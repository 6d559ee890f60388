/* Unit tests of src/resolve: the cases of tests/corpus/resolve (their format stands in actors.txt), each also in other orders of
 * its articles (invariant I3), and larger made-up sets. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/file.h"
#include "base/sha256.h"
#include "resolve/internal.h"

#define MAX_ARTICLES 4000
#define MAX_ITEMS 24

static ds_ontology ontology;
static ds_arena ontology_arena;

/* ---- reading a case ---- */

typedef struct records {
  ds_arena arena;
  ds_record *items;
  size_t count;
} records;

static ds_str copy(ds_arena *arena, ds_str s) {
  ds_str c = ds_arena_str(arena, s);
  assert_non_null(c.ptr);
  return c;
}

/* The part before the separator, trimmed; *rest goes on behind it. */
static ds_str take(ds_str *rest, char separator) {
  ds_str part = DS_STR("");
  ds_str_split(rest, separator, &part);
  return ds_str_trim(part);
}

/* "key=value" among the words of a line. */
static ds_str option(ds_str line, const char *key) {
  ds_str word;
  while (ds_str_split(&line, ' ', &word))
    if (ds_str_starts(word, ds_str_from(key))) return ds_str_sub(word, strlen(key), word.len);
  return DS_STR("");
}

static uint32_t number(ds_str s, uint32_t otherwise) {
  uint32_t n;
  return ds_str_to_u32(s, &n) ? n : otherwise;
}

/* "person Esmail Khatib | Khatib ; known=x owner=1 mentions=3" */
static void read_entity(ds_arena *arena, ds_record *record, ds_str kind, ds_str line) {
  ds_record_entity *e = &record->entities[record->entity_count++];
  assert_true(record->entity_count <= MAX_ITEMS);
  ds_str names = take(&line, ';');
  e->kind = copy(arena, kind);
  e->known = copy(arena, option(line, "known="));
  e->owner = number(option(line, "owner="), 0);
  e->owner = e->owner ? e->owner - 1 : DS_NO_ENTITY;
  e->mentions = number(option(line, "mentions="), 1);
  e->names = ds_arena_array(arena, MAX_ITEMS, sizeof(ds_str));
  for (ds_str name; names.len && (name = take(&names, '|'), true);) e->names[e->name_count++] = copy(arena, name);
  ds_str label = option(line, "label=");
  e->label = label.len ? copy(arena, label) : e->names[0];
}

/* "claim 1 supports 2 denied possible date=2015 by=1" */
static void read_claim(ds_arena *arena, ds_record *record, ds_str line) {
  ds_record_claim *c = &record->claims[record->claim_count++];
  assert_true(record->claim_count <= MAX_ITEMS);
  ds_str options = line;
  c->subject = number(take(&line, ' '), 1) - 1;
  c->relation = copy(arena, take(&line, ' '));
  c->object = number(take(&line, ' '), 1) - 1;
  c->speaker = number(option(options, "by="), 0);
  c->speaker = c->speaker ? c->speaker - 1 : DS_NO_ENTITY;
  c->date = copy(arena, option(options, "date="));
  c->date_basis = c->date.len ? DS_DATE_TEXT : DS_DATE_NONE;
  size_t at;
  c->polarity = ds_str_find(options, DS_STR("denied"), &at) ? DS_DENIED : DS_AFFIRMED;
  c->certainty = ds_str_find(options, DS_STR("possible"), &at)   ? DS_POSSIBLE
                 : ds_str_find(options, DS_STR("reported"), &at) ? DS_REPORTED
                                                                 : DS_STATED;
  c->end = 3;
  c->confidence = 0.5f;
  c->rule = copy(arena, DS_STR("test"));
  c->subject_words = c->object_words = c->role = DS_STR("");
}

static ds_record *new_record(records *r, ds_str path, ds_str published) {
  ds_record *record = &r->items[r->count++];
  assert_true(r->count <= MAX_ARTICLES);
  record->article.path = copy(&r->arena, path);
  record->article.published = copy(&r->arena, published);
  record->article.publisher = record->article.title = record->article.url = DS_STR("");
  record->article.text = ds_arena_printf(&r->arena, "The text of %.*s", DS_STR_ARG(path));
  record->entities = ds_arena_array(&r->arena, MAX_ITEMS, sizeof(ds_record_entity));
  record->claims = ds_arena_array(&r->arena, MAX_ITEMS, sizeof(ds_record_claim));
  return record;
}

static void read_records(ds_str text, records *r) {
  ds_record *record = NULL;
  ds_arena_init(&r->arena);
  r->items = ds_arena_array(&r->arena, MAX_ARTICLES, sizeof(ds_record));
  r->count = 0;
  for (ds_str line; ds_str_split(&text, '\n', &line);) {
    line = ds_str_trim(line);
    if (!line.len) continue;
    ds_str rest = line, word = take(&rest, ' ');
    rest = ds_str_trim(rest);
    if (ds_str_eqz(word, "article")) {
      ds_str path = take(&rest, ' ');
      record = new_record(r, path, ds_str_trim(rest));
    } else if (ds_str_eqz(word, "publisher"))
      record->article.publisher = copy(&r->arena, rest);
    else if (ds_str_eqz(word, "title"))
      record->article.title = copy(&r->arena, rest);
    else if (ds_str_eqz(word, "text"))
      record->article.text = copy(&r->arena, rest);
    else if (ds_str_eqz(word, "claim"))
      read_claim(&r->arena, record, rest);
    else
      read_entity(&r->arena, record, word, rest);
  }
  for (size_t i = 0; i < r->count; i++) ds_sha256_hex(r->items[i].article.text, r->items[i].article.sha256);
}

/* ---- showing a network ---- */

static void show_actor(const ds_network *n, const ds_net_actor *a, ds_buf *out) {
  ds_buf_printf(out, "%.*s | %.*s | %.*s", DS_STR_ARG(a->id), DS_STR_ARG(ontology.kinds[a->kind].name),
                DS_STR_ARG(a->label));
  for (size_t i = 0; i < a->alias_count; i++)
    ds_buf_printf(out, "%s%.*s (%.*s)", i ? ", " : " | ", DS_STR_ARG(a->aliases[i].name),
                  DS_STR_ARG(a->aliases[i].reason));
  if (a->owner != DS_NONE) ds_buf_printf(out, " | of %.*s", DS_STR_ARG(n->actors[a->owner].id));
  ds_buf_byte(out, '\n');
}

static void show_tie(const ds_network *n, const ds_net_tie *t, ds_buf *out) {
  static const char *const certainty[] = {"stated", "reported", "possible"};
  ds_buf_printf(out, "tie %.*s | %s | %u", DS_STR_ARG(t->id), certainty[t->certainty], t->weight);
  if (t->first.len) ds_buf_printf(out, " | %.*s to %.*s", DS_STR_ARG(t->first), DS_STR_ARG(t->last));
  for (size_t i = 0; i < t->speaker_count; i++)
    ds_buf_printf(out, " | by %.*s", DS_STR_ARG(n->actors[t->speakers[i]].id));
  ds_buf_byte(out, '\n');
}

static void show(const ds_network *n, ds_buf *out) {
  for (size_t i = 0; i < n->actor_count; i++) show_actor(n, &n->actors[i], out);
  for (size_t i = 0; i < n->document_count; i++)
    if (n->documents[i].copy_of != DS_NONE)
      ds_buf_printf(out, "copy %.*s of %.*s\n", DS_STR_ARG(n->documents[i].id),
                    DS_STR_ARG(n->documents[n->documents[i].copy_of].id));
  for (size_t i = 0; i < n->tie_count; i++) show_tie(n, &n->ties[i], out);
}

/* All that a network says, for comparing two. */
static void show_all(const ds_network *n, ds_buf *out) {
  show(n, out);
  for (size_t i = 0; i < n->document_count; i++)
    ds_buf_printf(out, "%.*s %s %u %u %f\n", DS_STR_ARG(n->documents[i].id), n->documents[i].article->sha256,
                  n->documents[i].first_claim, n->documents[i].claim_count, (double)n->documents[i].copy_share);
  for (size_t i = 0; i < n->claim_count; i++)
    ds_buf_printf(out, "%.*s %u %u %u %u\n", DS_STR_ARG(n->claims[i].id), n->claims[i].subject, n->claims[i].relation,
                  n->claims[i].object, n->claims[i].tie);
  for (size_t i = 0; i < n->actor_count; i++)
    ds_buf_printf(out, "%u %u %u\n", n->actors[i].documents, n->actors[i].mentions, n->actors[i].claims);
}

/* What holds of every network (I1, I2, the orders that resolve.h promises). */
static void check(const ds_network *n) {
  for (size_t i = 1; i < n->actor_count; i++) assert_true(ds_str_cmp(n->actors[i - 1].id, n->actors[i].id) < 0);
  for (size_t i = 1; i < n->document_count; i++)
    assert_true(ds_str_cmp(n->documents[i - 1].id, n->documents[i].id) < 0);
  for (uint32_t i = 0; i < n->actor_count; i++) {
    assert_true(n->actors[i].documents > 0);
    assert_int_equal(ds_network_actor(n, n->actors[i].id), i);
  }
  for (uint32_t i = 0; i < n->claim_count; i++) {
    const ds_net_claim *c = &n->claims[i];
    ds_str text = n->documents[c->document].article->text;
    assert_true(ds_str_eq(c->quote, ds_str_sub(text, c->start, c->end)));
    assert_int_equal(ds_network_claim(n, c->id), i);
    assert_true((c->tie == DS_NONE) == (c->subject == c->object));
  }
  for (uint32_t i = 0; i < n->tie_count; i++) {
    assert_true(n->ties[i].claim_count > 0 && n->ties[i].weight > 0 && n->ties[i].weight <= n->ties[i].claim_count);
    assert_int_equal(ds_network_tie(n, n->ties[i].id), i);
  }
  for (uint32_t i = 0; i < n->document_count; i++) {
    const ds_net_document *d = &n->documents[i];
    assert_int_equal(ds_network_document(n, d->id), i);
    assert_true(d->copy_of == DS_NONE || n->documents[d->copy_of].copy_of == DS_NONE);
  }
}

static void make(records *r, void (*shower)(const ds_network *, ds_buf *), ds_buf *out) {
  ds_arena arena;
  ds_network network;
  dossier_error err = DOSSIER_ERROR_INIT;
  ds_arena_init(&arena);
  if (ds_network_make(&arena, &ontology, r->items, r->count, &network, &err)) fail_msg("%s", err.message);
  check(&network);
  shower(&network, out);
  ds_arena_release(&arena);
}

static void shuffle(records *r, unsigned seed) {
  for (size_t i = r->count; i > 1; i--) {
    seed = seed * 1103515245 + 12345;
    size_t k = (seed >> 16) % i;
    ds_record swap = r->items[i - 1];
    r->items[i - 1] = r->items[k];
    r->items[k] = swap;
  }
}

/* The same bytes in any order (I3), and when some articles come twice (I4). */
static void check_orders(records *r) {
  ds_buf first;
  ds_buf_init(&first);
  make(r, show_all, &first);
  size_t count = r->count;
  for (unsigned seed = 1; seed <= 5; seed++) {
    ds_buf again;
    ds_buf_init(&again);
    if (seed == 5 && count > 0) r->items[r->count++] = r->items[0];
    shuffle(r, seed);
    make(r, show_all, &again);
    if (!ds_str_eq(ds_buf_str(&first), ds_buf_str(&again)))
      fail_msg("another order gives\n%s\ninstead of\n%s", again.data, first.data);
    ds_buf_release(&again);
  }
  ds_buf_release(&first);
}

/* ---- cases ---- */

static bool cut(ds_str *rest, const char *mark, ds_str *part, ds_str *line) {
  for (size_t at = 0; at < rest->len;) {
    ds_str here = ds_str_sub(*rest, at, rest->len), first, after = here;
    ds_str_split(&after, '\n', &first);
    if (ds_str_starts(first, ds_str_from(mark))) {
      *part = ds_str_sub(*rest, 0, at);
      *line = first;
      *rest = after;
      return true;
    }
    at += first.len + 1;
  }
  return false;
}

static size_t run_case(const char *file, ds_str title, ds_str body) {
  ds_str input, line;
  records r;
  ds_buf found;
  if (!cut(&body, "---", &input, &line)) fail_msg("%s: %.*s: no line of dashes", file, DS_STR_ARG(title));
  read_records(input, &r);
  ds_buf_init(&found);
  make(&r, show, &found);
  bool same = ds_str_eq(ds_str_trim(ds_buf_str(&found)), ds_str_trim(body));
  if (!same)
    print_error("%s: %.*s\n  expected\n%.*s\n  found\n%s\n", file, DS_STR_ARG(title), DS_STR_ARG(ds_str_trim(body)),
                found.data);
  check_orders(&r);
  ds_buf_release(&found);
  ds_arena_release(&r.arena);
  return !same;
}

static size_t run_file(const char *path, size_t *cases) {
  ds_buf bytes;
  ds_buf_init(&bytes);
  assert_int_equal(ds_file_read(path, &bytes, NULL), DOSSIER_OK);
  ds_str rest = ds_buf_str(&bytes), part, title = DS_STR_NONE, next = DS_STR_NONE;
  size_t failed = 0;
  cut(&rest, "== ", &part, &title);
  for (bool more = title.len > 0; more; title = next) {
    more = cut(&rest, "== ", &part, &next);
    failed += run_case(path, title, more ? part : rest);
    ++*cases;
  }
  ds_buf_release(&bytes);
  return failed;
}

static void test_cases(void **state) {
  (void)state;
  char folder[512], path[1024];
  const char *root = getenv("DOSSIER_TEST_ROOT");
  ds_arena arena;
  ds_str *names;
  size_t count, failed = 0, cases = 0;
  ds_arena_init(&arena);
  snprintf(folder, sizeof folder, "%s/tests/corpus/resolve", root ? root : ".");
  assert_int_equal(ds_folder_list(&arena, folder, &names, &count, NULL), DOSSIER_OK);
  for (size_t i = 0; i < count; i++) {
    snprintf(path, sizeof path, "%s/%.*s", folder, DS_STR_ARG(names[i]));
    failed += run_file(path, &cases);
  }
  ds_arena_release(&arena);
  assert_true(cases >= 30);
  assert_int_equal(failed, 0);
}

static void test_empty(void **state) {
  (void)state;
  records r = {0};
  ds_buf out;
  ds_buf_init(&out);
  make(&r, show_all, &out);
  assert_int_equal(out.len, 0);
  ds_buf_release(&out);
}

static void test_bad_records(void **state) {
  (void)state;
  static const char *const broken[] = {"article a 2020\ndragon Smaug", "article a 2020\nstate X\nclaim 1 befriends 1",
                                       "article a 2020\nstate X\nclaim 1 supports 7"};
  static const char *const says[] = {"dragon", "befriends", "outside"};
  for (size_t i = 0; i < 3; i++) {
    records r;
    ds_arena arena;
    ds_network network;
    dossier_error err = DOSSIER_ERROR_INIT;
    ds_arena_init(&arena);
    read_records(ds_str_from(broken[i]), &r);
    assert_int_equal(ds_network_make(&arena, &ontology, r.items, r.count, &network, &err), DOSSIER_INPUT);
    assert_non_null(strstr(err.message, says[i]));
    assert_int_equal(network.actor_count, 0);
    ds_arena_release(&arena);
    ds_arena_release(&r.arena);
  }
}

static void test_persons(void **state) {
  (void)state;
  static const struct {
    const char *a, *b;
    rs_likeness like;
  } pairs[] = {
      {"qassem soleimani", "ghasem soleimani", RS_SPELLING},
      {"qasem soleimani", "qassim suleimani", RS_SPELLING},
      {"mohammad khatami", "mohammed khatami", RS_SPELLING},
      {"esmail khatib", "ismail khateeb", RS_SPELLING},
      {"hassan nasrallah", "hussein nasrallah", RS_UNLIKE},
      {"ali karimi", "ala karimi", RS_UNLIKE},
      {"wang jun", "weng jun", RS_UNLIKE},
      {"kim jong un", "kim jong il", RS_UNLIKE},
      {"john kerry", "john f kerry", RS_SHORTER},
      {"j kerry", "john kerry", RS_SHORTER},
      {"george w bush", "george h w bush", RS_UNLIKE},
      {"john smith", "john smith jr", RS_UNLIKE},
      {"zhang xiaoming", "zhang xiaomeng", RS_UNLIKE},
      {"salim khan", "salam khan", RS_UNLIKE},
      {"ahmad al shami", "ahmed shami", RS_SPELLING},
      {"khatib", "esmail khatib", RS_UNLIKE},
      {"maria lopez garcia", "maria garcia", RS_SHORTER},
      {"pedro garcia", "maria garcia", RS_UNLIKE},
      {"maria martinez", "mario martinez", RS_UNLIKE},
      {"mostafa madbouli", "mostafa madbouly", RS_SPELLING},
      {"ebrahim raisi", "ibrahim raisi", RS_SPELLING},
      {"omar abdullah", "amir abdullah", RS_UNLIKE},
  };
  for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
    ds_str a = ds_str_from(pairs[i].a), b = ds_str_from(pairs[i].b);
    if (rs_persons_alike(a, b) != pairs[i].like || rs_persons_alike(b, a) != pairs[i].like)
      fail_msg("%s, %s: %d, %d", pairs[i].a, pairs[i].b, rs_persons_alike(a, b), rs_persons_alike(b, a));
    ds_arena arena;
    ds_arena_init(&arena);
    if (pairs[i].like != RS_UNLIKE) assert_true(ds_str_eq(rs_person_key(&arena, a), rs_person_key(&arena, b)));
    ds_arena_release(&arena);
  }
}

static void test_names(void **state) {
  (void)state;
  static const char *const folds[][2] = {{"The U.S.", "us"},      {"Al-Qa\xE2\x80\x99ida", "al qaida"},
                                         {"Apple Inc.", "apple"}, {"Johnson & Johnson", "johnson and johnson"},
                                         {"Iran's", "iran"},      {"\xC3\x89mile Zola", "emile zola"}};
  static const char *const slugs[][2] = {
      {"Esmail Khatib", "esmail-khatib"}, {"313 Brigade", "_313-brigade"}, {"S\xC3\xA3o Paulo", "sao-paulo"}};
  ds_arena arena;
  ds_arena_init(&arena);
  for (size_t i = 0; i < sizeof folds / sizeof *folds; i++) {
    ds_str folded = rs_fold(&arena, ds_str_from(folds[i][0]));
    if (!ds_str_eqz(folded, folds[i][1])) fail_msg("%s: %.*s", folds[i][0], DS_STR_ARG(folded));
  }
  for (size_t i = 0; i < sizeof slugs / sizeof *slugs; i++) {
    ds_str slug = rs_slug(&arena, ds_str_from(slugs[i][0]));
    if (!ds_str_eqz(slug, slugs[i][1])) fail_msg("%s: %.*s", slugs[i][0], DS_STR_ARG(slug));
  }
  assert_true(ds_str_eqz(rs_fold_person(&arena, DS_STR("Gen. Qassem Soleimani")), "qassem soleimani"));
  assert_true(ds_str_eqz(rs_fold_person(&arena, DS_STR("King Abdullah")), "king abdullah"));
  assert_true(rs_is_acronym(DS_STR("IRGC")) && rs_is_acronym(DS_STR("U.N.")) && !rs_is_acronym(DS_STR("Iran")));
  assert_true(rs_acronym_fits(DS_STR("irgc"), DS_STR("islamic revolutionary guard corps")));
  assert_false(rs_acronym_fits(DS_STR("irgc"), DS_STR("international red cross")));
  assert_true(rs_is_generic(DS_STR("foreign ministry")) && !rs_is_generic(DS_STR("quds force")));
  ds_arena_release(&arena);
}

static void test_word_lists(void **state) {
  (void)state;
  assert_true(rs_lists_in_order());
  assert_true(rs_is_generic(DS_STR("administration welfare ministry court the air union water")));
  assert_false(rs_is_generic(DS_STR("ministry of silly walks")));
}

/* Thousands of articles with few names: quick, and the same in any order. */
static void test_many(void **state) {
  (void)state;
  static const char *const given[] = {"Qassem", "Qasem", "Ghasem", "Hassan", "Hussein",
                                      "Ali",    "Reza",  "Maria",  "John",   "J."};
  static const char *const surnames[] = {"Khan", "Karimi", "Rahimi", "Smith", "Garcia", "Hosseini"};
  records r = {0};
  ds_arena_init(&r.arena);
  r.items = ds_arena_array(&r.arena, MAX_ARTICLES, sizeof(ds_record));
  unsigned seed = 7;
  for (unsigned i = 0; i < 3000; i++) {
    char path[32];
    snprintf(path, sizeof path, "a%u.txt", i);
    ds_record *record = new_record(&r, ds_str_from(path), DS_STR("2020-01"));
    for (unsigned k = 0; k < 6; k++) {
      char line[128];
      seed = seed * 1103515245 + 12345;
      snprintf(line, sizeof line, "%s %s | %s", given[(seed >> 16) % 10], surnames[(seed >> 20) % 6],
               surnames[(seed >> 20) % 6]);
      read_entity(&r.arena, record, DS_STR("person"), ds_str_from(line));
    }
    read_claim(&r.arena, record, DS_STR("1 meets 2"));
    ds_sha256_hex(record->article.text, record->article.sha256);
  }
  check_orders(&r);
  ds_arena_release(&r.arena);
}

int main(void) {
  char path[1024];
  const char *root = getenv("DOSSIER_TEST_ROOT");
  dossier_error err = DOSSIER_ERROR_INIT;
  snprintf(path, sizeof path, "%s/schema/ontology.yaml", root ? root : ".");
  ds_arena_init(&ontology_arena);
  if (ds_ontology_read(&ontology_arena, path, &ontology, &err)) return fprintf(stderr, "%s\n", err.message), 1;
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_names), cmocka_unit_test(test_word_lists), cmocka_unit_test(test_persons),
      cmocka_unit_test(test_cases), cmocka_unit_test(test_empty),      cmocka_unit_test(test_bad_records),
      cmocka_unit_test(test_many),
  };
  int failed = cmocka_run_group_tests(tests, NULL, NULL);
  ds_arena_release(&ontology_arena);
  return failed;
}
