/* Walking paths, folders and lines.
 *
 * A line of a .jsonl file may name a file that also lies in a folder to be read. It must be read once, with the line's metadata,
 * whatever the order of the arguments. So all .jsonl files come first, each file that was read is remembered by device and inode,
 * and a bare file that was read already is passed over.
 */
#include "read/internal.h"

#include "base/file.h"
#include "base/map.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#define MAX_FOLDER_DEPTH 64

typedef enum entry_kind { ENTRY_FILE, ENTRY_BAD_FOLDER, ENTRY_EMPTY_FOLDER } entry_kind;

typedef struct entry {
  entry_kind kind;
  ds_str path;
} entry;

/* The .jsonl file under way. */
typedef struct lines {
  bool open;
  ds_str path, rest;
  long line; /* of the line read last */
  ds_buf data;
  ds_file_map map;
  bool mapped;
} lines;

struct ds_reader {
  ds_arena arena; /* paths and keys */
  const char **paths;
  size_t path_count;
  bool expanded;
  DS_VEC(entry) entries;
  size_t next, done, known;
  ds_map seen; /* files and folders by device and inode */
  lines lines;
};

/* ---- life */

dossier_status ds_reader_open(ds_reader **out, const char *const *paths, size_t count, dossier_error *err) {
  *out = NULL;
  ds_reader *r = calloc(1, sizeof *r);
  if (!r) return ds_fail_memory(err);
  ds_arena_init(&r->arena);
  ds_map_init(&r->seen);
  ds_buf_init(&r->lines.data);
  r->paths = DS_NEW_ARRAY(&r->arena, const char *, count);
  bool good = r->paths != NULL;
  for (size_t i = 0; good && i < count; i++) {
    r->paths[i] = ds_arena_str(&r->arena, ds_str_from(paths[i])).ptr;
    good = r->paths[i] != NULL;
  }
  r->path_count = r->known = count;
  if (!good) {
    ds_reader_free(r);
    return ds_fail_memory(err);
  }
  *out = r;
  return DOSSIER_OK;
}

static void close_lines(lines *l) {
  if (l->mapped) ds_file_unmap(&l->map);
  ds_buf_release(&l->data);
  *l = (lines){0};
  ds_buf_init(&l->data);
}

void ds_reader_free(ds_reader *r) {
  if (!r) return;
  close_lines(&r->lines);
  DS_VEC_RELEASE(r->entries);
  ds_map_release(&r->seen);
  ds_arena_release(&r->arena);
  free(r);
}

void ds_reader_progress(const ds_reader *r, size_t *done, size_t *known) {
  *done = r->done;
  *known = r->known;
}

/* ---- what was seen */

/* Whether the path is new, and remembers it. What cannot be asked for is new: opening it will say why. */
static dossier_status note(ds_reader *r, const char *path, bool *is_new, dossier_error *err) {
  struct stat st;
  *is_new = true;
  if (strcmp(path, "-") == 0 || stat(path, &st) != 0 || (!S_ISREG(st.st_mode) && !S_ISDIR(st.st_mode)))
    return DOSSIER_OK;
  ds_str key = ds_arena_printf(&r->arena, "%llu:%llu", (unsigned long long)st.st_dev, (unsigned long long)st.st_ino);
  if (!key.ptr) return ds_fail_memory(err);
  *is_new = !ds_map_get(&r->seen, key, NULL);
  return ds_map_put(&r->seen, key, 1) ? DOSSIER_OK : ds_fail_memory(err);
}

/* ---- folders */

static bool add_entry(ds_reader *r, entry_kind kind, ds_str path) {
  return DS_PUSH(r->entries, (entry){kind, path});
}

static dossier_status expand_folder(ds_reader *r, ds_str folder, int depth, dossier_error *err) {
  ds_str *names;
  size_t count;
  bool is_new;
  dossier_status status = note(r, folder.ptr, &is_new, err);
  if (status != DOSSIER_OK || !is_new || depth > MAX_FOLDER_DEPTH) return status; /* a link back to where we are */
  if (ds_folder_list(&r->arena, folder.ptr, &names, &count, NULL) != DOSSIER_OK)
    return add_entry(r, ENTRY_BAD_FOLDER, folder) ? DOSSIER_OK : ds_fail_memory(err);
  for (size_t i = 0; i < count && status == DOSSIER_OK; i++) {
    ds_str path = ds_path_join(&r->arena, folder, names[i]);
    if (!path.ptr) return ds_fail_memory(err);
    if (ds_file_is_folder(path.ptr))
      status = expand_folder(r, path, depth + 1, err);
    else if (ds_format_of_name(path) != DS_FORMAT_UNKNOWN && !add_entry(r, ENTRY_FILE, path))
      return ds_fail_memory(err);
  }
  return status;
}

