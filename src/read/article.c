/* From the bytes of one document to a finished article. */
#include "read/internal.h"

#include "base/sha256.h"
#include "base/utf8.h"

#include <string.h>

/* Of the words that JSON-LD gives for the article, this many percent must be found in the page, else JSON-LD's own are used. */
#define FOUND_PERCENT 40

/* ---- formats */

ds_format ds_format_of_name(ds_str path) {
  static const struct {
    const char *ending;
    ds_format format;
  } endings[] = {
      {".txt", DS_FORMAT_TEXT}, {".html", DS_FORMAT_HTML}, {".htm", DS_FORMAT_HTML}, {".jsonl", DS_FORMAT_JSONL}};
  if (path.len > 3 && ds_str_eq_nocase(ds_str_sub(path, path.len - 3, path.len), DS_STR(".gz"))) path.len -= 3;
  for (size_t i = 0; i < sizeof endings / sizeof *endings; i++) {
    ds_str ending = ds_str_from(endings[i].ending);
    if (path.len > ending.len && ds_str_eq_nocase(ds_str_sub(path, path.len - ending.len, path.len), ending))
      return endings[i].format;
  }
  return DS_FORMAT_UNKNOWN;
}

static bool starts_nocase(ds_str s, const char *start) {
  ds_str p = ds_str_from(start);
  return s.len >= p.len && ds_str_eq_nocase(ds_str_sub(s, 0, p.len), p);
}

/* Behind blanks, a byte order mark, an XML declaration and comments. */
static bool starts_as_page(ds_str s) {
  static const char *const tags[] = {"<!doctype html", "<html",    "<head", "<body", "<meta", "<title", "<article",
                                     "<main",          "<section", "<div",  "<p>",   "<p ",   "<h1",    "<script",
                                     "<table"};
  size_t end;
  if (ds_str_starts(s, DS_STR("\xEF\xBB\xBF"))) s = ds_str_sub(s, 3, s.len);
  s = ds_str_trim(s);
  while (ds_str_starts(s, DS_STR("<!--")) || ds_str_starts(s, DS_STR("<?xml"))) {
    if (!ds_str_find(s, DS_STR(">"), &end)) return false;
    if (ds_str_starts(s, DS_STR("<!--")) && !ds_str_find(s, DS_STR("-->"), &end)) return false;
    s = ds_str_trim(ds_str_sub(s, end + (s.ptr[1] == '!' ? 3 : 1), s.len));
  }
  for (size_t i = 0; i < sizeof tags / sizeof *tags; i++)
    if (starts_nocase(s, tags[i])) return true;
  return false;
}

static bool starts_as_json(ds_str s) {
  if (ds_str_starts(s, DS_STR("\xEF\xBB\xBF"))) s = ds_str_sub(s, 3, s.len);
  s = ds_str_trim(s);
  if (!ds_str_starts(s, DS_STR("{"))) return false;
  s = ds_str_trim(ds_str_sub(s, 1, s.len));
  return ds_str_starts(s, DS_STR("\"")) || ds_str_starts(s, DS_STR("}"));
}

/* UTF-16 has a zero byte in each Latin letter; the tags are looked for without them. */
static ds_str narrow_head(ds_str bytes, char *room, size_t cap) {
  size_t len = 0;
  if (!ds_str_starts(bytes, DS_STR("\xFF\xFE")) && !ds_str_starts(bytes, DS_STR("\xFE\xFF"))) return bytes;
  for (size_t i = 2; i < bytes.len && len < cap; i++)
    if (bytes.ptr[i]) room[len++] = bytes.ptr[i];
  return (ds_str){room, len};
}

ds_format ds_format_of(ds_str path, ds_str bytes) {
  char room[1024];
  ds_str head = narrow_head(bytes, room, sizeof room);
  ds_format named = ds_format_of_name(path);
  size_t at;
  if (named == DS_FORMAT_JSONL) return named;
  if (named == DS_FORMAT_HTML && ds_str_find(head, DS_STR("<"), &at)) return named;
  if (starts_as_page(head)) return DS_FORMAT_HTML;
  if (named == DS_FORMAT_UNKNOWN && starts_as_json(head)) return DS_FORMAT_JSONL;
  return DS_FORMAT_TEXT;
}

/* ---- articles */

/* Takes text that is repaired already. */
static dossier_status finish(ds_arena *arena, ds_str text, const char *name, ds_article *article, dossier_error *err) {
  article->text = ds_arena_str(arena, text);
  if (!article->text.ptr) return ds_fail_memory(err);
  ds_sha256_hex(article->text, article->sha256);
  return DOSSIER_OK;
}

