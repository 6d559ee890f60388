#include "cli/cli.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* Writes beside the file and renames: whoever reads it never sees half of it, and a failure leaves the old one. */
static dossier_status export_file(cli *c, const char *format, const char *path)
{
  ds_buf beside;
  ds_buf_init(&beside);
  ds_buf_printf(&beside, "%s.part", path);
  FILE *file = beside.failed ? NULL : fopen(beside.data, "wb");
  if (!file) {
    fprintf(stderr, "dossier: %s: cannot write: %s\n", path, strerror(errno));
    ds_buf_release(&beside);
    return DOSSIER_SYSTEM;
  }
  dossier_sink sink = cli_sink(file);
  dossier_status status = dossier_graph_export(c->graph, format, &sink, &c->error);
  if (status != DOSSIER_OK) cli_fail(c, status);
  bool closed = fclose(file) == 0;
  if (status == DOSSIER_OK && (!closed || rename(beside.data, path) != 0)) {
    fprintf(stderr, "dossier: %s: cannot write: %s\n", path, strerror(errno));
    status = DOSSIER_SYSTEM;
  }
  if (status != DOSSIER_OK) unlink(beside.data);
  ds_buf_release(&beside);
  return status;
}

int cmd_export(cli *c, int argc, char **argv)
{
  static const cli_help help = {"export FORMAT [options]",
                                "Writes the graph for other programs: graphml (Gephi, Cytoscape, networkx, igraph), dot (Graphviz), json (everything,\n"
                                "schema/graph.schema.json). Every edge carries its words, article, date, speaker and polarity.",
                                "  dossier export graphml -o graph.graphml\n  dossier export dot --around Iran --min-weight 2 | dot -Tsvg > iran.svg"};
  const char *path = NULL;
  cli_selection selection = {0};
  const cli_option options[] = {{'o', "output", CLI_TEXT, &path, "FILE", "the file (standard output)"}, CLI_OPTION_END};
  dossier_status status = cli_options(c, argc, argv, options, CLI_TAKES_STORE | CLI_TAKES_SELECTION, &selection, &help);
  bool helped = status == DOSSIER_NONE;
  if (status == DOSSIER_OK && c->argument_count != 1) status = cli_usage(c, "export", "name one format: graphml, dot, json");
  if (status == DOSSIER_OK) status = cli_open_graph(c, &selection);
  cli_selection_free(&selection);
  if (status != DOSSIER_OK) return helped ? DOSSIER_OK : status;
  if (path && strcmp(path, "-")) return export_file(c, c->arguments[0], path);
  dossier_sink sink = cli_sink(stdout);
  status = dossier_graph_export(c->graph, c->arguments[0], &sink, &c->error);
  return status == DOSSIER_OK ? status : cli_fail(c, status);
}
