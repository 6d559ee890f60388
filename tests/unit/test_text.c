/* Unit tests of src/text: the cases of tests/corpus/text (their format stands in its README.md), then what holds of every
 * text. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/file.h"
#include "base/utf8.h"
#include "text/text.h"

typedef struct article {
  ds_arena arena;
  ds_text text;
} article;

static article split(ds_str text) {
  article a;
  dossier_error err = DOSSIER_ERROR_INIT;
  ds_arena_init(&a.arena);
  assert_int_equal(ds_text_split(&a.arena, text, &a.text, &err), DOSSIER_OK);
  return a;
}

/* One line a sentence, as the cases write it. */
static void show(const ds_text *text, ds_buf *out) {
  for (size_t i = 0; i < text->sentence_count; i++) {
    const ds_sentence *s = &text->sentences[i];
    ds_buf_byte(out, "PHL"[s->kind]);
    for (uint32_t k = s->first; k < s->first + s->count; k++) {
      ds_buf_byte(out, text->tokens[k].mwt_first == k ? ' ' : '|');
      ds_buf_append(out, text->tokens[k].form);
    }
    ds_buf_byte(out, '\n');
  }
}

/* What must hold of every text: no byte that is not blank is lost or taken twice, all is in order and in bounds (I1). */
static void check(ds_str text, const ds_text *t) {
  size_t at = 0, size, token = 0;
  for (size_t i = 0; i < t->token_count; i++) {
    const ds_token *k = &t->tokens[i];
    for (; at < k->start; at += size) assert_true(ds_cp_is_space(ds_utf8_at(text, at, &size)));
    assert_int_equal(at, k->start);
    assert_true(k->start < k->end && k->end <= text.len);
    assert_ptr_equal(k->form.ptr, text.ptr + k->start);
    assert_int_equal(k->form.len, k->end - k->start);
    assert_true(ds_utf8_valid(k->form));
    for (; at < k->end; at += size) assert_false(ds_cp_is_space(ds_utf8_at(text, at, &size)));
    assert_int_equal(k->space_after, at == text.len || ds_cp_is_space(ds_utf8_at(text, at, &size)));
    assert_true(k->mwt_first <= i && i < (size_t)k->mwt_first + k->mwt_count);
    assert_int_equal(t->tokens[k->mwt_first].mwt_first, k->mwt_first);
  }
  for (; at < text.len; at += size) assert_true(ds_cp_is_space(ds_utf8_at(text, at, &size)));
  for (size_t i = 0; i < t->sentence_count; i++) {
    const ds_sentence *s = &t->sentences[i];
    assert_int_equal(s->first, token);
    assert_true(s->count > 0);
    token += s->count;
    assert_true(token <= t->token_count);
    assert_int_equal(s->start, t->tokens[s->first].start);
    assert_int_equal(s->end, t->tokens[token - 1].end);
    if (i) assert_in_range(s->paragraph - t->sentences[i - 1].paragraph, 0, 1);
    for (uint32_t k = s->first; k < s->first + s->count; k++)
      assert_true(t->tokens[k].mwt_first >= s->first && t->tokens[k].mwt_first + t->tokens[k].mwt_count <= token);
  }
  assert_int_equal(token, t->token_count);
}

static void check_text(ds_str text) {
  article a = split(text);
  check(text, &a.text);
  ds_arena_release(&a.arena);
}

/* Cuts *rest behind the next line that starts with `mark`; gives what stands before it and the line. */
static bool cut(ds_str *rest, const char *mark, ds_str *before, ds_str *line) {
  for (size_t at = 0; at < rest->len;) {
    ds_str tail = ds_str_sub(*rest, at, rest->len);
    size_t newline;
    if (!ds_str_find(tail, DS_STR("\n"), &newline)) newline = tail.len;
    if (ds_str_starts(tail, ds_str_from(mark))) {
      *before = ds_str_sub(*rest, 0, at);
      *line = ds_str_sub(tail, 0, newline);
      *rest = ds_str_sub(tail, newline + 1, tail.len);
      return true;
    }
    at += newline + 1;
  }
  return false;
}

