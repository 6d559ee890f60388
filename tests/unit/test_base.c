/* Unit tests of src/base. Each group is the tests of one header, in alphabetical order. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/error.h"
#include "base/file.h"
#include "base/map.h"
#include "base/sha256.h"
#include "base/str.h"
#include "base/utf8.h"
#include "base/vec.h"
#include "base/yaml.h"

static void expect_str(ds_str got, const char *wanted) {
  if (ds_str_eqz(got, wanted)) return;
  fail_msg("got \"%.*s\", wanted \"%s\"", DS_STR_ARG(got), wanted);
}

/* A folder of its own for each test that writes files, removed at its end. */

typedef struct folder {
  char path[64];
  ds_arena arena;
} folder;

static int folder_setup(void **state) {
  folder *f = calloc(1, sizeof *f);
  if (!f) return -1;
  strcpy(f->path, "/tmp/dossier-base-XXXXXX");
  *state = f;
  return mkdtemp(f->path) ? 0 : -1;
}

static int folder_teardown(void **state) {
  folder *f = *state;
  ds_str *names;
  size_t count;
  if (ds_folder_list(&f->arena, f->path, &names, &count, NULL) == DOSSIER_OK)
    for (size_t i = 0; i < count; i++) remove(ds_path_join(&f->arena, ds_str_from(f->path), names[i]).ptr);
  int left = rmdir(f->path);
  ds_arena_release(&f->arena);
  free(f);
  return left;
}

static const char *path_in(folder *f, const char *name) {
  ds_str path = ds_path_join(&f->arena, ds_str_from(f->path), ds_str_from(name));
  assert_non_null(path.ptr);
  return path.ptr;
}

static const char *write_in(folder *f, const char *name, const char *text) {
  const char *path = path_in(f, name);
  assert_int_equal(ds_file_write(path, ds_str_from(text), NULL), DOSSIER_OK);
  return path;
}

/* arena.h */

static void arena_blocks_are_zeroed_and_aligned(void **state) {
  ds_arena arena;
  ds_arena_init(&arena);
  for (int round = 0; round < 3; round++) {
    for (size_t size = 0; size < 5000; size += 1 + size / 7) {
      unsigned char *block = ds_arena_alloc(&arena, size);
      assert_non_null(block);
      assert_int_equal((uintptr_t)block % 16, 0);
      for (size_t i = 0; i < size; i++) assert_int_equal(block[i], 0);
      if (size) memset(block, 0xEE, size);
    }
    ds_arena_clear(&arena); /* the next round gets the same, dirty memory */
  }
  ds_arena_release(&arena);
  assert_null(arena.block);
  assert_int_equal(arena.total, 0);
}

static void arena_blocks_do_not_overlap(void **state) {
  enum { COUNT = 400 };
  ds_arena arena;
  ds_arena_init(&arena);
  unsigned char *blocks[COUNT];
  size_t sizes[COUNT];
  for (size_t i = 0; i < COUNT; i++) {
    sizes[i] = i % 50 == 49 ? 40000 + i : i * 7 % 300; /* large ones go behind the newest block */
    blocks[i] = ds_arena_alloc(&arena, sizes[i]);
    assert_non_null(blocks[i]);
    memset(blocks[i], (int)(i % 251), sizes[i]);
  }
  for (size_t i = 0; i < COUNT; i++)
    for (size_t at = 0; at < sizes[i]; at++) assert_int_equal(blocks[i][at], i % 251);
  ds_arena_release(&arena);
}

static void arena_clear_keeps_one_block(void **state) {
  ds_arena arena;
  ds_arena_init(&arena);
  ds_arena_clear(&arena);
  for (int i = 0; i < 1000; i++) assert_non_null(ds_arena_alloc(&arena, 1000));
  size_t before = arena.total;
  ds_arena_clear(&arena);
  assert_true(arena.total < before);
  size_t kept = arena.total;
  assert_non_null(ds_arena_alloc(&arena, 1000));
  if (kept) assert_int_equal(arena.total, kept); /* not where each block is a malloc of its own */
  ds_arena_release(&arena);
}

static void arena_refuses_what_cannot_be(void **state) {
  ds_arena arena;
  ds_arena_init(&arena);
  assert_null(ds_arena_alloc(&arena, SIZE_MAX));
  assert_null(ds_arena_array(&arena, SIZE_MAX / 2, 3));
  assert_non_null(ds_arena_array(&arena, 0, 8));
  assert_non_null(ds_arena_array(&arena, 8, 0));
  ds_arena_release(&arena);
}

static void arena_copies_strings(void **state) {
  ds_arena arena;
  ds_arena_init(&arena);
  ds_str copy = ds_arena_str(&arena, (ds_str){"abcdef", 3});
  expect_str(copy, "abc");
  assert_int_equal(copy.ptr[3], 0);
  assert_non_null(ds_arena_str(&arena, DS_STR_NONE).ptr);
  expect_str(ds_arena_printf(&arena, "%s-%d", "x", 42), "x-42");
  expect_str(ds_arena_printf(&arena, "%s", ""), "");
  ds_arena_release(&arena);
}

/* buf.h */

