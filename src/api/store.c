#include "api/internal.h"
#include "base/file.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <zlib.h>

dossier_status dossier_store_open(dossier_store **out, const char *path, dossier_mode mode, dossier_error *err) {
  *out = NULL;
  dossier_store *store = calloc(1, sizeof *store);
  if (!store) return ds_fail_memory(err);
  dossier_status status =
      ds_store_open(&store->store, path, mode == DOSSIER_WRITE ? DS_STORE_WRITE : DS_STORE_READ, err);
  if (status != DOSSIER_OK) {
    free(store);
    return status;
  }
  *out = store;
  return DOSSIER_OK;
}

void dossier_store_free(dossier_store *store) {
  if (!store) return;
  ds_store_free(store->store);
  free(store);
}

dossier_status dossier_build(dossier_store *store, dossier_engine *engine, const char *const *paths, size_t count,
                             const dossier_job *job, dossier_report *report, dossier_error *err) {
  return ds_store_build(store->store, engine, paths, count, job, report, err);
}

dossier_status dossier_store_check(dossier_store *store, void (*problem)(void *context, const char *message),
                                   void *context, dossier_error *err) {
  return ds_store_check(store->store, problem, context, err);
}

/* Lines of a file or of standard input; zlib reads what is not compressed as it is. */
typedef struct lines {
  gzFile file;
  const char *path;
  ds_buf line;
  long number;
} lines;

static dossier_status next_line(lines *l, dossier_error *err) {
  char part[65536];
  ds_buf_clear(&l->line);
  while (gzgets(l->file, part, sizeof part)) {
    ds_buf_appendz(&l->line, part);
    if (l->line.failed) return ds_fail_memory(err);
    if (l->line.len && l->line.data[l->line.len - 1] == '\n') break;
  }
  int code = Z_OK;
  const char *reason = gzerror(l->file, &code);
  if (code != Z_OK && code != Z_BUF_ERROR)
    return ds_fail_at(err, DOSSIER_INPUT, l->path, l->number + 1, -1, "cannot read on: %s", reason);
  if (code == Z_BUF_ERROR) return ds_fail_at(err, DOSSIER_INPUT, l->path, l->number + 1, -1, "the file is cut off");
  if (!l->line.len) return DOSSIER_NONE;
  l->number++;
  return DOSSIER_OK;
}

static dossier_status load_line(dossier_store *store, lines *l, ds_arena *arena, const dossier_job *job,
                                dossier_report *report, dossier_error *err) {
  dossier_error problem = DOSSIER_ERROR_INIT;
  ds_record record = {0};
  ds_str line = ds_str_trim(ds_buf_str(&l->line));
  if (!line.len) return DOSSIER_OK;
  dossier_status status = ds_record_read(arena, line, &record, &problem);
  if (status == DOSSIER_INPUT) {
    report->skipped++;
    ds_fail_at(&problem, DOSSIER_INPUT, l->path, l->number, problem.byte, "%s",
               ds_arena_str(arena, ds_str_from(problem.message)).ptr);
    if (job && job->problem) job->problem(job->context, &problem);
    return DOSSIER_OK;
  }
  bool added = false;
  if (status == DOSSIER_OK)
    status = ds_store_add(store->store, &record, &added, err);
  else if (err)
    *err = problem;
  if (status != DOSSIER_OK) return status;
  report->added += added;
  report->known += !added;
  report->entities += added ? record.entity_count : 0;
  report->claims += added ? record.claim_count : 0;
  return DOSSIER_OK;
}

static dossier_status load_lines(dossier_store *store, lines *l, const dossier_job *job, dossier_report *report,
                                 dossier_error *err) {
  ds_arena arena;
  ds_arena_init(&arena);
  dossier_status status;
  while ((status = next_line(l, err)) == DOSSIER_OK) {
    ds_arena_clear(&arena);
    status = load_line(store, l, &arena, job, report, err);
    if (status != DOSSIER_OK) break;
    size_t done = report->added + report->known + report->skipped;
    if (job && job->progress) job->progress(job->context, done, done);
  }
  ds_arena_release(&arena);
  return status == DOSSIER_NONE ? DOSSIER_OK : status;
}

dossier_status dossier_load(dossier_store *store, const char *path, const dossier_job *job, dossier_report *report,
                            dossier_error *err) {
  dossier_report unseen;
  if (!report) report = &unseen;
  *report = (dossier_report){0};
  lines l = {.path = strcmp(path, "-") ? path : "standard input"};
  if (ds_file_is_folder(path))
    return ds_fail_at(err, DOSSIER_INPUT, path, 0, -1, "this is a folder; give a file of JSON lines");
  l.file = strcmp(path, "-") ? gzopen(path, "rb") : gzdopen(dup(STDIN_FILENO), "rb");
  if (!l.file) return ds_fail_at(err, DOSSIER_INPUT, l.path, 0, -1, "cannot open the file: %s", strerror(errno));
  ds_buf_init(&l.line);
  dossier_status status = load_lines(store, &l, job, report, err);
  ds_buf_release(&l.line);
  gzclose(l.file);
  if (status == DOSSIER_OK && report->added + report->known == 0)
    status =
        ds_fail_at(err, DOSSIER_INPUT, l.path, 0, -1, "no line of claims in it; they are made by: dossier extract");
  return status;
}
