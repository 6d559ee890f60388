/* Unit tests of src/read. The text cases are tests/corpus/read/NAME.{html,txt,jsonl...} beside NAME.expected, which holds what is
 * known of the article, a line of three hyphens, and its text. DOSSIER_UPDATE=1 rewrites the expected files from the results. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>

#include "base/file.h"
#include "base/sha256.h"
#include "base/utf8.h"
#include "read/internal.h"

/* ---- helpers */

static ds_arena arena;
static char folder[64]; /* a fresh one for each test */

static int set_up(void **state) {
  ds_arena_init(&arena);
  strcpy(folder, "/tmp/dossier-read-XXXXXX");
  return mkdtemp(folder) ? 0 : -1;
}

static void remove_all(const char *path) {
  DIR *dir = opendir(path);
  struct dirent *entry;
  char name[600];
  while (dir && (entry = readdir(dir))) {
    if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0) continue;
    snprintf(name, sizeof name, "%s/%s", path, entry->d_name);
    if (unlink(name) != 0) remove_all(name);
  }
  if (dir) closedir(dir);
  rmdir(path);
}

static int tear_down(void **state) {
  remove_all(folder);
  ds_arena_release(&arena);
  return 0;
}

static const char *in_folder(const char *name) {
  return ds_arena_printf(&arena, "%s/%s", folder, name).ptr;
}

static const char *put(const char *name, ds_str bytes) {
  const char *path = in_folder(name);
  FILE *file = fopen(path, "wb");
  assert_non_null(file);
  assert_int_equal(fwrite(bytes.ptr ? bytes.ptr : "", 1, bytes.len, file), bytes.len);
  assert_int_equal(fclose(file), 0);
  return path;
}

static ds_str gzip(ds_str bytes) {
  z_stream z = {0};
  assert_int_equal(deflateInit2(&z, 6, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY), Z_OK);
  size_t cap = deflateBound(&z, bytes.len) + 64;
  char *out = ds_arena_alloc(&arena, cap);
  z.next_in = (Bytef *)(uintptr_t)bytes.ptr;
  z.avail_in = (uInt)bytes.len;
  z.next_out = (Bytef *)out;
  z.avail_out = (uInt)cap;
  assert_int_equal(deflate(&z, Z_FINISH), Z_STREAM_END);
  deflateEnd(&z);
  return (ds_str){out, cap - z.avail_out};
}

static ds_str joined(ds_str a, ds_str b) {
  char *out = ds_arena_alloc(&arena, a.len + b.len);
  memcpy(out, a.ptr, a.len);
  memcpy(out + a.len, b.ptr, b.len);
  return (ds_str){out, a.len + b.len};
}

static ds_str repeated(const char *part, size_t times) {
  size_t len = strlen(part);
  char *out = malloc(len * times + 1);
  assert_non_null(out);
  for (size_t i = 0; i < times; i++) memcpy(out + i * len, part, len);
  return (ds_str){out, len * times};
}

static ds_article html(const char *page) {
  ds_article article;
  dossier_error err = DOSSIER_ERROR_INIT;
  dossier_status status = ds_article_from_html(&arena, ds_str_from(page), &article, &err);
  if (status != DOSSIER_OK) fail_msg("%s", err.message);
  return article;
}

static void assert_str(ds_str got, const char *wanted) {
  if (!ds_str_eqz(got, wanted)) fail_msg("got \"%.*s\", wanted \"%s\"", DS_STR_ARG(got), wanted);
}

static bool has(ds_str s, const char *part) {
  size_t at;
  return ds_str_find(s, ds_str_from(part), &at);
}

/* What a reader gives for the paths, one line an article or error: "path|title|text" or "!status file:line message". */
static ds_str listing(const char *const *paths, size_t count) {
  ds_reader *reader;
  ds_buf out;
  dossier_error err = DOSSIER_ERROR_INIT;
  dossier_status status;
  size_t done, known;
  ds_buf_init(&out);
  assert_int_equal(ds_reader_open(&reader, paths, count, &err), DOSSIER_OK);
  for (int i = 0; i < 1000; i++) {
    ds_article a;
    err = (dossier_error)DOSSIER_ERROR_INIT;
    status = ds_reader_next(reader, &arena, &a, &err);
    if (status == DOSSIER_NONE) break;
    size_t skip = strlen(folder) + 1;
    const char *file =
        strncmp(err.file, folder, skip - 1) == 0 && strlen(err.file) >= skip ? err.file + skip : err.file;
    const char *message = strncmp(err.message, folder, skip - 1) == 0 ? err.message + skip : err.message;
    if (status != DOSSIER_OK)
      ds_buf_printf(&out, "!%d %s:%ld %s\n", (int)status, file, err.line, message);
    else
      ds_buf_printf(&out, "%.*s|%.*s|%.*s\n", DS_STR_ARG(ds_str_sub(a.path, skip, a.path.len)), DS_STR_ARG(a.title),
                    DS_STR_ARG(a.text));
  }
  assert_int_equal(status, DOSSIER_NONE);
  ds_reader_progress(reader, &done, &known);
  assert_int_equal(done, known);
  ds_reader_free(reader);
  ds_str result = ds_arena_str(&arena, ds_buf_str(&out));
  ds_buf_release(&out);
  return result;
}