static void buf_grows(void **state) {
  ds_buf buf;
  ds_buf_init(&buf);
  assert_int_equal(ds_buf_str(&buf).len, 0);
  ds_buf_append(&buf, DS_STR(""));
  assert_string_equal(buf.data, "");
  for (int i = 0; i < 1000; i++) {
    ds_buf_append(&buf, DS_STR("ab"));
    ds_buf_byte(&buf, 'c');
    assert_int_equal(buf.data[buf.len], 0);
  }
  assert_int_equal(buf.len, 3000);
  assert_memory_equal(buf.data + 2997, "abc", 4);
  ds_buf_clear(&buf);
  ds_buf_appendz(&buf, "x");
  ds_buf_appendz(&buf, NULL);
  ds_buf_printf(&buf, "%03d|%s", 7,
                "long enough to make the buffer look for room again, perhaps, if it has little of it");
  assert_true(ds_str_starts(ds_buf_str(&buf), DS_STR("x007|long")));
  assert_false(buf.failed);
  ds_buf_release(&buf);
  assert_null(buf.data);
}

static void buf_encodes_codepoints(void **state) {
  ds_buf buf;
  ds_buf_init(&buf);
  const uint32_t cps[] = {'A', 0x7F, 0x80, 0xE9, 0x7FF, 0x800, 0xFFFD, 0xFFFF, 0x10000, 0x10FFFF};
  for (size_t i = 0; i < sizeof cps / sizeof *cps; i++) ds_buf_codepoint(&buf, cps[i]);
  expect_str(ds_buf_str(&buf),
             "A\x7F\xC2\x80\xC3\xA9\xDF\xBF\xE0\xA0\x80\xEF\xBF\xBD\xEF\xBF\xBF\xF0\x90\x80\x80\xF4\x8F\xBF\xBF");
  ds_buf_clear(&buf);
  ds_buf_codepoint(&buf, 0xD800);
  ds_buf_codepoint(&buf, 0x110000);
  expect_str(ds_buf_str(&buf), "\xEF\xBF\xBD\xEF\xBF\xBD");
  ds_buf_release(&buf);
}

static void buf_remembers_failure(void **state) {
  ds_buf buf;
  ds_buf_init(&buf);
  ds_buf_appendz(&buf, "kept");
  ds_buf_append(&buf, (ds_str){"", SIZE_MAX / 2});
  assert_true(buf.failed);
  ds_buf_byte(&buf, 'x');
  ds_buf_printf(&buf, "y");
  expect_str(ds_buf_str(&buf), "kept");
  ds_buf_clear(&buf);
  assert_false(buf.failed);
  ds_buf_release(&buf);
}

/* error.h */

static void error_is_filled_in(void **state) {
  dossier_error err = DOSSIER_ERROR_INIT;
  assert_int_equal(ds_fail_at(&err, DOSSIER_INPUT, "a.yaml", 3, 17, "bad %s", "thing"), DOSSIER_INPUT);
  assert_int_equal(err.status, DOSSIER_INPUT);
  assert_string_equal(err.message, "bad thing");
  assert_string_equal(err.file, "a.yaml");
  assert_int_equal(err.line, 3);
  assert_int_equal(err.byte, 17);
  /* Arguments that point into the object itself. */
  assert_int_equal(ds_fail(&err, DOSSIER_USAGE, "again: %s", err.message), DOSSIER_USAGE);
  assert_string_equal(err.message, "again: bad thing");
  assert_string_equal(err.file, "");
  assert_int_equal(err.line, 0);
  assert_int_equal(err.byte, -1);
  assert_int_equal(ds_fail_memory(NULL), DOSSIER_SYSTEM);
}

static void error_is_cut_between_characters(void **state) {
  dossier_error err = DOSSIER_ERROR_INIT;
  char text[2000];
  for (size_t shift = 0; shift < 4; shift++) {
    memset(text, 'x', shift);
    for (size_t i = shift; i + 4 < sizeof text; i += 4) memcpy(text + i, "\xF0\x9F\x98\x80", 5);
    ds_fail_at(&err, DOSSIER_INPUT, text, 0, -1, "%s", text);
    assert_true(ds_utf8_valid(ds_str_from(err.message)));
    assert_true(ds_utf8_valid(ds_str_from(err.file)));
    assert_true(strlen(err.message) >= sizeof err.message - 4);
  }
}

/* file.h */

static void file_reads_back(void **state) {
  folder *f = *state;
  dossier_error err = DOSSIER_ERROR_INIT;
  const char *path = write_in(f, "a.txt", "first");
  write_in(f, "a.txt", "second\n");
  assert_false(ds_file_exists(path_in(f, "a.txt.part")));
  ds_buf buf;
  ds_buf_init(&buf);
  ds_buf_appendz(&buf, "before ");
  assert_int_equal(ds_file_read(path, &buf, &err), DOSSIER_OK);
  expect_str(ds_buf_str(&buf), "before second\n");
  assert_int_equal(err.status, DOSSIER_OK);

  ds_file_map map;
  assert_int_equal(ds_file_map_open(&map, path, &err), DOSSIER_OK);
  expect_str(map.data, "second\n");
  ds_file_unmap(&map);
  assert_int_equal(ds_file_map_open(&map, write_in(f, "empty", ""), &err), DOSSIER_OK);
  assert_int_equal(map.data.len, 0);
  ds_file_unmap(&map);
  ds_buf_release(&buf);
}

