#include "api/internal.h"

#include <stdlib.h>

struct dossier_reader {
  ds_reader *reader;
  ds_arena arena; /* the current article */
  dossier_article view;
};

dossier_status dossier_reader_open(dossier_reader **out, const char *const *paths, size_t count, dossier_error *err) {
  *out = NULL;
  dossier_reader *reader = calloc(1, sizeof *reader);
  if (!reader) return ds_fail_memory(err);
  ds_arena_init(&reader->arena);
  dossier_status status = ds_reader_open(&reader->reader, paths, count, err);
  if (status != DOSSIER_OK) {
    dossier_reader_free(reader);
    return status;
  }
  *out = reader;
  return DOSSIER_OK;
}

void dossier_reader_free(dossier_reader *reader) {
  if (!reader) return;
  ds_reader_free(reader->reader);
  ds_arena_release(&reader->arena);
  free(reader);
}

static const char *zero_ended(ds_arena *arena, ds_str s, bool *memory) {
  ds_str copy = ds_arena_str(arena, s);
  if (!copy.ptr) *memory = false;
  return copy.ptr;
}

static dossier_status make_view(dossier_reader *reader, const ds_article *article, dossier_error *err) {
  bool memory = true;
  dossier_article *view = &reader->view;
  view->path = zero_ended(&reader->arena, article->path, &memory);
  view->title = zero_ended(&reader->arena, article->title, &memory);
  view->publisher = zero_ended(&reader->arena, article->publisher, &memory);
  view->published = zero_ended(&reader->arena, article->published, &memory);
  view->url = zero_ended(&reader->arena, article->url, &memory);
  view->text = zero_ended(&reader->arena, article->text, &memory);
  view->text_size = article->text.len;
  view->sha256 = zero_ended(&reader->arena, ds_str_from(article->sha256), &memory);
  const char **authors = DS_NEW_ARRAY(&reader->arena, const char *, article->author_count);
  memory = memory && authors;
  for (size_t i = 0; memory && i < article->author_count; i++)
    authors[i] = zero_ended(&reader->arena, article->authors[i], &memory);
  view->authors = authors;
  view->author_count = article->author_count;
  return memory ? DOSSIER_OK : ds_fail_memory(err);
}

dossier_status dossier_reader_next(dossier_reader *reader, const dossier_article **out, dossier_error *err) {
  *out = NULL;
  ds_article article = {0};
  ds_arena_clear(&reader->arena);
  dossier_status status = ds_reader_next(reader->reader, &reader->arena, &article, err);
  if (status == DOSSIER_OK) status = make_view(reader, &article, err);
  if (status == DOSSIER_OK) *out = &reader->view;
  return status;
}