static ds_str listing_of(const char *path) {
  return listing(&path, 1);
}

/* ---- EDTF and dates */

static void edtf(void **state) {
  static const char *const good[] = {
      "2023",    "2023-09",     "2023-09-20", "2024-02-29", "2024-08~",     "2024-08-01?",           "2024%",
      "1998-21", "1998-24",     "2017-06/..", "../2017",    "2017/2018-03", "2017-05-01/2017-05-01", "199X",
      "19XX",    "2012~/2013?", "0999"};
  static const char *const bad[] = {"",
                                    "23",
                                    "2023-13",
                                    "2023-00",
                                    "2023-02-29",
                                    "2023-9-20",
                                    "2023-09-31",
                                    "2023-09-20T10:00",
                                    "../..",
                                    "2018/2017",
                                    "2017-05-02/2017-05-01",
                                    "1998-20",
                                    "1998-25",
                                    "1998-21-01",
                                    "19X3",
                                    "X",
                                    "2023/",
                                    "/2023",
                                    "2023-",
                                    "2023-09-",
                                    "20 September 2023",
                                    "2023-09-20 ",
                                    "2023~~",
                                    "2023/2024/2025",
                                    "~"};
  for (size_t i = 0; i < sizeof good / sizeof *good; i++)
    if (!ds_edtf_valid(ds_str_from(good[i]))) fail_msg("%s should be valid", good[i]);
  for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
    if (ds_edtf_valid(ds_str_from(bad[i]))) fail_msg("%s should be invalid", bad[i]);
}

static void days(void **state) {
  static const char *const cases[][2] = {{"2023-09-20T10:00:00Z", "2023-09-20"},
                                         {"2023-09-20T23:30:00-05:00", "2023-09-20"}, /* the writer's day */
                                         {"2023-09-20 10:00", "2023-09-20"},
                                         {"2023-9-5", "2023-09-05"},
                                         {"2023/09/20", "2023-09-20"},
                                         {"20230920", "2023-09-20"},
                                         {"20230920T1000", "2023-09-20"},
                                         {"2023-09", "2023-09"},
                                         {"2023", "2023"},
                                         {"Wed, 20 Sep 2023 10:00:00 GMT", "2023-09-20"},
                                         {"September 20, 2023", "2023-09-20"},
                                         {"Sept. 20, 2023 10:30 a.m.", "2023-09-20"},
                                         {"Wednesday 20th of September 2023", "2023-09-20"},
                                         {"Published 14:05, 3 March 2021", "2021-03-03"},
                                         {"May 2019", "2019-05"},
                                         {"20.09.2023", "2023-09-20"},
                                         {"20/09/2023", "2023-09-20"},
                                         {"09/20/2023", "2023-09-20"},
                                         {"05/05/2023", "2023-05-05"},
                                         {"03/04/2023", ""}, /* March or April? */
                                         {"2023-02-30", ""},
                                         {"1970-01-01T00:00:00Z", ""},
                                         {"0001-01-01T00:00:00", ""},
                                         {"three days ago", ""},
                                         {"1695200000", ""},
                                         {"", ""}};
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    char day[11] = "";
    ds_day_from(ds_str_from(cases[i][0]), day);
    assert_string_equal(day, cases[i][1]);
  }
}

/* ---- encodings */

static const char *decoded(const char *bytes, size_t len, bool as_html) {
  ds_buf out;
  dossier_error err = DOSSIER_ERROR_INIT;
  ds_buf_init(&out);
  dossier_status status = ds_decode((ds_str){bytes, len}, as_html, "x", &out, &err);
  const char *result = status == DOSSIER_OK ? ds_arena_str(&arena, ds_buf_str(&out)).ptr
                                            : ds_arena_str(&arena, ds_str_from(err.message)).ptr;
  ds_buf_release(&out);
  return result;
}