static void file_reads_large_and_standard_input(void **state) {
  folder *f = *state;
  ds_buf large, back;
  ds_buf_init(&large);
  ds_buf_init(&back);
  for (int i = 0; i < 50000; i++) ds_buf_printf(&large, "%d\n", i);
  const char *path = path_in(f, "large");
  assert_int_equal(ds_file_write(path, ds_buf_str(&large), NULL), DOSSIER_OK);
  assert_non_null(freopen(path, "r", stdin));
  assert_int_equal(ds_file_read("-", &back, NULL), DOSSIER_OK);
  assert_true(ds_str_eq(ds_buf_str(&large), ds_buf_str(&back)));
  ds_buf_release(&large);
  ds_buf_release(&back);
}

static void file_errors_name_the_file(void **state) {
  folder *f = *state;
  dossier_error err = DOSSIER_ERROR_INIT;
  ds_buf buf;
  ds_buf_init(&buf);
  const char *missing = path_in(f, "missing");
  assert_int_equal(ds_file_read(missing, &buf, &err), DOSSIER_INPUT);
  assert_string_equal(err.file, missing);
  assert_non_null(strstr(err.message, "No such file"));
  assert_int_equal(ds_file_read(f->path, &buf, &err), DOSSIER_INPUT);
  assert_non_null(strstr(err.message, "directory"));
  ds_file_map map;
  assert_int_equal(ds_file_map_open(&map, missing, &err), DOSSIER_INPUT);
  assert_int_equal(ds_file_map_open(&map, f->path, &err), DOSSIER_INPUT);
  assert_null(map.data.ptr);
  assert_int_equal(ds_file_write(path_in(f, "no/such"), DS_STR("x"), &err), DOSSIER_INPUT);
  assert_int_equal(ds_file_write(f->path, DS_STR("x"), &err), DOSSIER_INPUT);
  assert_int_equal(ds_file_write("/dev/full", DS_STR("x"), &err), DOSSIER_SYSTEM);
  ds_str *names;
  size_t count;
  assert_int_equal(ds_folder_list(&f->arena, missing, &names, &count, &err), DOSSIER_INPUT);
  ds_buf_release(&buf);
}

static void folder_is_listed_in_byte_order(void **state) {
  folder *f = *state;
  ds_str *names;
  size_t count = 99;
  assert_int_equal(ds_folder_list(&f->arena, f->path, &names, &count, NULL), DOSSIER_OK);
  assert_int_equal(count, 0);
  const char *wanted[] = {"B", "a", "a.b", "ab", "b", "\xC3\xA9"};
  for (size_t i = 0; i < 6; i++) write_in(f, wanted[(i * 5 + 2) % 6], "");
  write_in(f, ".hidden", "");
  assert_int_equal(ds_folder_list(&f->arena, f->path, &names, &count, NULL), DOSSIER_OK);
  assert_int_equal(count, 6);
  for (size_t i = 0; i < 6; i++) expect_str(names[i], wanted[i]);
  assert_true(ds_file_is_folder(f->path));
  assert_false(ds_file_is_folder(path_in(f, "a")));
  assert_true(ds_file_exists(path_in(f, "a")));
  remove(path_in(f, ".hidden"));
}

static void paths_are_joined(void **state) {
  folder *f = *state;
  expect_str(ds_path_join(&f->arena, DS_STR("a"), DS_STR("b/c")), "a/b/c");
  expect_str(ds_path_join(&f->arena, DS_STR("a/"), DS_STR("b")), "a/b");
  expect_str(ds_path_join(&f->arena, DS_STR(""), DS_STR("b")), "b");
  expect_str(ds_path_join(&f->arena, DS_STR("a"), DS_STR("/b")), "/b");
  expect_str(ds_path_join(&f->arena, DS_STR("/"), DS_STR("")), "/");
}

static void data_is_found_in_order(void **state) {
  folder *f = *state;
  dossier_error err = DOSSIER_ERROR_INIT;
  const char *here = write_in(f, "meson.build", "");
  ds_str path;
  assert_int_equal(ds_data_path(&f->arena, f->path, "meson.build", &path, &err), DOSSIER_OK);
  expect_str(path, here);
  /* The source tree, which has a meson.build too, comes behind the environment. */
  unsetenv("DOSSIER_DATA");
  assert_int_equal(ds_data_path(&f->arena, NULL, "meson.build", &path, &err), DOSSIER_OK);
  assert_false(ds_str_eqz(path, here));
  setenv("DOSSIER_DATA", f->path, 1);
  assert_int_equal(ds_data_path(&f->arena, "/no/such/folder", "meson.build", &path, &err), DOSSIER_OK);
  expect_str(path, here);
  assert_int_equal(ds_data_path(&f->arena, "/no/such/folder", "no such file", &path, &err), DOSSIER_INPUT);
  assert_string_equal(err.file, "no such file");
  assert_non_null(strstr(err.message, "/no/such/folder, "));
  assert_non_null(strstr(err.message, f->path));
  unsetenv("DOSSIER_DATA");
}

/* map.h */

