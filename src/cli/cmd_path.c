#include "cli/cli.h"

#include <string.h>

/* The claim that a reader should see first: the surest. */
static int doubt(const dossier_claim *claim) {
  return !strcmp(claim->certainty, "stated") ? 0 : !strcmp(claim->certainty, "reported") ? 1 : 2;
}

static const dossier_claim *best_claim(const cli *c, const dossier_tie *tie) {
  const dossier_claim *best = NULL;
  for (size_t i = 0; i < tie->claim_count; i++) {
    const dossier_claim *claim = dossier_graph_claim(c->graph, tie->claims[i]);
    bool surer =
        best && (doubt(claim) < doubt(best) || (doubt(claim) == doubt(best) && claim->confidence > best->confidence));
    if (!best || surer) best = claim;
  }
  return best;
}

static void print_step(const cli *c, const dossier_step *step, ds_buf *out) {
  for (size_t i = 0; i < step->tie_count && i < 2; i++) {
    const dossier_tie *tie = dossier_graph_tie(c->graph, step->ties[i]);
    const dossier_claim *claim = best_claim(c, tie);
    ds_buf_appendz(out, "   ");
    cli_tie_words(c, out, tie);
    ds_buf_byte(out, '\n');
    if (!claim) continue;
    cli_quote(c, out, claim, 6);
    cli_source_line(c, out, claim, 6);
  }
  if (step->tie_count > 2)
    ds_buf_printf(out, "   and %zu more tie%s:  dossier ties %s %s\n", step->tie_count - 2, cli_s(step->tie_count - 2),
                  dossier_graph_actor(c->graph, step->from)->id, dossier_graph_actor(c->graph, step->to)->id);
}

static void print_path(const cli *c, const dossier_path *path, size_t number) {
  ds_buf out;
  ds_buf_init(&out);
  ds_buf_printf(&out, "%s%zu. ", number > 1 ? "\n" : "", number);
  for (size_t i = 0; i < path->step_count; i++) {
    if (!i) cli_paint(c, &out, CLI_BOLD, dossier_graph_actor(c->graph, path->steps[i].from)->label);
    ds_buf_appendz(&out, " — ");
    cli_paint(c, &out, CLI_BOLD, dossier_graph_actor(c->graph, path->steps[i].to)->label);
  }
  ds_buf_printf(&out, "   (%zu step%s)\n", path->step_count, cli_s(path->step_count));
  for (size_t i = 0; i < path->step_count; i++) print_step(c, &path->steps[i], &out);
  cli_put(&out);
  ds_buf_release(&out);
}

static cJSON *json_path(ds_json *json, const cli *c, const dossier_path *path) {
  cJSON *out = cJSON_CreateObject();
  ds_json_decimal(json, out, "cost", path->cost, 6);
  cJSON *steps = ds_json_array(json, out, "steps");
  for (size_t i = 0; i < path->step_count; i++) {
    const dossier_step *step = &path->steps[i];
    cJSON *item = ds_json_object(json, steps, NULL);
    ds_json_strz(json, item, "from", dossier_graph_actor(c->graph, step->from)->id);
    ds_json_strz(json, item, "to", dossier_graph_actor(c->graph, step->to)->id);
    cJSON *ties = ds_json_array(json, item, "ties");
    for (size_t t = 0; ties && t < step->tie_count; t++) {
      cJSON *tie = cli_json_tie(json, c->graph, dossier_graph_tie(c->graph, step->ties[t]));
      if (!cJSON_AddItemToArray(ties, tie)) {
        cJSON_Delete(tie);
        json->failed = true;
      }
    }
  }
  return out;
}

static dossier_status print_paths(cli *c, size_t from, size_t to, const dossier_path_options *options) {
  const dossier_path *paths;
  size_t count;
  ds_json json = {0};
  dossier_status status = dossier_graph_paths(c->graph, from, to, options, &paths, &count, &c->error);
  if (status != DOSSIER_OK && status != DOSSIER_NONE) return cli_fail(c, status);
  for (size_t i = 0; i < count; i++) {
    if (c->json)
      cli_json_item(json_path(&json, c, &paths[i]), &json, i);
    else
      print_path(c, &paths[i], i + 1);
  }
  if (c->json) puts(count ? "\n]" : "[]");
  if (!count && !c->json)
    fprintf(stderr, "dossier: %s and %s are not connected\n", dossier_graph_actor(c->graph, from)->label,
            dossier_graph_actor(c->graph, to)->label);
  return count ? DOSSIER_OK : DOSSIER_NONE;
}

int cmd_path(cli *c, int argc, char **argv) {
  static const cli_help help = {
      "path A B [options]",
      "Shows how two actors are connected: the best-attested ways from one to the other, "
      "with the sentence, date and speaker\n"
      "behind each step. A step is cheaper the more independent articles say so, and say so "
      "plainly. Denied ties are left\n"
      "out unless --denied is given.",
      "  dossier path Pakistan Russia\n  dossier path \"United States\" China -k 5 --since 2010"};
  unsigned k = 3, steps = 0;
  bool all = false, denied = false;
  cli_selection selection = {0};
  const cli_option options[] = {{'k', "paths", CLI_NUMBER, &k, "N", "at most so many ways (3)"},
                                {0, "all", CLI_FLAG, &all, NULL, "up to 100 ways"},
                                {0, "denied", CLI_FLAG, &denied, NULL, "denied ties count as steps too"},
                                {0, "max-steps", CLI_NUMBER, &steps, "N", "no way longer than this"},
                                CLI_OPTION_END};
  dossier_status status =
      cli_options(c, argc, argv, options, CLI_TAKES_STORE | CLI_TAKES_JSON | CLI_TAKES_SELECTION, &selection, &help);
  bool helped = status == DOSSIER_NONE;
  if (status == DOSSIER_OK && c->argument_count != 2) status = cli_usage(c, "path", "name two actors");
  if (status == DOSSIER_OK) status = cli_open_graph(c, &selection);
  cli_selection_free(&selection);
  size_t from, to;
  if (status == DOSSIER_OK) status = cli_find(c, c->arguments[0], &from);
  if (status == DOSSIER_OK) status = cli_find(c, c->arguments[1], &to);
  if (status != DOSSIER_OK) return helped ? DOSSIER_OK : status;
  dossier_path_options wanted = {.k = all ? 100 : k, .with_denied = denied, .max_steps = steps};
  return print_paths(c, from, to, &wanted);
}