#define DECODED(literal) decoded("" literal, sizeof(literal) - 1, false)
#define DECODED_PAGE(literal) decoded("" literal, sizeof(literal) - 1, true)

static void encodings(void **state) {
  assert_string_equal(DECODED("plain\r\ntext\r"), "plain\ntext\n");
  assert_string_equal(DECODED("\xEF\xBB\xBFwith mark"), "with mark");
  assert_string_equal(DECODED("\xFF\xFEH\0i\0 \0\x1C\x20"), "Hi \xE2\x80\x9C");
  assert_string_equal(DECODED("\xFE\xFF\0H\0i"), "Hi");
  assert_string_equal(DECODED("He said \x93no\x94 \x96 it\x92s over."),
                      "He said \xE2\x80\x9Cno\xE2\x80\x9D \xE2\x80\x93 it\xE2\x80\x99s over.");
  /* Broken UTF-8 stays UTF-8. */
  assert_string_equal(DECODED("caf\xC3\xA9 and \xE2\x80\x9Cquote\xE2\x80\x9D and \xE9 byte"),
                      "caf\xC3\xA9 and \xE2\x80\x9Cquote\xE2\x80\x9D and \xEF\xBF\xBD byte");
  /* windows-1252 that somebody took for ISO 8859-1 */
  assert_string_equal(DECODED("it\xC2\x92s"), "it\xE2\x80\x99s");
  assert_string_equal(DECODED_PAGE("<meta charset=\"iso-8859-1\"><p>caf\xE9 \x96"),
                      "<meta charset=\"iso-8859-1\"><p>caf\xC3\xA9 \xE2\x80\x93");
  assert_string_equal(
      DECODED_PAGE("<meta http-equiv=Content-Type content='text/html; charset=windows-1251'>\xCC\xEE\xF1\xEA\xE2\xE0"),
      "<meta http-equiv=Content-Type content='text/html; "
      "charset=windows-1251'>\xD0\x9C\xD0\xBE\xD1\x81\xD0\xBA\xD0\xB2\xD0\xB0");
  /* UTF-8 that is declared as something else is UTF-8. */
  assert_string_equal(DECODED_PAGE("<meta charset=latin1>caf\xC3\xA9"), "<meta charset=latin1>caf\xC3\xA9");
  assert_string_equal(DECODED_PAGE("<meta charset=no-such-set>It\x92s"), "<meta charset=no-such-set>It\xE2\x80\x99s");
}

static void detection(void **state) {
  /* Russian in KOI8-R, declared nowhere */
  const char *text = DECODED(
      "\xF0\xD2\xC5\xDA\xC9\xC4\xC5\xCE\xD4 \xD7\xD3\xD4\xD2\xC5\xD4\xC9\xCC\xD3\xD1 \xD3 "
      "\xCD\xC9\xCE\xC9\xD3\xD4\xD2\xCF\xCD "
      "\xC9\xCE\xCF\xD3\xD4\xD2\xC1\xCE\xCE\xD9\xC8 \xC4\xC5\xCC \xD7 \xED\xCF\xD3\xCB\xD7\xC5 \xD7\xDE\xC5\xD2\xC1.");
  assert_true(has(ds_str_from(text), "\xD0\x9C\xD0\xBE\xD1\x81\xD0\xBA\xD0\xB2\xD0\xB5"));
}

static void binaries(void **state) {
  assert_true(has(ds_str_from(DECODED("%PDF-1.7\nwords that look like text")), "PDF"));
  assert_true(has(ds_str_from(DECODED("\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\0\0\0\0\0\0\0\0\0\0\0")), "picture"));
  assert_true(has(ds_str_from(DECODED("\x7F"
                                      "ELF\2\1\1\0\0\0\0\0\0\0\0\0\2\0>\0\1")),
                  "program"));
  /* A few stray zero bytes do not make a text binary. */
  assert_string_equal(DECODED("A long enough sentence with one\0 stray byte in it."),
                      "A long enough sentence with one stray byte in it.");
}

/* ---- gzip */