static int run_case(const char *file, ds_str title, ds_str input, ds_str wanted) {
  ds_buf got = {0}, want = {0};
  ds_str line;
  if (input.len) input.len--; /* the newline before "---" */
  article a = split(input);
  check(input, &a.text);
  show(&a.text, &got);
  while (ds_str_split(&wanted, '\n', &line)) {
    if (!line.len) continue;
    ds_buf_append(&want, line);
    ds_buf_byte(&want, '\n');
  }
  int failed = !ds_str_eq(ds_buf_str(&got), ds_buf_str(&want));
  if (failed)
    print_error("%s: %.*s\nwanted:\n%.*sgot:\n%.*s\n", file, DS_STR_ARG(title), DS_STR_ARG(ds_buf_str(&want)),
                DS_STR_ARG(ds_buf_str(&got)));
  ds_buf_release(&got);
  ds_buf_release(&want);
  ds_arena_release(&a.arena);
  return failed;
}

static int run_file(const char *path, size_t *cases) {
  ds_buf data = {0};
  dossier_error err = DOSSIER_ERROR_INIT;
  assert_int_equal(ds_file_read(path, &data, &err), DOSSIER_OK);
  ds_str rest = ds_buf_str(&data), before, title, input, dashes;
  int failed = 0;
  bool more = cut(&rest, "===", &before, &title);
  while (more) {
    assert_true(cut(&rest, "---", &input, &dashes));
    ds_str wanted, this_title = title;
    more = cut(&rest, "===", &wanted, &title);
    if (!more) wanted = rest;
    failed += run_case(path, this_title, input, wanted);
    ++*cases;
  }
  ds_buf_release(&data);
  return failed;
}

static void cases_hold(void **state) {
  const char *root = getenv("DOSSIER_TEST_ROOT");
  if (!root) skip();
  ds_arena arena;
  ds_str *names;
  size_t count, cases = 0;
  int failed = 0;
  ds_arena_init(&arena);
  ds_str folder = ds_path_join(&arena, ds_str_from(root), DS_STR("tests/corpus/text"));
  assert_int_equal(ds_folder_list(&arena, folder.ptr, &names, &count, NULL), DOSSIER_OK);
  for (size_t i = 0; i < count; i++)
    if (ds_str_ends(names[i], DS_STR(".txt"))) failed += run_file(ds_path_join(&arena, folder, names[i]).ptr, &cases);
  ds_arena_release(&arena);
  assert_true(cases > 20);
  assert_int_equal(failed, 0);
}

static void texts_without_words_have_no_sentence(void **state) {
  static const char *const texts[] = {"", " ", "\n\n \t\n", "\xC2\xA0\xE2\x80\x83"};
  for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
    article a = split(ds_str_from(texts[i]));
    assert_int_equal(a.text.token_count, 0);
    assert_int_equal(a.text.sentence_count, 0);
    ds_arena_release(&a.arena);
  }
}

static void odd_texts_are_kept_whole(void **state) {
  static const char *const texts[] = {"'",
                                      "\"",
                                      ".",
                                      "...",
                                      "''",
                                      "’",
                                      "`",
                                      "$",
                                      "@",
                                      "#",
                                      "@.",
                                      "a@",
                                      "http://",
                                      "www.",
                                      "www.a",
                                      "'s",
                                      "s'",
                                      "n't",
                                      "A.",
                                      "A..",
                                      "U.S...",
                                      "-",
                                      "--",
                                      "*",
                                      "f*",
                                      "*a*b*",
                                      "1,",
                                      "1.",
                                      ".1",
                                      "1-",
                                      "-1",
                                      "a-",
                                      "-a",
                                      "co-",
                                      "e-",
                                      "w/",
                                      "A&",
                                      "A&B&",
                                      "\xF0\x9F\x98\x80",
                                      "\xF0\x9F\x91\xA9\xE2\x80\x8D\xF0\x9F\x92\xBB!",
                                      "\xE2\x80\x8D",
                                      "\xE4\xBD\xA0\xE5\xA5\xBD\xE3\x80\x82",
                                      "e\xCC\x81t\xC3\xA9",
                                      "\xEF\xBB\xBF"
                                      "a",
                                      "US$",
                                      "US$5",
                                      "(a)",
                                      "a(b",
                                      "((",
                                      "x:)",
                                      ":)",
                                      "mailto:",
                                      "don't've",
                                      "'t",
                                      "''s",
                                      "No.",
                                      "No. ",
                                      "No.\n\n1",
                                      "e.g",
                                      "a.b.c.d",
                                      "www.x.com.",
                                      "http://a.b/(c",
                                      "\xE2\x80\x98\xE2\x80\x99",
                                      "\\",
                                      "\x01\x02",
                                      "\x7F"};
  for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) check_text(ds_str_from(texts[i]));
}