static bool comes_first(const entry *e) {
  return e->kind == ENTRY_FILE && (ds_format_of_name(e->path) == DS_FORMAT_JSONL || ds_str_eqz(e->path, "-"));
}

static dossier_status order_entries(ds_reader *r, dossier_error *err) {
  entry *sorted = calloc(r->entries.len ? r->entries.len : 1, sizeof *sorted);
  if (!sorted) return ds_fail_memory(err);
  size_t to = 0;
  for (int pass = 0; pass < 2; pass++)
    for (size_t i = 0; i < r->entries.len; i++)
      if (comes_first(&r->entries.items[i]) == (pass == 0)) sorted[to++] = r->entries.items[i];
  if (to) memcpy(r->entries.items, sorted, to * sizeof *sorted);
  free(sorted);
  return DOSSIER_OK;
}

static dossier_status expand(ds_reader *r, dossier_error *err) {
  dossier_status status = DOSSIER_OK;
  r->expanded = true;
  for (size_t i = 0; i < r->path_count && status == DOSSIER_OK; i++) {
    ds_str path = ds_str_from(r->paths[i]);
    size_t before = r->entries.len;
    if (!ds_str_eqz(path, "-") && ds_file_is_folder(r->paths[i])) {
      size_t seen = r->seen.len;
      status = expand_folder(r, path, 0, err);
      bool empty = r->entries.len == before && r->seen.len > seen;
      if (status == DOSSIER_OK && empty && !add_entry(r, ENTRY_EMPTY_FOLDER, path)) return ds_fail_memory(err);
    } else if (!add_entry(r, ENTRY_FILE, path)) {
      return ds_fail_memory(err);
    }
  }
  if (status == DOSSIER_OK) status = order_entries(r, err);
  r->known = r->entries.len;
  return status;
}

/* ---- loading */

/* The file's bytes, unpacked. A file over `limit` bytes is refused before it is read. */
static dossier_status load(const char *path, size_t limit, ds_buf *out, dossier_error *err) {
  struct stat st;
  ds_buf packed;
  ds_buf_init(&packed);
  if (strcmp(path, "-") != 0 && stat(path, &st) == 0 && S_ISREG(st.st_mode) && (size_t)st.st_size > limit)
    return ds_fail_at(err, DOSSIER_INPUT, path, 0, -1, "too large for an article (over %zu MiB)", limit >> 20);
  dossier_status status = ds_file_read(path, out, err);
  if (status == DOSSIER_OK && ds_gzip_is(ds_buf_str(out))) {
    ds_buf swap = packed;
    packed = *out;
    *out = swap;
    const char *name = strcmp(path, "-") == 0 ? "standard input" : path;
    status = ds_gzip_unpack(ds_buf_str(&packed), name, DS_READ_MAX_UNPACKED, out, err);
  }
  ds_buf_release(&packed);
  return status;
}

static void count_lines(ds_reader *r, ds_str rest) {
  ds_str line;
  size_t count = 0;
  while (ds_str_split(&rest, '\n', &line)) count += ds_str_trim(line).len > 0;
  r->known += count;
  r->known -= r->known > 0; /* the file itself */
}

/* Makes the bytes (in r->lines) the lines to go through. */
static dossier_status start_lines(ds_reader *r, ds_str path, ds_str bytes, dossier_error *err) {
  if (ds_str_starts(bytes, DS_STR("\xEF\xBB\xBF"))) bytes = ds_str_sub(bytes, 3, bytes.len);
  ds_str start = ds_str_trim(ds_str_sub(bytes, 0, 4096)), first = DS_STR_NONE;
  ds_str_split(&start, '\n', &first);
  first = ds_str_trim(first);
  const char *reason = NULL;
  if (ds_str_trim(bytes).len == 0)
    reason = "the file is empty";
  else if (ds_str_starts(first, DS_STR("[")) || ds_str_eqz(first, "{"))
    reason = "not JSON Lines: each article must be one JSON object on one line";
  if (reason) {
    close_lines(&r->lines);
    return ds_fail_at(err, DOSSIER_INPUT, path.ptr, 0, -1, "%s", reason);
  }
  r->lines.open = true;
  r->lines.path = path;
  r->lines.rest = bytes;
  r->lines.line = 0;
  count_lines(r, bytes);
  return DOSSIER_OK;
}