static void map_puts_and_gets(void **state) {
  ds_map map;
  ds_arena arena;
  ds_map_init(&map);
  ds_arena_init(&arena);
  uint64_t value = 7;
  assert_false(ds_map_get(&map, DS_STR("x"), &value));
  for (uint64_t i = 0; i < 5000; i++)
    assert_true(ds_map_put(&map, ds_arena_printf(&arena, "key %u", (unsigned)(i * 7919 % 5000)), i));
  assert_true(ds_map_put(&map, DS_STR(""), 1));
  assert_true(ds_map_put(&map, DS_STR("key 0"), UINT64_MAX));
  assert_int_equal(map.len, 5001);
  for (size_t i = 1; i < 5000; i++) {
    expect_str(map.entries[i].key, ds_arena_printf(&arena, "key %u", (unsigned)(i * 7919 % 5000)).ptr);
    assert_true(ds_map_get(&map, map.entries[i].key, &value));
    assert_int_equal(value, i);
  }
  assert_true(ds_map_get(&map, DS_STR("key 0"), &value));
  assert_true(value == UINT64_MAX);
  assert_true(ds_map_get(&map, DS_STR_NONE, NULL));
  value = 7;
  assert_false(ds_map_get(&map, DS_STR("key 5000"), &value));
  assert_int_equal(value, 7);
  ds_map_release(&map);
  ds_arena_release(&arena);
}

/* sha256.h */

static void sha256_gives_the_standard_digests(void **state) {
  static const struct {
    const char *text, *digest;
  } rows[] = {
      {"", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"},
      {"abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"},
      {"abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
       "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"},
      {"abcdefghbcdefghicdefghijdefghijkefghijklfghijklmghijklmnhijklmnoijklmnopjklmnopqklmnopqrlmnopqrsmnopqrstnopqrst"
       "u",
       "cf5b16a778af8380036ce59e7b0492370b249b11e8f07a51afac45037afee9d1"},
  };
  char hex[65];
  for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
    ds_sha256_hex(ds_str_from(rows[i].text), hex);
    assert_string_equal(hex, rows[i].digest);
  }
  ds_sha256_hex(DS_STR_NONE, hex);
  assert_string_equal(hex, rows[0].digest);
  char *million = malloc(1000000);
  assert_non_null(million);
  memset(million, 'a', 1000000);
  ds_sha256_hex((ds_str){million, 1000000}, hex);
  assert_string_equal(hex, "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
  free(million);
}

/* str.h */

static void str_compares(void **state) {
  assert_true(ds_str_eq(DS_STR_NONE, DS_STR("")));
  assert_true(ds_str_eqz(DS_STR_NONE, NULL));
  assert_true(ds_str_eq(DS_STR("a\0b"), DS_STR("a\0b")));
  assert_false(ds_str_eq(DS_STR("a\0b"), DS_STR("a\0c")));
  assert_true(ds_str_eq_nocase(DS_STR("NaTo[1]"), DS_STR("nAtO[1]")));
  assert_false(ds_str_eq_nocase(DS_STR("a["), DS_STR("a{")));
  assert_false(ds_str_eq_nocase(DS_STR("\xC3\x89"), DS_STR("\xC3\xA9")));
  assert_true(ds_str_cmp(DS_STR("a"), DS_STR("ab")) < 0);
  assert_true(ds_str_cmp(DS_STR("b"), DS_STR("ab")) > 0);
  assert_true(ds_str_cmp(DS_STR("z"), DS_STR("\xC3\xA9")) < 0);
  assert_int_equal(ds_str_cmp(DS_STR_NONE, DS_STR("")), 0);
}

static void str_finds_and_cuts(void **state) {
  size_t at = 99;
  ds_str s = DS_STR("one two one");
  assert_true(ds_str_starts(s, DS_STR("one ")));
  assert_true(ds_str_starts(s, DS_STR("")));
  assert_false(ds_str_starts(DS_STR("on"), DS_STR("one")));
  assert_true(ds_str_ends(s, DS_STR("one")));
  assert_false(ds_str_ends(s, DS_STR("two")));
  assert_true(ds_str_ends(DS_STR_NONE, DS_STR_NONE));
  assert_true(ds_str_find(s, DS_STR("o one"), &at));
  assert_int_equal(at, 6);
  assert_false(ds_str_find(s, DS_STR("three"), &at));
  assert_int_equal(at, 6);
  assert_true(ds_str_find(DS_STR_NONE, DS_STR(""), &at));
  assert_int_equal(at, 0);
  assert_false(ds_str_find(DS_STR_NONE, DS_STR("x"), NULL));
  expect_str(ds_str_sub(s, 4, 7), "two");
  expect_str(ds_str_sub(s, 8, 99), "one");
  expect_str(ds_str_sub(s, 50, 99), "");
  expect_str(ds_str_sub(s, 5, 3), "");
  expect_str(ds_str_trim(DS_STR(" \t a b\r\n")), "a b");
  expect_str(ds_str_trim(DS_STR(" \n ")), "");
  expect_str(ds_str_trim(DS_STR_NONE), "");
}

static void str_splits(void **state) {
  ds_str rest = DS_STR("a,,b,"), part;
  assert_true(ds_str_split(&rest, ',', &part));
  expect_str(part, "a");
  assert_true(ds_str_split(&rest, ',', &part));
  expect_str(part, "");
  assert_true(ds_str_split(&rest, ',', &part));
  expect_str(part, "b");
  assert_false(ds_str_split(&rest, ',', &part));
  rest = DS_STR_NONE;
  assert_false(ds_str_split(&rest, ',', &part));
}

static void str_reads_numbers(void **state) {
  uint32_t n = 5;
  assert_true(ds_str_to_u32(DS_STR("0"), &n));
  assert_int_equal(n, 0);
  assert_true(ds_str_to_u32(DS_STR("4294967295"), &n));
  assert_true(n == UINT32_MAX);
  const char *bad[] = {"", "4294967296", "99999999999999999999999", "-1", "+1", " 1", "1 ", "1a", "0x1"};
  for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) assert_false(ds_str_to_u32(ds_str_from(bad[i]), &n));
}

