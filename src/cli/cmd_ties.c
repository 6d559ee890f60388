#include "cli/cli.h"

static bool concerns(const dossier_tie *tie, size_t a, size_t b) {
  bool first = tie->source == a || tie->target == a;
  return first && (b == DOSSIER_NOBODY || tie->source == b || tie->target == b);
}

static void print_tie(const cli *c, const dossier_tie *tie, unsigned quotes, bool first) {
  ds_buf out;
  ds_buf_init(&out);
  if (!first) ds_buf_byte(&out, '\n');
  cli_tie_words(c, &out, tie);
  ds_buf_printf(&out, "   %zu article%s%s", tie->weight, cli_s(tie->weight), tie->first[0] ? ", " : "");
  cli_dates(&out, tie);
  ds_buf_byte(&out, '\n');
  size_t left = cli_claims(c, &out, tie, quotes, 4);
  if (left) ds_buf_printf(&out, "    and %zu more\n", left);
  cli_put(&out);
  ds_buf_release(&out);
}

static dossier_status print_ties(cli *c, size_t a, size_t b, unsigned quotes) {
  ds_json json = {0};
  size_t shown = 0;
  for (size_t i = 0; i < dossier_graph_tie_count(c->graph); i++) {
    const dossier_tie *tie = dossier_graph_tie(c->graph, i);
    if (!concerns(tie, a, b)) continue;
    if (c->json)
      cli_json_item(cli_json_tie(&json, c->graph, tie), &json, shown);
    else
      print_tie(c, tie, quotes, !shown);
    shown++;
  }
  if (c->json) puts(shown ? "\n]" : "[]");
  if (!shown && !c->json) {
    const char *name = dossier_graph_actor(c->graph, a)->label;
    if (b == DOSSIER_NOBODY)
      fprintf(stderr, "dossier: %s has no ties\n", name);
    else
      fprintf(stderr, "dossier: no tie between %s and %s; for ways around: dossier path %s %s\n", name,
              dossier_graph_actor(c->graph, b)->label, dossier_graph_actor(c->graph, a)->id,
              dossier_graph_actor(c->graph, b)->id);
  }
  return shown ? DOSSIER_OK : DOSSIER_NONE;
}

int cmd_ties(cli *c, int argc, char **argv) {
  static const cli_help help = {
      "ties A [B] [options]",
      "Shows the evidence between two actors, or of all ties of one, sentence by sentence: the exact words, when, who "
      "says so\n"
      "and in which article. Actors may be given by any name or by id.",
      "  dossier ties Iran Afghanistan --class support\n  dossier ties \"United States\" --since 2015"};
  unsigned quotes = 0;
  cli_selection selection = {0};
  const cli_option options[] = {
      {'q', "quotes", CLI_NUMBER, &quotes, "N", "at most so many sentences a tie; 0 for all (0)"}, CLI_OPTION_END};
  dossier_status status =
      cli_options(c, argc, argv, options, CLI_TAKES_STORE | CLI_TAKES_JSON | CLI_TAKES_SELECTION, &selection, &help);
  bool helped = status == DOSSIER_NONE;
  if (status == DOSSIER_OK && (c->argument_count < 1 || c->argument_count > 2))
    status = cli_usage(c, "ties", "name one or two actors");
  if (status == DOSSIER_OK) status = cli_open_graph(c, &selection);
  cli_selection_free(&selection);
  size_t a = DOSSIER_NOBODY, b = DOSSIER_NOBODY;
  if (status == DOSSIER_OK) status = cli_find(c, c->arguments[0], &a);
  if (status == DOSSIER_OK && c->argument_count == 2) status = cli_find(c, c->arguments[1], &b);
  if (status != DOSSIER_OK) return helped ? DOSSIER_OK : status;
  return print_ties(c, a, b, quotes);
}