/* Large .jsonl files are mapped, so that a corpus may be larger than memory. */
static dossier_status open_lines(ds_reader *r, ds_str path, dossier_error *err) {
  struct stat st;
  bool large = stat(path.ptr, &st) == 0 && S_ISREG(st.st_mode) && (size_t)st.st_size > DS_READ_MAX_ARTICLE;
  dossier_status status;
  if (!large) {
    status = load(path.ptr, SIZE_MAX, &r->lines.data, err);
  } else if ((status = ds_file_map_open(&r->lines.map, path.ptr, err)) == DOSSIER_OK) {
    r->lines.mapped = true;
    if (ds_gzip_is(r->lines.map.data))
      status = ds_gzip_unpack(r->lines.map.data, path.ptr, DS_READ_MAX_UNPACKED, &r->lines.data, err);
  }
  bool as_mapped = r->lines.mapped && !ds_gzip_is(r->lines.map.data);
  if (status == DOSSIER_OK)
    status = start_lines(r, path, as_mapped ? r->lines.map.data : ds_buf_str(&r->lines.data), err);
  if (status == DOSSIER_OK) return status;
  close_lines(&r->lines);
  r->done++;
  return status;
}

/* ---- articles */

static const char *shown(ds_str path) {
  return ds_str_eqz(path, "-") ? "standard input" : path.ptr;
}

static dossier_status read_file(ds_reader *r, ds_str path, ds_arena *arena, ds_article *article, bool *opened_lines,
                                dossier_error *err) {
  ds_buf bytes;
  ds_buf_init(&bytes);
  *opened_lines = false;
  dossier_status status = load(path.ptr, ds_str_eqz(path, "-") ? SIZE_MAX : DS_READ_MAX_ARTICLE, &bytes, err);
  ds_format format = status == DOSSIER_OK ? ds_format_of(path, ds_buf_str(&bytes)) : DS_FORMAT_UNKNOWN;
  if (format == DS_FORMAT_JSONL) {
    ds_buf_release(&r->lines.data);
    r->lines.data = bytes;
    status = start_lines(r, path, ds_buf_str(&bytes), err);
    *opened_lines = true;
    return status;
  }
  if (status == DOSSIER_OK) status = ds_article_read(arena, ds_buf_str(&bytes), format, shown(path), article, err);
  if (status == DOSSIER_OK) article->path = ds_arena_str(arena, path);
  if (status == DOSSIER_OK && !article->path.ptr) status = ds_fail_memory(err);
  ds_buf_release(&bytes);
  return status;
}

static ds_str folder_of(ds_str path) {
  size_t end = path.len;
  while (end > 0 && path.ptr[end - 1] != '/') end--;
  return ds_str_sub(path, 0, end > 1 ? end - 1 : end);
}

/* Remembers the file that a broken line names: it must not come in as a bare file, without what the line was to say of it. */
static dossier_status note_named(ds_reader *r, const ds_jsonl *record, ds_arena *arena, dossier_error *err) {
  bool is_new;
  ds_str path = ds_path_join(arena, folder_of(r->lines.path), record->path);
  return path.ptr ? note(r, path.ptr, &is_new, err) : ds_fail_memory(err);
}

/* The file that a line names. Its error is told as one of the line, since that is what the user can mend. */
static dossier_status read_named(ds_reader *r, const ds_jsonl *record, ds_arena *arena, ds_article *article,
                                 dossier_error *err) {
  dossier_error inner = DOSSIER_ERROR_INIT;
  ds_str path = ds_path_join(arena, folder_of(r->lines.path), record->path);
  bool is_new;
  ds_buf bytes;
  if (!path.ptr) return ds_fail_memory(err);
  dossier_status status = note(r, path.ptr, &is_new, err);
  if (status != DOSSIER_OK) return status;
  ds_buf_init(&bytes);
  if (ds_file_is_folder(path.ptr))
    status = ds_fail(&inner, DOSSIER_INPUT, "a folder, not an article");
  else if (ds_str_eqz(record->path, "-"))
    status = ds_fail(&inner, DOSSIER_INPUT, "a line cannot name standard input");
  else
    status = load(path.ptr, DS_READ_MAX_ARTICLE, &bytes, &inner);
  ds_format format = status == DOSSIER_OK ? ds_format_of(path, ds_buf_str(&bytes)) : DS_FORMAT_UNKNOWN;
  if (format == DS_FORMAT_JSONL) status = ds_fail(&inner, DOSSIER_INPUT, "JSON Lines, not an article");
  if (status == DOSSIER_OK) status = ds_article_read(arena, ds_buf_str(&bytes), format, path.ptr, article, &inner);
  ds_buf_release(&bytes);
  article->path = path;
  if (status == DOSSIER_OK) return status;
  return ds_fail_at(err, status, shown(r->lines.path), r->lines.line, -1, "%.*s: %s", DS_STR_ARG(path), inner.message);
}