static void str_hash_never_changes(void **state) {
  assert_true(ds_str_hash(DS_STR_NONE) == ds_str_hash(DS_STR("")));
  assert_true(ds_str_hash(DS_STR("dossier")) == UINT64_C(0x5243bdd8f7fad1e0));
  assert_true(ds_str_hash(DS_STR("a")) != ds_str_hash(DS_STR("b")));
}

/* utf8.h */

static void expect_repair(ds_str broken, const char *wanted) {
  ds_buf out;
  ds_buf_init(&out);
  ds_utf8_repair(broken, &out);
  expect_str(ds_buf_str(&out), wanted);
  assert_true(ds_utf8_valid(ds_buf_str(&out)));
  ds_buf_release(&out);
}

#define R "\xEF\xBF\xBD"

static void utf8_repair_replaces_maximal_subparts(void **state) {
  /* The examples of the Unicode Standard, tables 3-8 to 3-11. */
  expect_repair(DS_STR("\xC0\xAF\xE0\x80\xBF\xF0\x81\x82\x41"), R R R R R R R R "A");
  expect_repair(DS_STR("\xED\xA0\x80\xED\xBF\xBF\xED\xAF\x41"), R R R R R R R R "A");
  expect_repair(DS_STR("\xF4\x91\x92\x93\xFF\x41\x80\xBF\x42"), R R R R R "A" R R "B");
  expect_repair(DS_STR("\xE1\x80\xE2\xF0\x91\x92\xF1\xBF\x41"), R R R R "A");
  expect_repair(DS_STR("caf\xE9 au lait"), "caf" R " au lait");
  expect_repair(DS_STR("cut \xF0\x9F\x98"), "cut " R);
}

static void utf8_repair_drops_controls(void **state) {
  expect_repair(DS_STR(""), "");
  expect_repair(DS_STR("a\r\nb\rc\n\r\n\r"), "a\nb\nc\n\n\n");
  expect_repair(DS_STR("a\0b\x01\x1F\tc\x0B\x0C"), "ab\tc");
  expect_repair(DS_STR("\xEF\xBB\xBF"
                       "text"),
                "text");
  expect_repair(DS_STR("\xEF\xBB\xBF"), "");
  expect_repair(DS_STR("a\xEF\xBF\xBE\xEF\xBF\xBF"
                       "b"),
                "ab");
  expect_repair(DS_STR("gr\xC3\xBC\xC3\x9F \xF0\x9F\x98\x80 \xC2\x85"), "gr\xC3\xBC\xC3\x9F \xF0\x9F\x98\x80 \xC2\x85");
}

/* Any bytes at all: the result is valid, and repairing it again changes nothing. */
static void utf8_repair_of_random_bytes(void **state) {
  ds_buf once, twice;
  ds_buf_init(&once);
  ds_buf_init(&twice);
  uint32_t seed = 1;
  static const unsigned char likely[] = {0x0D, 0x0A, 0x41, 0x80, 0x9F, 0xA0, 0xBB, 0xBF,
                                         0xC2, 0xE0, 0xED, 0xEF, 0xF0, 0xF4, 0xFF};
  for (int round = 0; round < 20000; round++) {
    char bytes[12];
    for (size_t i = 0; i < sizeof bytes; i++) {
      seed = seed * 1664525 + 1013904223;
      bytes[i] = (char)likely[(seed >> 16) % sizeof likely];
    }
    ds_buf_clear(&once);
    ds_buf_clear(&twice);
    ds_utf8_repair((ds_str){bytes, sizeof bytes}, &once);
    /* A mark that comes to stand first only because the real one was dropped is text. */
    if (ds_str_starts(ds_buf_str(&once), DS_STR("\xEF\xBB\xBF"))) continue;
    ds_utf8_repair(ds_buf_str(&once), &twice);
    assert_true(ds_utf8_valid(ds_buf_str(&once)));
    assert_true(ds_str_eq(ds_buf_str(&once), ds_buf_str(&twice)));
  }
  ds_buf_release(&once);
  ds_buf_release(&twice);
}

static void utf8_walks_every_character(void **state) {
  ds_buf buf;
  ds_buf_init(&buf);
  for (uint32_t cp = 0; cp <= 0x10FFFF; cp++) {
    if (cp >= 0xD800 && cp <= 0xDFFF) continue;
    ds_buf_clear(&buf);
    ds_buf_byte(&buf, 'x');
    ds_buf_codepoint(&buf, cp);
    ds_str s = ds_buf_str(&buf);
    size_t size;
    if (ds_utf8_at(s, 1, &size) != cp || size != s.len - 1 || ds_utf8_before(s, s.len) != 1 || !ds_utf8_valid(s) ||
        ds_utf8_count(s) != 2 || ds_utf8_cut(s, s.len - 1) != 1)
      fail_msg("U+%04X", (unsigned)cp);
  }
  ds_buf_release(&buf);
}