static void gzips(void **state) {
  ds_str text = DS_STR("The minister met the envoy in Doha. Talks go on.\n");
  put("a.txt.gz", gzip(text));
  put("b.txt", gzip(text)); /* a wrong name does not matter */
  put("c.txt.gz", joined(gzip(text), gzip(DS_STR("A second member.\n"))));
  put("d.txt.gz", ds_str_sub(gzip(text), 0, 30));
  put("e.txt.gz", DS_STR("\x1f\x8b\x08\0 not at all compressed, only named so"));
  put("f.txt.gz", DS_STR("Not compressed but named so; read as it is."));
  assert_str(listing_of(folder),
             "a.txt.gz||The minister met the envoy in Doha. Talks go on.\n\n"
             "b.txt||The minister met the envoy in Doha. Talks go on.\n\n"
             "c.txt.gz||The minister met the envoy in Doha. Talks go on.\nA second member.\n\n"
             "!3 d.txt.gz:0 the compressed file is cut off; fetch it again\n"
             "!3 e.txt.gz:0 the compressed file is damaged (invalid code lengths set)\n"
             "f.txt.gz||Not compressed but named so; read as it is.\n");
}

static void gzip_bomb(void **state) {
  ds_buf out;
  dossier_error err = DOSSIER_ERROR_INIT;
  ds_str zeros = repeated("0123456789abcdef", 1 << 16);
  ds_str packed = gzip(zeros);
  ds_buf_init(&out);
  assert_int_equal(ds_gzip_unpack(packed, "bomb.gz", 1 << 19, &out, &err), DOSSIER_INPUT);
  assert_string_equal(err.file, "bomb.gz");
  assert_true(out.len <= 1 << 19);
  free((char *)(uintptr_t)zeros.ptr);
  ds_buf_release(&out);
}

/* ---- plain text */

static void plain_text(void **state) {
  ds_article a;
  char digest[65];
  dossier_error err = DOSSIER_ERROR_INIT;
  ds_str text = DS_STR("HEADLINE\n\n  Kept as it is,   blanks too.\n\tAll of it.\n\n\n");
  assert_int_equal(ds_article_from_text(&arena, text, &a, &err), DOSSIER_OK);
  assert_true(ds_str_eq(a.text, text));
  assert_int_equal(a.title.len + a.publisher.len + a.url.len + a.published.len + a.author_count, 0);
  ds_sha256_hex(text, digest);
  assert_string_equal(a.sha256, digest);
  assert_int_equal(ds_article_from_text(&arena, DS_STR("   \n "), &a, &err), DOSSIER_INPUT);
  assert_int_equal(ds_article_from_text(&arena, DS_STR("1 2 3, 4.5 -- ***"), &a, &err), DOSSIER_INPUT);
  assert_int_equal(ds_article_from_text(&arena, DS_STR("Rebels advance."), &a, &err), DOSSIER_OK);
  ds_str blob = repeated("QmFzZTY0", 2000);
  assert_int_equal(ds_article_from_text(&arena, blob, &a, &err), DOSSIER_INPUT);
  free((char *)(uintptr_t)blob.ptr);
}

/* ---- the walk over files */

static void folders(void **state) {
  assert_int_equal(mkdir(in_folder("sub"), 0700), 0);
  assert_int_equal(mkdir(in_folder(".hidden"), 0700), 0);
  put("b.txt", DS_STR("Second in order."));
  put("a.html", DS_STR("<title>T</title><p>The first page has one sentence."));
  put("sub/c.txt", DS_STR("Third in a folder."));
  put("note.pdf", DS_STR("%PDF-1.4 passed over in folders"));
  put(".hidden/d.txt", DS_STR("Never read at all."));
  put(".e.txt", DS_STR("Never read at all."));
  assert_int_equal(symlink(folder, in_folder("sub/loop")), 0);
  assert_str(listing_of(folder),
             "a.html|T|The first page has one sentence.\nb.txt||Second in order.\nsub/c.txt||Third in a folder.\n");
}

