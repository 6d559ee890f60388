#include "cli/cli.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

dossier_status cli_fail(const cli *c, dossier_status status) {
  const dossier_error *err = &c->error;
  fprintf(stderr, "%s: ", c->program);
  if (err->file[0]) fprintf(stderr, "%s", err->file);
  if (err->line > 0) fprintf(stderr, ":%ld", err->line);
  if (err->file[0] && err->line <= 0 && err->byte >= 0) fprintf(stderr, ", byte %ld", err->byte);
  fprintf(stderr, "%s%s\n", err->file[0] ? ": " : "", err->message[0] ? err->message : "the call failed");
  return status;
}

dossier_status cli_open_engine(cli *c) {
  if (c->engine) return DOSSIER_OK;
  dossier_engine_options options = {.data_dir = c->data, .schema_dir = c->schema, .model = c->model};
  dossier_status status = dossier_engine_open(&c->engine, &options, &c->error);
  return status == DOSSIER_OK ? status : cli_fail(c, status);
}

dossier_status cli_open_store(cli *c, dossier_mode mode) {
  dossier_status status = dossier_store_open(&c->store, c->store_path, mode, &c->error);
  return status == DOSSIER_OK ? status : cli_fail(c, status);
}

dossier_status cli_open_graph(cli *c, const cli_selection *selection) {
  dossier_status status = cli_open_engine(c);
  if (status == DOSSIER_OK) status = cli_open_store(c, DOSSIER_READ);
  if (status != DOSSIER_OK) return status;
  static const dossier_selection everything;
  c->selected = selection && memcmp(&selection->selection, &everything, sizeof everything) != 0;
  status = dossier_graph_open(&c->graph, c->store, c->engine, selection ? &selection->selection : NULL, &c->error);
  return status == DOSSIER_OK ? status : cli_fail(c, status);
}

static bool is_in_store(cli *c, const char *name) {
  dossier_graph *whole = NULL;
  size_t actor;
  bool found = dossier_graph_open(&whole, c->store, c->engine, NULL, NULL) == DOSSIER_OK &&
               dossier_graph_find(whole, name, &actor, NULL) != DOSSIER_NONE;
  dossier_graph_free(whole);
  return found;
}

dossier_status cli_nothing(const cli *c, const char *message) {
  if (!dossier_graph_document_count(c->graph) && !c->selected)
    fprintf(stderr, "dossier: %s is empty; add articles with: dossier build PATH... -d %s\n", c->store_path,
            c->store_path);
  else
    fprintf(stderr, "dossier: %s\n", message);
  return DOSSIER_NONE;
}

dossier_status cli_find(cli *c, const char *name, size_t *actor) {
  dossier_status status = dossier_graph_find(c->graph, name, actor, &c->error);
  if (status == DOSSIER_NONE && c->selected && is_in_store(c, name)) {
    if (c->json)
      puts("[]");
    else
      fprintf(stderr, "dossier: %s is in the store, but has nothing of what was selected\n", name);
    return status;
  }
  return status == DOSSIER_NONE ? cli_nothing(c, c->error.message)
         : status == DOSSIER_OK ? status
                                : cli_fail(c, status);
}

double cli_now(void) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

static int write_stream(void *context, const char *bytes, size_t size) {
  return fwrite(bytes, 1, size, context) == size ? 0 : errno ? errno : EIO;
}

dossier_sink cli_sink(FILE *stream) {
  return (dossier_sink){write_stream, stream};
}