static void utf8_walks_broken_bytes(void **state) {
  ds_str s = DS_STR(
      "\xE2\x82"
      "a\x80\x80\x80\x80\x80");
  size_t size;
  assert_int_equal(ds_utf8_at(s, 0, &size), 0xFFFD);
  assert_int_equal(size, 1);
  assert_int_equal(ds_utf8_at(s, 0, NULL), 0xFFFD);
  assert_int_equal(ds_utf8_before(s, 3), 2);
  assert_int_equal(ds_utf8_before(s, 2), 1);
  assert_int_equal(ds_utf8_before(s, 8), 7);
  assert_int_equal(ds_utf8_count(s), 8);
  assert_false(ds_utf8_valid(s));
  assert_int_equal(ds_utf8_cut(s, 7), 7);
  assert_int_equal(ds_utf8_cut(DS_STR("\xE2\x82\xAC"
                                      "a"),
                               2),
                   0);
  assert_int_equal(ds_utf8_cut(DS_STR("\xE2\x82\xAC"
                                      "a"),
                               3),
                   3);
  assert_int_equal(ds_utf8_cut(DS_STR("\xE2\x82\xAC"
                                      "a"),
                               9),
                   4);
  assert_int_equal(ds_utf8_cut(DS_STR("a"), 0), 0);
}

static void cp_classes_agree(void **state) {
  for (uint32_t cp = 0; cp < 0x20000; cp++) {
    bool upper = ds_cp_is_upper(cp), lower = ds_cp_is_lower(cp), alpha = ds_cp_is_alpha(cp);
    int classes = alpha + ds_cp_is_digit(cp) + ds_cp_is_space(cp) + ds_cp_is_punct(cp);
    bool good = classes <= 1 && !(upper && lower) && (alpha || !(upper || lower));
    if (ds_cp_lower(cp) != cp) good = good && alpha && ds_cp_lower(ds_cp_lower(cp)) == ds_cp_lower(cp);
    if (ds_cp_upper(cp) != cp && cp != 0x345) good = good && alpha && ds_cp_upper(ds_cp_upper(cp)) == ds_cp_upper(cp);
    if (upper && cp != 0x3D2 && cp != 0x3D3 && cp != 0x3D4) good = good && ds_cp_is_lower(ds_cp_lower(cp));
    if (!good) fail_msg("U+%04X", (unsigned)cp);
  }
}

static void cp_case_and_marks(void **state) {
  static const struct {
    uint32_t upper, lower;
  } pairs[] = {{'A', 'a'},       {'Z', 'z'},       {0xC9, 0xE9},     {0xDE, 0xFE},   {0x100, 0x101}, {0x178, 0xFF},
               {0x17D, 0x17E},   {0x189, 0x256},   {0x1F7, 0x1BF},   {0x218, 0x219}, {0x386, 0x3AC}, {0x3A9, 0x3C9},
               {0x401, 0x451},   {0x410, 0x430},   {0x42F, 0x44F},   {0x490, 0x491}, {0x531, 0x561}, {0x556, 0x586},
               {0x1E02, 0x1E03}, {0x1EF8, 0x1EF9}, {0x1F08, 0x1F00}, {0x4C0, 0x4CF}};
  for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
    assert_int_equal(ds_cp_lower(pairs[i].upper), pairs[i].lower);
    assert_int_equal(ds_cp_upper(pairs[i].lower), pairs[i].upper);
    assert_true(ds_cp_is_upper(pairs[i].upper));
    assert_true(ds_cp_is_lower(pairs[i].lower));
  }
  assert_int_equal(ds_cp_lower(0x130), 'i');
  assert_int_equal(ds_cp_lower(0x1E9E), 0xDF);
  assert_int_equal(ds_cp_upper(0xDF), 0xDF);
  assert_int_equal(ds_cp_upper(0x131), 'I');
  assert_true(ds_cp_is_lower(0xDF) && ds_cp_is_lower(0x1D7D) && ds_cp_is_lower(0x1FF7));
  assert_true(ds_cp_is_upper(0x130));
  assert_int_equal(ds_cp_strip_mark(0xE9), 'e');
  assert_int_equal(ds_cp_strip_mark(0xD8), 'O');
  assert_int_equal(ds_cp_strip_mark(0x142), 'l');
  assert_int_equal(ds_cp_strip_mark(0x21B), 't');
  assert_int_equal(ds_cp_strip_mark(0x1EA5), 'a');
  assert_int_equal(ds_cp_strip_mark(0x1FD), 0xE6);
  assert_int_equal(ds_cp_strip_mark(0xDF), 0xDF);
  assert_int_equal(ds_cp_strip_mark(0xD7), 0xD7);
  assert_int_equal(ds_cp_strip_mark(0x301), 0);
  assert_int_equal(ds_cp_strip_mark(0x439), 0x439);
}

static void cp_classes(void **state) {
  const uint32_t letters[] = {'q',   0xAA,  0xE9,  0x3B1,  0x44F,  0x57E,  0x5D0,  0x627,
                              0x915, 0x93F, 0xE01, 0x10D0, 0x4E2D, 0xAC00, 0x20000};
  for (size_t i = 0; i < sizeof letters / sizeof *letters; i++) assert_true(ds_cp_is_alpha(letters[i]));
  const uint32_t signs[] = {'!',    '$',    '~',    0xAB,   0xD7,   0x2014,  0x2019, 0x201C,
                            0x2026, 0x20AC, 0x2122, 0x3001, 0xFF0C, 0x1F600, 0x964};
  for (size_t i = 0; i < sizeof signs / sizeof *signs; i++) assert_true(ds_cp_is_punct(signs[i]));
  const uint32_t spaces[] = {' ', '\t', '\n', 0xA0, 0x2009, 0x202F, 0x3000};
  for (size_t i = 0; i < sizeof spaces / sizeof *spaces; i++) assert_true(ds_cp_is_space(spaces[i]));
  const uint32_t none[] = {0, 0x7F, 0xAD, 0xB2, 0x200B, 0x301, 0x660, 0xFEFF, 0xE000, 0x10FFFF, UINT32_MAX};
  for (size_t i = 0; i < sizeof none / sizeof *none; i++)
    assert_false(ds_cp_is_alpha(none[i]) || ds_cp_is_punct(none[i]) || ds_cp_is_space(none[i]) ||
                 ds_cp_is_digit(none[i]));
  assert_true(ds_cp_is_digit('0') && ds_cp_is_digit('9') && !ds_cp_is_digit('a'));
}

