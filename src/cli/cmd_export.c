#include "cli/cli.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static dossier_status cannot_write(const char *path) {
  fprintf(stderr, "dossier: %s: cannot write: %s\n", path, strerror(errno));
  return DOSSIER_SYSTEM;
}

static dossier_status export_stream(cli *c, const char *format, FILE *file, const char *path) {
  dossier_sink sink = cli_sink(file);
  dossier_status status = dossier_graph_export(c->graph, format, &sink, &c->error);
  if (status != DOSSIER_OK) cli_fail(c, status);
  if (fclose(file) != 0 && status == DOSSIER_OK) status = cannot_write(path);
  return status;
}

/* Writes beside the file and renames: whoever reads it never sees half of it, and a failure leaves the old one. What is no
 * regular file (a pipe, a device) is written in place. */
static dossier_status export_file(cli *c, const char *format, const char *path) {
  struct stat there;
  bool in_place = stat(path, &there) == 0 && !S_ISREG(there.st_mode);
  ds_buf beside;
  ds_buf_init(&beside);
  ds_buf_printf(&beside, "%s%s", path, in_place ? "" : ".part");
  FILE *file = beside.failed ? NULL : fopen(beside.data, "wb");
  if (!file) {
    ds_buf_release(&beside);
    return cannot_write(path);
  }
  dossier_status status = export_stream(c, format, file, path);
  if (status == DOSSIER_OK && !in_place && rename(beside.data, path) != 0) status = cannot_write(path);
  if (status != DOSSIER_OK && !in_place) unlink(beside.data);
  ds_buf_release(&beside);
  return status;
}

int cmd_export(cli *c, int argc, char **argv) {
  static const cli_help help = {
      "export FORMAT [options]",
      "Writes the graph for other programs: graphml (Gephi, Cytoscape, networkx, igraph), dot (Graphviz), json "
      "(everything,\n"
      "schema/graph.schema.json). Every edge carries its words, article, date, speaker and polarity.",
      "  dossier export graphml -o graph.graphml\n  dossier export dot --around Iran --min-weight 2 | dot -Tsvg > "
      "iran.svg"};
  const char *path = NULL;
  cli_selection selection = {0};
  const cli_option options[] = {{'o', "output", CLI_TEXT, &path, "FILE", "the file (standard output)"}, CLI_OPTION_END};
  dossier_status status = cli_options(c, argc, argv, options, CLI_TAKES_STORE | CLI_TAKES_SELECTION, &selection, &help);
  bool helped = status == DOSSIER_NONE;
  if (status == DOSSIER_OK && c->argument_count != 1)
    status = cli_usage(c, "export", "name one format: graphml, dot, json");
  if (status == DOSSIER_OK) status = cli_open_graph(c, &selection);
  cli_selection_free(&selection);
  if (status != DOSSIER_OK) return helped ? DOSSIER_OK : status;
  if (path && strcmp(path, "-")) return export_file(c, c->arguments[0], path);
  dossier_sink sink = cli_sink(stdout);
  status = dossier_graph_export(c->graph, c->arguments[0], &sink, &c->error);
  return status == DOSSIER_OK ? status : cli_fail(c, status);
}