/* What the line says overrides what the page says of itself. */
static void apply(const ds_jsonl *record, ds_article *article) {
  if (record->title.len) article->title = record->title;
  if (record->publisher.len) article->publisher = record->publisher;
  if (record->published.len) article->published = record->published;
  if (record->url.len) article->url = record->url;
  if (record->author_count) {
    article->authors = record->authors;
    article->author_count = record->author_count;
  }
}

static dossier_status read_line(ds_reader *r, ds_str line, ds_arena *arena, ds_article *article, dossier_error *err) {
  ds_jsonl record;
  const char *name = shown(r->lines.path);
  dossier_status status = ds_jsonl_record(arena, line, name, r->lines.line, &record, err);
  if (status == DOSSIER_INPUT && record.path.len && note_named(r, &record, arena, NULL) != DOSSIER_OK)
    return ds_fail_memory(err);
  if (status != DOSSIER_OK) return status;
  if (!record.text.ptr) {
    status = read_named(r, &record, arena, article, err);
  } else {
    dossier_error inner = DOSSIER_ERROR_INIT;
    status = ds_article_read(arena, record.text, DS_FORMAT_TEXT, NULL, article, &inner);
    if (status == DOSSIER_INPUT && ds_str_trim(record.text).len == 0)
      return ds_fail_at(err, status, name, r->lines.line, -1, "\"text\" is empty");
    if (status != DOSSIER_OK) return ds_fail_at(err, status, name, r->lines.line, -1, "%s", inner.message);
    article->path = ds_arena_printf(arena, "%.*s:%ld", DS_STR_ARG(r->lines.path), r->lines.line);
    if (!article->path.ptr) return ds_fail_memory(err);
  }
  if (status == DOSSIER_OK) apply(&record, article);
  return status;
}

/* The next line that is not blank. */
static bool next_line(ds_reader *r, ds_str *line) {
  while (ds_str_split(&r->lines.rest, '\n', line)) {
    r->lines.line++;
    *line = ds_str_trim(*line);
    if (line->len) return true;
  }
  close_lines(&r->lines);
  return false;
}

static dossier_status read_entry(ds_reader *r, const entry *e, ds_arena *arena, ds_article *article, bool *again,
                                 dossier_error *err) {
  bool is_new, opened = false;
  dossier_status status;
  *again = true;
  if (e->kind == ENTRY_FILE && ds_format_of_name(e->path) == DS_FORMAT_JSONL) {
    status = note(r, e->path.ptr, &is_new, err);
    if (status == DOSSIER_OK && is_new) return open_lines(r, e->path, err);
    r->done++;
    return status;
  }
  r->done++;
  if (e->kind == ENTRY_BAD_FOLDER) {
    ds_str *names;
    size_t count;
    status = ds_folder_list(&r->arena, e->path.ptr, &names, &count, err);
    return status != DOSSIER_OK ? status
                                : ds_fail_at(err, DOSSIER_INPUT, e->path.ptr, 0, -1, "the folder cannot be read");
  }
  if (e->kind == ENTRY_EMPTY_FOLDER)
    return ds_fail_at(err, DOSSIER_INPUT, e->path.ptr, 0, -1, "the folder holds no .txt, .html or .jsonl files");
  status = note(r, e->path.ptr, &is_new, err);
  if (status != DOSSIER_OK || !is_new) return status;
  status = read_file(r, e->path, arena, article, &opened, err);
  if (opened && status == DOSSIER_OK) r->done--; /* its lines count instead */
  *again = opened;
  return status;
}

dossier_status ds_reader_next(ds_reader *r, ds_arena *arena, ds_article *article, dossier_error *err) {
  *article = (ds_article){0};
  dossier_status status = r->expanded ? DOSSIER_OK : expand(r, err);
  bool again = true;
  while (status == DOSSIER_OK && again) {
    ds_str line;
    if (r->lines.open && next_line(r, &line)) {
      r->done++;
      return read_line(r, line, arena, article, err);
    }
    if (r->next == r->entries.len) return DOSSIER_NONE;
    status = read_entry(r, &r->entries.items[r->next++], arena, article, &again, err);
  }
  return status;
}