static dossier_status read_text(ds_arena *arena, ds_str bytes, const char *name, ds_article *article,
                                dossier_error *err) {
  ds_buf decoded, text;
  ds_buf_init(&decoded);
  ds_buf_init(&text);
  dossier_status status = ds_decode(bytes, false, name, &decoded, err);
  ds_plain_links(ds_buf_str(&decoded), &text);
  ds_buf_release(&decoded);
  if (status == DOSSIER_OK && text.failed) status = ds_fail_memory(err);
  ds_str all = ds_buf_str(&text);
  if (status == DOSSIER_OK && ds_str_trim(all).len == 0)
    status = ds_fail_at(err, DOSSIER_INPUT, name, 0, -1, "the file is empty");
  else if (status == DOSSIER_OK && !ds_has_words(all))
    status = ds_fail_at(err, DOSSIER_INPUT, name, 0, -1, "no sentence in it, so it cannot be an article");
  if (status == DOSSIER_OK) status = finish(arena, all, name, article, err);
  ds_buf_release(&text);
  return status;
}

/* JSON-LD's articleBody: often one line, sometimes with lines or tags of its own. */
static void write_body(ds_str body, ds_buf *out) {
  ds_str line;
  ds_buf repaired;
  ds_buf_init(&repaired);
  ds_utf8_repair(body, &repaired);
  ds_str rest = ds_buf_str(&repaired);
  ds_buf_clear(out);
  while (ds_str_split(&rest, '\n', &line)) {
    if (ds_str_trim(line).len == 0) continue;
    if (out->len) ds_buf_appendz(out, "\n\n");
    ds_squeeze(line, out);
  }
  if (repaired.failed) out->failed = true;
  ds_buf_release(&repaired);
}

static dossier_status take_meta(ds_arena *arena, const ds_meta *meta, ds_article *article, dossier_error *err) {
  article->title = meta->title;
  article->publisher = meta->publisher;
  article->published = meta->published;
  article->url = meta->url;
  article->author_count = meta->authors.len;
  article->authors = DS_NEW_ARRAY(arena, ds_str, meta->authors.len);
  if (!article->authors) return ds_fail_memory(err);
  if (meta->authors.len) memcpy(article->authors, meta->authors.items, meta->authors.len * sizeof(ds_str));
  return DOSSIER_OK;
}

static dossier_status read_tree(ds_arena *arena, xmlNode *root, const char *name, ds_article *article,
                                dossier_error *err) {
  ds_meta meta = {0};
  ds_buf text;
  ds_buf_init(&text);
  dossier_status status = ds_meta_read(arena, root, &meta, err);
  if (status == DOSSIER_OK) status = ds_content_read(root, &meta, &text, err);
  if (status == DOSSIER_OK && ds_word_count(ds_buf_str(&text)) * 100 < ds_word_count(meta.body) * FOUND_PERCENT)
    write_body(meta.body, &text);
  if (status == DOSSIER_OK && text.failed) status = ds_fail_memory(err);
  if (status == DOSSIER_OK && !ds_has_words(ds_buf_str(&text)))
    status = ds_fail_at(err, DOSSIER_INPUT, name, 0, -1,
                        "no article found in the page, only menus, links or nothing at all");
  if (status == DOSSIER_OK) status = finish(arena, ds_buf_str(&text), name, article, err);
  if (status == DOSSIER_OK) status = take_meta(arena, &meta, article, err);
  DS_VEC_RELEASE(meta.authors);
  ds_buf_release(&text);
  return status;
}

static dossier_status read_html(ds_arena *arena, ds_str bytes, const char *name, ds_article *article,
                                dossier_error *err) {
  xmlDoc *doc = NULL;
  ds_buf utf8;
  ds_buf_init(&utf8);
  dossier_status status = ds_decode(bytes, true, name, &utf8, err);
  if (status == DOSSIER_OK) status = ds_page_parse(ds_buf_str(&utf8), &doc, err);
  ds_buf_release(&utf8);
  xmlNode *root = doc ? xmlDocGetRootElement(doc) : NULL;
  if (status == DOSSIER_OK && !root) status = ds_fail_at(err, DOSSIER_INPUT, name, 0, -1, "the file is empty");
  if (status == DOSSIER_OK) status = read_tree(arena, root, name, article, err);
  xmlFreeDoc(doc);
  return status;
}

dossier_status ds_article_read(ds_arena *arena, ds_str bytes, ds_format format, const char *name, ds_article *article,
                               dossier_error *err) {
  *article = (ds_article){0};
  if (format == DS_FORMAT_HTML) return read_html(arena, bytes, name, article, err);
  return read_text(arena, bytes, name, article, err);
}

dossier_status ds_article_from_text(ds_arena *arena, ds_str text, ds_article *article, dossier_error *err) {
  return ds_article_read(arena, text, DS_FORMAT_TEXT, NULL, article, err);
}

dossier_status ds_article_from_html(ds_arena *arena, ds_str bytes, ds_article *article, dossier_error *err) {
  return ds_article_read(arena, bytes, DS_FORMAT_HTML, NULL, article, err);
}