static void text_with_zero_bytes_is_kept_whole(void **state) {
  static const char bytes[] = "a\0b don't\0 No\0. 1";
  check_text((ds_str){bytes, sizeof bytes - 1});
}

/* Any mixture of the pieces that rules look at; the seed is fixed. */
static void random_texts_are_kept_whole(void **state) {
  static const char *const pieces[] = {"a",
                                       "B",
                                       "the",
                                       "Iran",
                                       "U.S.",
                                       ".",
                                       "...",
                                       ",",
                                       "'",
                                       "’",
                                       "\"",
                                       "“",
                                       "”",
                                       "-",
                                       "–",
                                       "--",
                                       " ",
                                       " ",
                                       "\n",
                                       "\n\n",
                                       "s",
                                       "n't",
                                       "'s",
                                       "1",
                                       "23",
                                       "$",
                                       "%",
                                       "@",
                                       "#",
                                       ":",
                                       "/",
                                       "//",
                                       "www.",
                                       ".com",
                                       "(",
                                       ")",
                                       "*",
                                       "&",
                                       "_",
                                       "é",
                                       "你",
                                       "😀",
                                       "\xE2\x80\x8D",
                                       "\xC2\xA0",
                                       "http",
                                       "!",
                                       "?",
                                       "No.",
                                       "+",
                                       "`",
                                       "<",
                                       ">"};
  uint64_t random = 20240607;
  for (int round = 0; round < 4000; round++) {
    ds_buf text = {0};
    for (int i = 0; i < 40; i++) {
      random = random * 6364136223846793005u + 1442695040888963407u;
      ds_buf_appendz(&text, pieces[(random >> 33) % (sizeof pieces / sizeof *pieces)]);
    }
    assert_false(text.failed);
    check_text(ds_buf_str(&text));
    ds_buf_release(&text);
  }
}

/* A run of a million bytes of anything costs linear time: this test would take hours otherwise. */
static void long_runs_take_linear_time(void **state) {
  static const char *const pieces[] = {"a",       "a-",   "a.", "1,",  "'",  ":",  ":)", "a@", "-",
                                       "http://", "www.", "é",  "co-", "A&", "1/", "(",  "No."};
  for (size_t i = 0; i < sizeof pieces / sizeof *pieces; i++) {
    ds_buf text = {0};
    while (text.len < 1000000) ds_buf_appendz(&text, pieces[i]);
    assert_false(text.failed);
    check_text(ds_buf_str(&text));
    ds_buf_release(&text);
  }
}

static void offsets_and_surface_words(void **state) {
  article a = split(DS_STR("Iran's men\ncan't. Go"));
  const ds_token *t = a.text.tokens;
  assert_int_equal(a.text.token_count, 7);
  assert_int_equal(t[1].start, 4);
  assert_int_equal(t[1].end, 6);
  assert_int_equal(t[1].mwt_first, 0);
  assert_int_equal(t[0].mwt_count, 2);
  assert_int_equal(t[1].mwt_count, 2);
  assert_false(t[0].space_after);
  assert_true(t[1].space_after);
  assert_int_equal(t[4].mwt_first, 3);
  assert_int_equal(t[5].mwt_count, 1);
  assert_true(t[6].space_after);
  ds_arena_release(&a.arena);
}

static void paragraphs_are_counted(void **state) {
  article a = split(DS_STR("Title\n\nOne. Two.\n\n\nThree."));
  assert_int_equal(a.text.sentence_count, 4);
  assert_int_equal(a.text.sentences[0].paragraph, 0);
  assert_int_equal(a.text.sentences[1].paragraph, 1);
  assert_int_equal(a.text.sentences[2].paragraph, 1);
  assert_int_equal(a.text.sentences[3].paragraph, 2);
  ds_arena_release(&a.arena);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(cases_hold),
      cmocka_unit_test(texts_without_words_have_no_sentence),
      cmocka_unit_test(odd_texts_are_kept_whole),
      cmocka_unit_test(text_with_zero_bytes_is_kept_whole),
      cmocka_unit_test(random_texts_are_kept_whole),
      cmocka_unit_test(long_runs_take_linear_time),
      cmocka_unit_test(offsets_and_surface_words),
      cmocka_unit_test(paragraphs_are_counted),
  };
  return cmocka_run_group_tests_name("text", tests, NULL, NULL);
}