static void named_files(void **state) {
  const char *paths[] = {
      in_folder("missing.txt"),
      put("data.pdf", DS_STR("%PDF-1.4")),
      put("page.txt", DS_STR("<!DOCTYPE html><title>A page</title><p>It is a page by its content.</p>")),
      put("text.html", DS_STR("No tags at all.\n\nSo it is text.")),
      put("story", DS_STR("A story without an ending.")),
      put("list.json", DS_STR("{\"text\": \"One line in a list.\"}\n")),
      put("empty.txt", DS_STR("")),
      put("numbers.txt", DS_STR("1;2;3\n4;5;6\n")),
      put("menu.html", DS_STR("<ul><li><a href=/a>World</a><li><a href=/b>Sport</a></ul>"))};
  ds_str got = listing(paths, sizeof paths / sizeof *paths);
  assert_true(has(got, "!3 missing.txt:0 "));
  assert_true(has(got, "!3 data.pdf:0 not text but a PDF file; save it as .txt or .html\n"));
  assert_true(has(got, "page.txt|A page|It is a page by its content.\n"));
  assert_true(has(got, "text.html||No tags at all.\n\nSo it is text.\n"));
  assert_true(has(got, "story||A story without an ending.\n"));
  assert_true(has(got, "list.json:1||One line in a list.\n"));
  assert_true(has(got, "!3 empty.txt:0 the file is empty\n"));
  assert_true(has(got, "!3 numbers.txt:0 no sentence in it, so it cannot be an article\n"));
  assert_true(has(got, "!3 menu.html:0 no article found in the page"));
  assert_int_equal(mkdir(in_folder("void"), 0700), 0);
  assert_str(listing_of(in_folder("void")), "!3 void:0 the folder holds no .txt, .html or .jsonl files\n");
}

static void json_lines(void **state) {
  put("list.jsonl", DS_STR("\xEF\xBB\xBF{\"text\":\"First line here.\",\"title\":\"One\"}\r\n\r\n"
                           "{\"text\":\"Half a pair \\ud83d and zero \\u0000 here.\",\"title\":\"Two\"}\n"
                           "{\"title\":\"neither\"}\n"
                           "{\"text\":\"Broken\n"
                           "[1]\n"
                           "{\"text\":\"Bad date.\",\"date\":\"20 May\"}\n"
                           "{\"text\":\"  \"}\n"
                           "{\"text\":7}\n"
                           "{\"path\":\"nowhere.txt\"}\n"
                           "{\"text\":\"Last line here.\"} {}\n"
                           "{\"text\":\"Last line, without an end.\"}"));
  assert_str(
      listing_of(folder),
      "list.jsonl:1|One|First line here.\n"
      "list.jsonl:3|Two|Half a pair \xEF\xBF\xBD and zero \xEF\xBF\xBD here.\n"
      "!3 list.jsonl:4 the line has neither \"text\" nor \"path\"\n"
      "!3 list.jsonl:5 broken JSON at byte 9 of the line\n"
      "!3 list.jsonl:6 not a JSON object; one line is one article\n"
      "!3 list.jsonl:7 \"date\" is \"20 May\", which is no EDTF date (write 2023-09-20, 2023-09, 2023 or 2024-08~)\n"
      "!3 list.jsonl:8 \"text\" is empty\n"
      "!3 list.jsonl:9 \"text\" must be a string\n"
      "!3 list.jsonl:10 nowhere.txt: cannot open: No such file or directory\n"
      "!3 list.jsonl:11 more than one JSON value in the line\n"
      "list.jsonl:12||Last line, without an end.\n");
}

static void json_fields(void **state) {
  ds_jsonl r;
  dossier_error err = DOSSIER_ERROR_INIT;
  ds_str line = DS_STR(
      "{\"text\":\"Some words\",\"title\":\" A  title \",\"publisher\":\"P\",\"author\":[\"Anna "
      "Berg\",{\"name\":\"Omar Said\"},null],"
      "\"authors\":\"Lee, "
      "Kim\",\"date\":\"2023-09-20T10:00:00Z\",\"url\":\"http://x.example/\",\"other\":{\"a\":[1]}}");
  assert_int_equal(ds_jsonl_record(&arena, line, "f", 1, &r, &err), DOSSIER_OK);
  assert_str(r.title, "A title");
  assert_str(r.publisher, "P");
  assert_str(r.published, "2023-09-20");
  assert_str(r.url, "http://x.example/");
  assert_int_equal(r.author_count, 3);
  assert_str(r.authors[1], "Omar Said");
  assert_str(r.authors[2], "Lee, Kim");
  assert_int_equal(ds_jsonl_record(&arena, DS_STR("{\"path\":\"a.txt\",\"date\":\"2024-08~\"}"), "f", 1, &r, &err),
                   DOSSIER_OK);
  assert_str(r.published, "2024-08~");
  ds_str deep = repeated("[", 100000);
  assert_int_equal(ds_jsonl_record(&arena, deep, "f", 9, &r, &err), DOSSIER_INPUT);
  assert_int_equal(err.line, 9);
  free((char *)(uintptr_t)deep.ptr);
}