static void utf8_folds(void **state) {
  static const char *rows[][2] = {
      {"", ""},
      {"NATO", "nato"},
      {"Jos\xC3\xA9 \xC3\x81ngel", "jose angel"},
      {"Jose\xCC\x81", "jose"},
      {"\xC5\x81\xC3\xB3"
       "d\xC5\xBA",
       "lodz"},
      {"STRAUSS Strau\xC3\x9F", "strauss strauss"},
      {"\xC4\xB0stanbul", "istanbul"},
      {"\xC3\x86r\xC3\xB8", "aero"},
      {"\xD0\x9F\xD1\x83\xD1\x82\xD0\xB8\xD0\xBD", "\xD0\xBF\xD1\x83\xD1\x82\xD0\xB8\xD0\xBD"},
      {"\xCE\xA3\xCE\xAC\xCF\x82", "\xCF\x83\xCE\xAC\xCF\x83"},
      {"x\xFFy", "x" R "y"}};
  for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
    ds_buf out;
    ds_buf_init(&out);
    ds_utf8_fold(ds_str_from(rows[i][0]), &out);
    expect_str(ds_buf_str(&out), rows[i][1]);
    ds_buf_release(&out);
  }
}

/* vec.h */

static void vec_grows(void **state) {
  DS_VEC(uint32_t) v = {0};
  for (uint32_t i = 0; i < 10000; i++) assert_true(DS_PUSH(v, i * 3));
  assert_int_equal(v.len, 10000);
  for (uint32_t i = 0; i < 10000; i++) assert_int_equal(v.items[i], i * 3);
  assert_true(ds_vec_reserve((void **)&v.items, &v.cap, 50000, sizeof *v.items));
  assert_true(v.cap >= 50000);
  size_t cap = v.cap;
  assert_false(ds_vec_reserve((void **)&v.items, &v.cap, SIZE_MAX / 2, sizeof *v.items));
  assert_int_equal(v.cap, cap);
  assert_int_equal(v.items[9999], 29997);
  DS_VEC_RELEASE(v);
  assert_null(v.items);
  assert_int_equal(v.len + v.cap, 0);
  DS_VEC(ds_str) pairs = {0};
  assert_true(DS_PUSH(pairs, (ds_str){"a", 1})); /* a literal with a comma in it */
  expect_str(pairs.items[0], "a");
  DS_VEC_RELEASE(pairs);
}

/* yaml.h */

static void yaml_gives_a_tree(void **state) {
  folder *f = *state;
  dossier_error err = DOSSIER_ERROR_INIT;
  const char *path = write_in(f, "a.yaml",
                              "# comment\n"
                              "name: meet\n"
                              "verbs: [meet, 'no', \"yes\"]\n"
                              "\n"
                              "nested:\n"
                              "  - a: 1\n"
                              "    b:\n"
                              "  - text\n"
                              "long: >\n"
                              "  two\n"
                              "  lines\n");
  ds_yaml *root = NULL;
  assert_int_equal(ds_yaml_read(&f->arena, path, &root, &err), DOSSIER_OK);
  assert_int_equal(root->type, DS_YAML_MAPPING);
  assert_int_equal(root->count, 4);
  assert_int_equal(root->line, 2);
  expect_str(root->keys[1]->scalar, "verbs");
  expect_str(ds_yaml_get_str(root, "name"), "meet");
  expect_str(ds_yaml_get_str(root, "long"), "two lines\n");
  assert_null(ds_yaml_get_str(root, "absent").ptr);
  assert_null(ds_yaml_get_str(root, "verbs").ptr);
  const ds_yaml *verbs = ds_yaml_get(root, "verbs");
  assert_int_equal(verbs->type, DS_YAML_SEQUENCE);
  assert_int_equal(verbs->count, 3);
  assert_int_equal(verbs->line, 3);
  assert_false(verbs->items[0]->quoted);
  assert_true(verbs->items[1]->quoted && verbs->items[2]->quoted);
  const ds_yaml *nested = ds_yaml_get(root, "nested");
  assert_int_equal(nested->items[0]->line, 6);
  assert_int_equal(ds_yaml_get(nested->items[0], "b")->scalar.len, 0);
  expect_str(nested->items[1]->scalar, "text");
  assert_int_equal(nested->items[1]->line, 8);
  assert_null(ds_yaml_get(nested, "a"));
  assert_null(ds_yaml_get(NULL, "a"));
  assert_int_equal(ds_yaml_fail(&err, path, verbs, "no %s", "good"), DOSSIER_INPUT);
  assert_string_equal(err.message, "no good");
  assert_string_equal(err.file, path);
  assert_int_equal(err.line, 3);
}

