#include "cli/cli.h"

#include <stdlib.h>
#include <string.h>

typedef struct measure {
  const char *name;
  size_t offset;
} measure;

static const measure measures[] = {{"pagerank", offsetof(dossier_actor, pagerank)},
                                   {"degree", offsetof(dossier_actor, degree)},
                                   {"strength", offsetof(dossier_actor, strength)},
                                   {"betweenness", offsetof(dossier_actor, betweenness)},
                                   {"closeness", offsetof(dossier_actor, closeness)}};

static double value_of(const dossier_actor *actor, const measure *by) {
  return *(const double *)((const char *)actor + by->offset);
}

typedef struct ranked {
  size_t actor;
  double value;
} ranked;

static int by_value(const void *a, const void *b) {
  const ranked *x = a, *y = b;
  if (x->value != y->value) return x->value < y->value ? 1 : -1;
  return x->actor < y->actor ? -1 : x->actor > y->actor;
}

static ranked *rank_actors(const dossier_graph *graph, const measure *by, size_t *count) {
  ranked *list = calloc(dossier_graph_actor_count(graph) + 1, sizeof *list);
  *count = 0;
  for (size_t i = 0; list && i < dossier_graph_actor_count(graph); i++) {
    const dossier_actor *actor = dossier_graph_actor(graph, i);
    if (actor->ties) list[(*count)++] = (ranked){i, value_of(actor, by)};
  }
  if (list) qsort(list, *count, sizeof *list, by_value);
  return list;
}

static void print_json(const cli *c, const ranked *list, size_t count) {
  ds_json json = {0};
  for (size_t i = 0; i < count; i++) {
    const dossier_actor *actor = dossier_graph_actor(c->graph, list[i].actor);
    cJSON *out = cli_json_actor(&json, actor);
    for (size_t m = 0; m < sizeof measures / sizeof *measures; m++)
      ds_json_decimal(&json, out, measures[m].name, value_of(actor, &measures[m]), 6);
    ds_json_int(&json, out, "community", (int64_t)actor->community);
    ds_json_int(&json, out, "component", (int64_t)actor->component);
    cli_json_item(out, &json, i);
  }
  puts(count ? "\n]" : "[]");
}

static dossier_status print_table(const cli *c, const ranked *list, size_t count) {
  static const cli_column columns[] = {
      {"", true, false},         {"actor", false, true},    {"kind", false, false},       {"pagerank", true, false},
      {"degree", true, false},   {"strength", true, false}, {"betweenness", true, false}, {"closeness", true, false},
      {"community", true, false}};
  cli_table *table = cli_table_new(columns, 9);
  for (size_t i = 0; i < count; i++) {
    const dossier_actor *actor = dossier_graph_actor(c->graph, list[i].actor);
    cli_table_cellf(table, "%zu", i + 1);
    cli_table_cell(table, actor->label);
    cli_table_cell(table, actor->kind);
    cli_table_cellf(table, "%.4f", actor->pagerank);
    cli_table_cellf(table, "%.0f", actor->degree);
    cli_table_cellf(table, "%.0f", actor->strength);
    cli_table_cellf(table, "%.4f", actor->betweenness);
    cli_table_cellf(table, "%.4f", actor->closeness);
    cli_table_cellf(table, "%zu", actor->community + 1);
  }
  return cli_table_print(c, table);
}

static const measure *find_measure(const char *name) {
  for (size_t i = 0; i < sizeof measures / sizeof *measures; i++)
    if (!strcmp(measures[i].name, name)) return &measures[i];
  return NULL;
}

static dossier_status rank(cli *c, const measure *by, unsigned limit) {
  dossier_status status = dossier_graph_measure(c->graph, &c->error);
  if (status != DOSSIER_OK) return cli_fail(c, status);
  size_t count;
  ranked *list = rank_actors(c->graph, by, &count);
  if (!list) {
    fprintf(stderr, "dossier: out of memory\n");
    return DOSSIER_SYSTEM;
  }
  if (limit && limit < count) count = limit;
  if (c->json)
    print_json(c, list, count);
  else if (count)
    status = print_table(c, list, count);
  else
    cli_nothing(c, "there are no ties to rank actors by");
  free(list);
  return status == DOSSIER_OK && !count ? DOSSIER_NONE : status;
}

int cmd_rank(cli *c, int argc, char **argv) {
  static const cli_help help = {"rank [options]",
                                "Ranks the actors by a measure of the graph, over ties that are not denied: pagerank, "
                                "degree (neighbours), strength\n"
                                "(articles behind its ties), betweenness, closeness; with the community each belongs "
                                "to (Leiden). docs/measures.md\n"
                                "defines them.",
                                "  dossier rank --by betweenness -n 10"};
  const char *by = "pagerank";
  unsigned limit = 20;
  cli_selection selection = {0};
  const cli_option options[] = {
      {0, "by", CLI_TEXT, &by, "MEASURE", "pagerank, degree, strength, betweenness, closeness"},
      {'n', "limit", CLI_NUMBER, &limit, "N", "at most so many; 0 for all (20)"},
      CLI_OPTION_END};
  dossier_status status =
      cli_options(c, argc, argv, options, CLI_TAKES_STORE | CLI_TAKES_JSON | CLI_TAKES_SELECTION, &selection, &help);
  bool helped = status == DOSSIER_NONE;
  const measure *chosen = find_measure(by);
  if (status == DOSSIER_OK && !chosen)
    status = cli_usage(c, "rank",
                       "there is no measure '%s'; there are pagerank, degree, strength, betweenness, closeness", by);
  if (status == DOSSIER_OK) status = cli_open_graph(c, &selection);
  cli_selection_free(&selection);
  if (status != DOSSIER_OK) return helped ? DOSSIER_OK : status;
  return rank(c, chosen, limit);
}