/* A file that a line names is read once, with what the line says, wherever the .jsonl file stands. */
static void siblings(void **state) {
  assert_int_equal(mkdir(in_folder("texts"), 0700), 0);
  const char *a = put("a.txt", DS_STR("Text of the first."));
  put("texts/b.html",
      DS_STR("<title>Its own title</title><meta property=og:site_name content=Paper><p>Text of the second page."));
  put("c.txt", DS_STR("Nobody names this."));
  put("d.txt", DS_STR("Its line is broken."));
  const char *list =
      put("z.jsonl.gz",
          gzip(DS_STR("{\"path\":\"a.txt\",\"title\":\"One\"}\n{\"path\":\"./texts/b.html\",\"title\":\"Two\"}\n"
                      "{\"path\":\"d.txt\",\"date\":\"never\"}\n")));
  const char *wanted =
      "a.txt|One|Text of the first.\n./texts/b.html|Two|Text of the second page.\n"
      "!3 z.jsonl.gz:3 \"date\" is \"never\", which is no EDTF date (write 2023-09-20, 2023-09, 2023 or 2024-08~)\n"
      "c.txt||Nobody names this.\n";
  assert_str(listing_of(folder), wanted);
  assert_str(listing((const char *const[]){a, folder, list, a}, 4), wanted);
}

static void pretty_json(void **state) {
  put("a.jsonl", DS_STR("{\n  \"text\": \"Over several lines.\"\n}\n"));
  put("b.jsonl", DS_STR("[{\"text\": \"An array.\"}]"));
  assert_str(listing_of(folder),
             "!3 a.jsonl:0 not JSON Lines: each article must be one JSON object on one line\n"
             "!3 b.jsonl:0 not JSON Lines: each article must be one JSON object on one line\n");
}

/* ---- hostile pages */

static void check_hostile(ds_str page) {
  ds_article a;
  ds_arena own;
  ds_arena_init(&own);
  dossier_error err = DOSSIER_ERROR_INIT;
  dossier_status status = ds_article_from_html(&own, page, &a, &err);
  assert_true(status == DOSSIER_OK || status == DOSSIER_INPUT);
  assert_true(status == DOSSIER_OK ? ds_utf8_valid(a.text) : err.message[0] != 0);
  for (size_t i = 0; i < a.text.len; i++)
    assert_true((unsigned char)a.text.ptr[i] >= 0x20 || strchr("\t\n", a.text.ptr[i]));
  ds_arena_release(&own);
}

static void hostile(void **state) {
  static const char *const parts[] = {
      "<div>", "<a href=x>", "<table><tr><td>", "<b><i>",   "</div>",  "<p",       "<!--",
      "&#",    "&#x110000;", "<a b=\"",         "<ul><li>", "<font>x", "<p>x</b>", "\xFF\xFE",
      "<br>",  "<script>",   "<![CDATA[",       "</",       "=\"",     "<p>a<p>"};
  for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
    ds_str page = repeated(parts[i], 100000);
    check_hostile(page);
    free((char *)(uintptr_t)page.ptr);
  }
  ds_buf many; /* one element with very many attributes, which the parser compares with one another */
  ds_buf_init(&many);
  ds_buf_appendz(&many, "<p ");
  for (int i = 0; i < 200000; i++) ds_buf_printf(&many, "a%d=%d ", i, i);
  ds_buf_appendz(&many, ">Behind it stands a sentence of some words.");
  check_hostile(ds_buf_str(&many));
  ds_buf_release(&many);
}

static uint32_t next_random(uint32_t *seed) {
  return *seed = *seed * 1664525u + 1013904223u;
}

/* A page with a few random edits: bytes changed, parts left out, doubled or swapped in from elsewhere. */
static ds_str mutated(ds_str page, uint32_t *seed) {
  ds_buf out;
  ds_buf_init(&out);
  for (size_t at = 0; at < page.len;) {
    size_t step = 1 + next_random(seed) % 400, end = at + step < page.len ? at + step : page.len;
    size_t other = next_random(seed) % page.len, kind = (next_random(seed) >> 8) % 12;
    if (kind != 0) ds_buf_append(&out, ds_str_sub(page, at, end));
    if (kind == 1) ds_buf_append(&out, ds_str_sub(page, at, end));
    if (kind == 2) ds_buf_append(&out, ds_str_sub(page, other, other + step));
    if (kind == 3) ds_buf_byte(&out, (char)(next_random(seed) >> 16));
    if (kind == 4) ds_buf_byte(&out, "<>&\"'/=-"[(next_random(seed) >> 16) % 8]);
    at = end;
  }
  ds_str result = ds_arena_str(&arena, ds_buf_str(&out));
  ds_buf_release(&out);
  return result;
}

