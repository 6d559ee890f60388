/* Unit tests of src/when: the cases of tests/corpus/when (their format stands in calendar.txt), days and EDTF spans, and what holds
 * of every text. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/file.h"
#include "when/edtf.h"
#include "when/scan.h"
#include "when/when.h"

static const char *const kinds[] = {"date", "time", "duration", "set"};

/* One line an expression, as the cases write it. */
static void show(ds_str text, const ds_whens *whens, ds_buf *out) {
  if (whens->count == 0) ds_buf_appendz(out, "(none)\n");
  for (size_t i = 0; i < whens->count; i++) {
    const ds_when *w = &whens->items[i];
    ds_buf_printf(out, "%.*s | %s | %.*s | %.*s\n", DS_STR_ARG(ds_str_sub(text, w->start, w->end)), kinds[w->kind],
                  DS_STR_ARG(w->value.len ? w->value : DS_STR("-")), DS_STR_ARG(w->edtf.len ? w->edtf : DS_STR("-")));
  }
}

/* What holds of every expression: in order, apart, inside its tokens, with an EDTF that can be read. */
static void check(const ds_text *text, const ds_whens *whens) {
  for (size_t i = 0; i < whens->count; i++) {
    const ds_when *w = &whens->items[i];
    assert_true(w->start < w->end && w->end <= text->text.len && w->count > 0);
    assert_true((size_t)w->first + w->count <= text->token_count);
    assert_true(text->tokens[w->first].start <= w->start && w->start < text->tokens[w->first].end);
    const ds_token *last = &text->tokens[w->first + w->count - 1];
    assert_true(last->start < w->end && w->end <= last->end);
    if (i) assert_true(whens->items[i - 1].end <= w->start);
    int32_t first, end;
    if (w->edtf.len && !ds_edtf_bounds(w->edtf, &first, &end)) fail_msg("no EDTF: %.*s", DS_STR_ARG(w->edtf));
  }
}

static void find_in(ds_arena *arena, ds_str text, ds_str published, ds_buf *out) {
  dossier_error err = DOSSIER_ERROR_INIT;
  ds_text split;
  ds_whens whens;
  assert_int_equal(ds_text_split(arena, text, &split, &err), DOSSIER_OK);
  assert_int_equal(ds_whens_find(arena, &split, NULL, published, &whens, &err), DOSSIER_OK);
  check(&split, &whens);
  show(text, &whens, out);
}