static void yaml_of_nothing_is_an_empty_mapping(void **state) {
  folder *f = *state;
  const char *texts[] = {"", "\n\n", "# only a comment\n", "\xEF\xBB\xBF"};
  for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
    ds_yaml *root = NULL;
    assert_int_equal(ds_yaml_read(&f->arena, write_in(f, "a.yaml", texts[i]), &root, NULL), DOSSIER_OK);
    assert_int_equal(root->type, DS_YAML_MAPPING);
    assert_int_equal(root->count, 0);
    assert_null(ds_yaml_get(root, "a"));
  }
  ds_yaml *root = NULL;
  assert_int_equal(ds_yaml_read(&f->arena,
                                write_in(f, "a.yaml",
                                         "\xEF\xBB\xBF"
                                         "a: 1\n--- \nb: 2\n"),
                                &root, NULL),
                   DOSSIER_OK);
  expect_str(ds_yaml_get_str(root, "a"), "1");
}

static void yaml_errors_have_lines(void **state) {
  folder *f = *state;
  static const struct {
    const char *text;
    long line;
    const char *says;
  } rows[] = {
      {"a: 1\nb: [1, 2\nc: 3\n", 3, "flow sequence"},
      {"a: 1\n\tb: 2\n", 2, ""},
      {"a: 1\nb: 2\n\na: 3\n", 4, "\"a\" stands in line 1 already"},
      {"x:\n  - k: 1\n    k: 2\n", 3, "\"k\""},
      {"a: &x 1\n", 1, "anchors"},
      {"a:\n  b: *x\n", 2, "aliases"},
      {"a:\n- !!int 1\n", 2, "tags"},
      {"a: 1\nb: !x\n  c: 1\n", 2, "tags"},
      {"a: 1\n? [b]\n: 2\n", 2, "key"},
      {"a: 1\nb: \"caf\xE9\"\n", 2, "UTF-8"},
      {"a: 1\nb: \x01\n", 2, "control"},
  };
  for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
    dossier_error err = DOSSIER_ERROR_INIT;
    ds_yaml *root = NULL;
    const char *path = write_in(f, "a.yaml", rows[i].text);
    assert_int_equal(ds_yaml_read(&f->arena, path, &root, &err), DOSSIER_INPUT);
    assert_null(root);
    assert_string_equal(err.file, path);
    if (err.line != rows[i].line || !strstr(err.message, rows[i].says))
      fail_msg("row %zu: line %ld, \"%s\"", i, err.line, err.message);
  }
}

static void yaml_depth_is_bounded(void **state) {
  folder *f = *state;
  char text[2001];
  memset(text, '[', 2000);
  text[2000] = '\0';
  dossier_error err = DOSSIER_ERROR_INIT;
  ds_yaml *root = NULL;
  assert_int_equal(ds_yaml_read(&f->arena, write_in(f, "a.yaml", text), &root, &err), DOSSIER_INPUT);
  assert_non_null(strstr(err.message, "deep"));
  assert_int_equal(ds_yaml_read(&f->arena, path_in(f, "missing"), &root, &err), DOSSIER_INPUT);
}

#define IN_FOLDER(test) cmocka_unit_test_setup_teardown(test, folder_setup, folder_teardown)

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(arena_blocks_are_zeroed_and_aligned),
      cmocka_unit_test(arena_blocks_do_not_overlap),
      cmocka_unit_test(arena_clear_keeps_one_block),
      cmocka_unit_test(arena_refuses_what_cannot_be),
      cmocka_unit_test(arena_copies_strings),
      cmocka_unit_test(buf_grows),
      cmocka_unit_test(buf_encodes_codepoints),
      cmocka_unit_test(buf_remembers_failure),
      cmocka_unit_test(error_is_filled_in),
      cmocka_unit_test(error_is_cut_between_characters),
      IN_FOLDER(file_reads_back),
      IN_FOLDER(file_reads_large_and_standard_input),
      IN_FOLDER(file_errors_name_the_file),
      IN_FOLDER(folder_is_listed_in_byte_order),
      IN_FOLDER(paths_are_joined),
      IN_FOLDER(data_is_found_in_order),
      cmocka_unit_test(map_puts_and_gets),
      cmocka_unit_test(sha256_gives_the_standard_digests),
      cmocka_unit_test(str_compares),
      cmocka_unit_test(str_finds_and_cuts),
      cmocka_unit_test(str_splits),
      cmocka_unit_test(str_reads_numbers),
      cmocka_unit_test(str_hash_never_changes),
      cmocka_unit_test(utf8_repair_replaces_maximal_subparts),
      cmocka_unit_test(utf8_repair_drops_controls),
      cmocka_unit_test(utf8_repair_of_random_bytes),
      cmocka_unit_test(utf8_walks_every_character),
      cmocka_unit_test(utf8_walks_broken_bytes),
      cmocka_unit_test(cp_classes_agree),
      cmocka_unit_test(cp_case_and_marks),
      cmocka_unit_test(cp_classes),
      cmocka_unit_test(utf8_folds),
      cmocka_unit_test(vec_grows),
      IN_FOLDER(yaml_gives_a_tree),
      IN_FOLDER(yaml_of_nothing_is_an_empty_mapping),
      IN_FOLDER(yaml_errors_have_lines),
      IN_FOLDER(yaml_depth_is_bounded),
  };
  return cmocka_run_group_tests_name("base", tests, NULL, NULL);
}