static void mutations(void **state) {
  const char *root = getenv("DOSSIER_TEST_ROOT");
  dossier_error err = DOSSIER_ERROR_INIT;
  ds_str *names;
  size_t count;
  uint32_t seed = 20231101;
  if (!root) skip();
  const char *dir = ds_arena_printf(&arena, "%s/tests/corpus/read", root).ptr;
  assert_int_equal(ds_folder_list(&arena, dir, &names, &count, &err), DOSSIER_OK);
  for (size_t i = 0; i < count; i++) {
    ds_buf page;
    ds_buf_init(&page);
    assert_int_equal(ds_file_read(ds_arena_printf(&arena, "%s/%.*s", dir, DS_STR_ARG(names[i])).ptr, &page, &err),
                     DOSSIER_OK);
    for (int round = 0; round < 40; round++) check_hostile(mutated(ds_buf_str(&page), &seed));
    ds_buf_release(&page);
  }
}

static void long_line(void **state) {
  ds_str text = repeated("The two sides met again and said nothing new. ", 230000); /* over 10 MB */
  ds_article a;
  dossier_error err = DOSSIER_ERROR_INIT;
  assert_int_equal(ds_article_from_text(&arena, text, &a, &err), DOSSIER_OK);
  assert_int_equal(a.text.len, text.len);
  check_hostile(text);
  free((char *)(uintptr_t)text.ptr);
}

static void deep_page(void **state) {
  ds_str open = repeated("<div>", 1500);
  ds_str page = joined(open, DS_STR("<p>The text lies deeper than any page should have it.</p>"));
  ds_article a;
  dossier_error err = DOSSIER_ERROR_INIT;
  assert_int_equal(ds_article_from_html(&arena, page, &a, &err), DOSSIER_OK);
  assert_str(a.text, "The text lies deeper than any page should have it.");
  free((char *)(uintptr_t)open.ptr);
}

/* ---- small pages */

static void small_pages(void **state) {
  assert_str(
      html("<p>One &amp; two&nbsp;&#8217;three&#146; f\xC3\xBCr&shy;wahr.<br>A new line.<br><br>A new paragraph.").text,
      "One & two \xE2\x80\x99three\xE2\x80\x99 f\xC3\xBCrwahr.\nA new line.\n\nA new paragraph.");
  assert_str(html("<span class=dropcap>T</span>he talks<sup>[2]</sup> ended <b>well</b>.").text,
             "The talks ended well.");
  assert_str(html("<meta charset=utf-8><title>Rebels take the northern town - The Daily Example</title><p>It fell at "
                  "dawn, they said.")
                 .title,
             "Rebels take the northern town");
  ds_article a = html(
      "<meta name=author content='By Anna Berg, Omar Said and Li Wei'><meta name=date content='03/04/2023'><p>Some "
      "words here.");
  assert_int_equal(a.author_count, 3);
  assert_str(a.authors[2], "Li Wei");
  assert_int_equal(a.published.len, 0);
}

static void json_ld_body(void **state) {
  assert_str(
      html("<script type='application/ld+json'>{\"@type\":\"NewsArticle\",\"headline\":\"H\",\"articleBody\":"
           "\"The page itself is built by a script.\\nSo its text is only here.\"}</script><div id=app>Loading</div>")
          .text,
      "The page itself is built by a script.\n\nSo its text is only here.");
}

static ds_hint hint(const char *attributes) {
  xmlDoc *doc;
  dossier_error err = DOSSIER_ERROR_INIT;
  ds_str page = ds_arena_printf(&arena, "<div %s>x</div>", attributes);
  assert_int_equal(ds_page_parse(page, &doc, &err), DOSSIER_OK);
  ds_hint result = ds_hint_of(ds_node_find(xmlDocGetRootElement(doc), "div"));
  xmlFreeDoc(doc);
  return result;
}

