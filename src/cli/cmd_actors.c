#include "cli/cli.h"

static void print_json(const cli *c, const size_t *actors, size_t count) {
  ds_json json = {0};
  for (size_t i = 0; i < count; i++)
    cli_json_item(cli_json_actor(&json, dossier_graph_actor(c->graph, actors[i])), &json, i);
  puts(count ? "\n]" : "[]");
}

static void other_names(const dossier_actor *actor, ds_buf *out) {
  ds_buf_clear(out);
  for (size_t i = 0; i < actor->alias_count && i < 8; i++) ds_buf_printf(out, "%s%s", i ? "; " : "", actor->aliases[i]);
}

/* How many of the first `count` have a tie; the search puts those without behind all others. */
static size_t count_tied(const cli *c, const size_t *actors, size_t count) {
  size_t tied = 0;
  while (tied < count && dossier_graph_actor(c->graph, actors[tied])->ties) tied++;
  return tied;
}

static dossier_status print_table(const cli *c, const size_t *actors, size_t count) {
  static const cli_column columns[] = {{"actor", false, true},    {"kind", false, false},
                                       {"ties", true, false},     {"articles", true, false},
                                       {"mentions", true, false}, {"also called", false, true}};
  cli_table *table = cli_table_new(columns, 6);
  ds_buf names;
  ds_buf_init(&names);
  for (size_t i = 0; i < count; i++) {
    const dossier_actor *actor = dossier_graph_actor(c->graph, actors[i]);
    other_names(actor, &names);
    cli_table_cell(table, actor->label);
    cli_table_cell(table, actor->kind);
    cli_table_cellf(table, "%zu", actor->ties);
    cli_table_cellf(table, "%zu", actor->documents);
    cli_table_cellf(table, "%zu", actor->mentions);
    cli_table_cell(table, names.data ? names.data : "");
  }
  ds_buf_release(&names);
  return cli_table_print(c, table);
}

static dossier_status print_actors(const cli *c, const size_t *actors, size_t found, unsigned limit, bool all) {
  size_t wanted = all ? found : count_tied(c, actors, found), count = limit && limit < wanted ? limit : wanted;
  if (c->json) {
    print_json(c, actors, count);
    return count ? DOSSIER_OK : DOSSIER_NONE;
  }
  dossier_status status = count ? print_table(c, actors, count) : DOSSIER_NONE;
  if (count < wanted) fprintf(stderr, "%zu more; see them with -n 0\n", wanted - count);
  if (wanted < found) fprintf(stderr, "%zu without a tie; see them with --all\n", found - wanted);
  if (!found) return cli_nothing(c, "no such actor");
  return status;
}

int cmd_actors(cli *c, int argc, char **argv) {
  static const cli_help help = {"actors [WORDS] [options]",
                                "Lists the actors that have ties, the most connected first. With WORDS: all actors one "
                                "of whose names has words that\n"
                                "begin so, without regard to case and marks.",
                                "  dossier actors\n  dossier actors revol\n  dossier actors --kind armed_group --json"};
  unsigned limit = 30;
  bool everyone = false;
  cli_selection selection = {0};
  const cli_option options[] = {{'n', "limit", CLI_NUMBER, &limit, "N", "at most so many; 0 for all (30)"},
                                {'a', "all", CLI_FLAG, &everyone, NULL, "also actors without a tie"},
                                CLI_OPTION_END};
  dossier_status status =
      cli_options(c, argc, argv, options, CLI_TAKES_STORE | CLI_TAKES_JSON | CLI_TAKES_SELECTION, &selection, &help);
  if (status == DOSSIER_OK)
    status = cli_open_graph(c, &selection);
  else if (status == DOSSIER_NONE) {
    cli_selection_free(&selection);
    return DOSSIER_OK;
  }
  cli_selection_free(&selection);
  if (status != DOSSIER_OK) return status;
  ds_buf words;
  ds_buf_init(&words);
  for (size_t i = 0; i < c->argument_count; i++) ds_buf_printf(&words, "%s%s", i ? " " : "", c->arguments[i]);
  const size_t *actors;
  size_t all = 0;
  status = dossier_graph_search(c->graph, words.data ? words.data : "", &actors, &all, &c->error);
  ds_buf_release(&words);
  if (status != DOSSIER_OK && status != DOSSIER_NONE) return cli_fail(c, status);
  return print_actors(c, actors, all, limit, everyone || c->argument_count);
}