/* Cuts the part before the next line that is `mark` (or starts with it) off *rest; false where there is no such line. */
static bool cut(ds_str *rest, const char *mark, ds_str *part, ds_str *line) {
  for (size_t at = 0; at < rest->len;) {
    ds_str here = ds_str_sub(*rest, at, rest->len), first;
    ds_str after = here;
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
  ds_str published, text, line;
  if (!cut(&body, "published: ", &published, &line))
    fail_msg("%s: %.*s: no day of publication", file, DS_STR_ARG(title));
  published = ds_str_sub(line, strlen("published: "), line.len);
  if (ds_str_eqz(published, "unknown")) published = DS_STR("");
  if (!cut(&body, "---", &text, &line)) fail_msg("%s: %.*s: no line of dashes", file, DS_STR_ARG(title));
  ds_buf found;
  ds_arena arena;
  ds_buf_init(&found);
  ds_arena_init(&arena);
  find_in(&arena, text, published, &found);
  bool same = ds_str_eq(ds_str_trim(ds_buf_str(&found)), ds_str_trim(body));
  if (!same)
    print_error("%s: %.*s\n  expected\n%.*s\n  found\n%s\n", file, DS_STR_ARG(title), DS_STR_ARG(ds_str_trim(body)),
                found.data);
  ds_buf_release(&found);
  ds_arena_release(&arena);
  return !same;
}

static size_t run_file(const char *path, size_t *cases) {
  ds_buf bytes;
  ds_buf_init(&bytes);
  assert_int_equal(ds_file_read(path, &bytes, NULL), DOSSIER_OK);
  ds_str rest = ds_buf_str(&bytes), part, title = DS_STR_NONE, next;
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
  snprintf(folder, sizeof folder, "%s/tests/corpus/when", root ? root : ".");
  assert_int_equal(ds_folder_list(&arena, folder, &names, &count, NULL), DOSSIER_OK);
  for (size_t i = 0; i < count; i++) {
    snprintf(path, sizeof path, "%s/%.*s", folder, DS_STR_ARG(names[i]));
    failed += run_file(path, &cases);
  }
  ds_arena_release(&arena);
  assert_true(cases >= 120);
  assert_int_equal(failed, 0);
}

static void test_calendar(void **state) {
  (void)state;
  assert_int_equal(ds_day_from_ymd((ds_ymd){1970, 1, 1}), 0);
  assert_int_equal(ds_day_from_ymd((ds_ymd){2000, 3, 1}), 11017);
  assert_int_equal(ds_day_weekday(0), 4);
  assert_int_equal(ds_day_weekday(ds_day_from_ymd((ds_ymd){2023, 9, 20})), 3);
  for (int32_t day = -800000; day < 800000; day += 37) {
    assert_int_equal(ds_day_from_ymd(ds_day_to_ymd(day)), day);
    assert_int_equal(ds_day_weekday(day + 7), ds_day_weekday(day));
  }
  assert_int_equal(ds_month_days(2000, 2), 29);
  assert_int_equal(ds_month_days(1900, 2), 28);
  assert_int_equal(ds_month_days(2023, 13), 0);
}

static void expect_span(const char *edtf, ds_ymd first, ds_ymd last) {
  int32_t from, to;
  if (!ds_edtf_bounds(ds_str_from(edtf), &from, &to)) fail_msg("not read: %s", edtf);
  assert_int_equal(from, first.year ? ds_day_from_ymd(first) : DS_DAY_MIN);
  assert_int_equal(to, last.year ? ds_day_from_ymd(last) : DS_DAY_MAX);
}

static void test_spans(void **state) {
  (void)state;
  ds_ymd open = {0, 0, 0};
  expect_span("2023-09-15", (ds_ymd){2023, 9, 15}, (ds_ymd){2023, 9, 15});
  expect_span("2024-02", (ds_ymd){2024, 2, 1}, (ds_ymd){2024, 2, 29});
  expect_span("2012", (ds_ymd){2012, 1, 1}, (ds_ymd){2012, 12, 31});
  expect_span("2024-08~", (ds_ymd){2024, 8, 1}, (ds_ymd){2024, 8, 31});
  expect_span("199X", (ds_ymd){1990, 1, 1}, (ds_ymd){1999, 12, 31});
  expect_span("18XX", (ds_ymd){1800, 1, 1}, (ds_ymd){1899, 12, 31});
  expect_span("2023-21", (ds_ymd){2023, 3, 1}, (ds_ymd){2023, 5, 31});
  expect_span("2023-24", (ds_ymd){2023, 12, 1}, (ds_ymd){2024, 2, 29});
  expect_span("2007/2009-05", (ds_ymd){2007, 1, 1}, (ds_ymd){2009, 5, 31});
  expect_span("2017-06/..", (ds_ymd){2017, 6, 1}, open);
  expect_span("../2020", open, (ds_ymd){2020, 12, 31});
  expect_span("-0329", (ds_ymd){-329, 1, 1}, (ds_ymd){-329, 12, 31});
  static const char *const broken[] = {"",  "../..",     "20",   "2023-13", "2023-02-30", "2023-9-1", "2023-09-15T10",
                                       "x", "2020/2019", "1X90", "2023-09-"};
  int32_t from, to;
  for (size_t i = 0; i < sizeof broken / sizeof *broken; i++)
    if (ds_edtf_bounds(ds_str_from(broken[i]), &from, &to)) fail_msg("read: %s", broken[i]);
}

static void test_lexicon(void **state) {
  (void)state;
  static const struct {
    const char *word;
    dw_class class;
    int number;
  } some[] = {{"annual", DW_OFTEN, DW_YEAR},
              {"apr", DW_MONTH, 4},
              {"zero", DW_CARDINAL, 0},
              {"yrs", DW_UNIT, DW_YEAR + DW_PLURAL},
              {"monday", DW_WEEKDAY, 1},
              {"winter", DW_SEASON, 4},
              {"night", DW_DAYPART, DW_NIGHT},
              {"thirtieth", DW_ORDINAL, 30},
              {"following", DW_STEP, 1},
              {"last", DW_SHIFT, -1},
              {"gmt", DW_ZONE, 0},
              {"tehran", DW_NOTHING, 0}};
  int number;
  for (size_t i = 0; i < sizeof some / sizeof *some; i++) {
    assert_int_equal(dw_lexicon(ds_str_from(some[i].word), &number), some[i].class);
    assert_int_equal(number, some[i].number);
  }
  for (size_t i = 1; i < dw_lexicon_size(); i++) assert_true(strcmp(dw_lexicon_word(i - 1), dw_lexicon_word(i)) < 0);
}

/* Pieces of expressions in any order: nothing may break, and all that check() asks for holds. */
static void test_scrambled(void **state) {
  (void)state;
  static const char *const pieces[] = {"the ",  "May ",   "2012",  " 31",    "-",     "last ", "Monday ", "week",
                                       " of ",  "early ", "two ",  "years ", "ago ",  "5:30 ", "p.m. ",   ", ",
                                       "’s ",   "1990s",  "mid",   "in ",    "BC ",   "/",     "11",      "9",
                                       "th ",   "since ", "\n\n",  "a.m",    "next ", "0",     "–",       "and ",
                                       "from ", "to ",    "half ", "Feb ",   "29 ",   "99999", "night "};
  unsigned seed = 20230920;
  for (int round = 0; round < 3000; round++) {
    ds_buf text, found;
    ds_arena arena;
    ds_buf_init(&text);
    ds_buf_init(&found);
    ds_arena_init(&arena);
    for (int i = 0; i < 14; i++) {
      seed = seed * 1103515245 + 12345;
      ds_buf_appendz(&text, pieces[(seed >> 16) % (sizeof pieces / sizeof *pieces)]);
    }
    find_in(&arena, ds_buf_str(&text),
            round % 3   ? DS_STR("2023-09-20")
            : round % 2 ? DS_STR("2023")
                        : DS_STR(""),
            &found);
    ds_arena_release(&arena);
    ds_buf_release(&found);
    ds_buf_release(&text);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_calendar), cmocka_unit_test(test_spans),     cmocka_unit_test(test_lexicon),
      cmocka_unit_test(test_cases),    cmocka_unit_test(test_scrambled),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