static void hints(void **state) {
  assert_true(ds_hints_in_order());
  assert_int_equal(hint("class='articleBody'"), DS_HINT_BODY);
  assert_int_equal(hint("itemprop='articleBody' class='ad'"), DS_HINT_BODY);
  assert_int_equal(hint("class='td-post-content tagdiv-type'"), DS_HINT_BODY);
  assert_int_equal(hint("class='article-body__related'"), DS_HINT_JUNK);
  assert_int_equal(hint("id='read_more_box'"), DS_HINT_JUNK);
  assert_int_equal(hint("role=navigation"), DS_HINT_JUNK);
  assert_int_equal(hint("class='page has-sidebar'"), DS_HINT_NONE);
  assert_int_equal(hint("class='badge adventure shared'"), DS_HINT_NONE);
  assert_int_equal(hint("class='x' id='comments'"), DS_HINT_FOREIGN);
}

/* ---- text cases */

static ds_str described(const ds_article *a) {
  ds_buf out;
  ds_buf_init(&out);
  const struct {
    const char *name;
    ds_str value;
  } fields[] = {{"title", a->title}, {"publisher", a->publisher}, {"published", a->published}, {"url", a->url}};
  for (size_t i = 0; i < sizeof fields / sizeof *fields; i++)
    if (fields[i].value.len) ds_buf_printf(&out, "%s: %.*s\n", fields[i].name, DS_STR_ARG(fields[i].value));
  for (size_t i = 0; i < a->author_count; i++) ds_buf_printf(&out, "author: %.*s\n", DS_STR_ARG(a->authors[i]));
  ds_buf_printf(&out, "---\n%.*s", DS_STR_ARG(a->text));
  if (!ds_str_ends(a->text, DS_STR("\n"))) ds_buf_byte(&out, '\n');
  ds_str result = ds_arena_str(&arena, ds_buf_str(&out));
  ds_buf_release(&out);
  return result;
}

static bool check_case(const char *dir, ds_str name) {
  const char *path = ds_arena_printf(&arena, "%s/%.*s", dir, DS_STR_ARG(name)).ptr;
  size_t stem = name.len;
  while (name.ptr[--stem] != '.') continue;
  const char *expected = ds_arena_printf(&arena, "%s/%.*s.expected", dir, (int)stem, name.ptr).ptr;
  ds_reader *reader;
  ds_article article;
  ds_buf wanted;
  dossier_error err = DOSSIER_ERROR_INIT;
  ds_buf_init(&wanted);
  assert_int_equal(ds_reader_open(&reader, &path, 1, &err), DOSSIER_OK);
  dossier_status status = ds_reader_next(reader, &arena, &article, &err);
  ds_str got = status == DOSSIER_OK ? described(&article) : ds_arena_printf(&arena, "error: %s\n", err.message);
  ds_reader_free(reader);
  if (getenv("DOSSIER_UPDATE")) {
    FILE *file = fopen(expected, "wb");
    assert_non_null(file);
    fwrite(got.ptr, 1, got.len, file);
    fclose(file);
  }
  assert_int_equal(ds_file_read(expected, &wanted, &err), DOSSIER_OK);
  bool same = ds_str_eq(got, ds_buf_str(&wanted));
  if (!same) print_error("%s gives\n%.*s\n", path, DS_STR_ARG(got));
  ds_buf_release(&wanted);
  return same;
}

static void text_cases(void **state) {
  const char *root = getenv("DOSSIER_TEST_ROOT");
  dossier_error err = DOSSIER_ERROR_INIT;
  ds_str *names;
  size_t count, tried = 0, wrong = 0;
  if (!root) skip();
  const char *dir = ds_arena_printf(&arena, "%s/tests/corpus/read", root).ptr;
  assert_int_equal(ds_folder_list(&arena, dir, &names, &count, &err), DOSSIER_OK);
  for (size_t i = 0; i < count; i++) {
    if (ds_str_ends(names[i], DS_STR(".expected")) || ds_str_ends(names[i], DS_STR(".md"))) continue;
    tried++;
    wrong += !check_case(dir, names[i]);
  }
  assert_true(tried > 0);
  assert_int_equal(wrong, 0);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void) {
  const struct CMUnitTest tests[] = {
      TEST(edtf),      TEST(days),        TEST(encodings),   TEST(detection),    TEST(binaries),   TEST(gzips),
      TEST(gzip_bomb), TEST(plain_text),  TEST(folders),     TEST(named_files),  TEST(json_lines), TEST(json_fields),
      TEST(siblings),  TEST(pretty_json), TEST(small_pages), TEST(json_ld_body), TEST(hints),      TEST(hostile),
      TEST(mutations), TEST(long_line),   TEST(deep_page),   TEST(text_cases)};
  return cmocka_run_group_tests_name("read", tests, NULL, NULL);
}
