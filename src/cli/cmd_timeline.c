#include "cli/cli.h"

#include <stdlib.h>
#include <string.h>

typedef struct dated {
  const dossier_claim *claim;
  size_t number;
} dated;

/* EDTF dates sort by their bytes as far as they are of this millennium: a coarser date before the finer ones in it; an open
 * start ("../2012") by its end. */
static const char *sort_key(const dossier_claim *claim) {
  return !strncmp(claim->date, "../", 3) ? claim->date + 3 : claim->date;
}

static int by_date(const void *a, const void *b) {
  const dated *x = a, *y = b;
  int order = strcmp(sort_key(x->claim), sort_key(y->claim));
  return order ? order : x->number < y->number ? -1 : x->number > y->number;
}

static dated *collect(const cli *c, size_t actor, bool published, size_t *count) {
  const dossier_graph *graph = c->graph;
  dated *list = calloc(dossier_graph_claim_count(graph) + 1, sizeof *list);
  *count = 0;
  for (size_t t = 0; list && t < dossier_graph_tie_count(graph); t++) {
    const dossier_tie *tie = dossier_graph_tie(graph, t);
    if (actor != DOSSIER_NOBODY && tie->source != actor && tie->target != actor) continue;
    for (size_t i = 0; i < tie->claim_count; i++) {
      const dossier_claim *claim = dossier_graph_claim(graph, tie->claims[i]);
      bool wanted = published || strcmp(claim->date_basis, "published");
      if (claim->date[0] && wanted && !cli_is_repeated(c, tie, claim))
        list[(*count)++] = (dated){claim, tie->claims[i]};
    }
  }
  if (list) qsort(list, *count, sizeof *list, by_date);
  return list;
}

static void print_claim(const cli *c, const dossier_claim *claim) {
  ds_buf out;
  ds_buf_init(&out);
  const char *relation = claim->relation;
  for (size_t i = 0; i < dossier_engine_relation_count(c->engine); i++)
    if (!strcmp(dossier_engine_relation(c->engine, i)->name, claim->relation))
      relation = dossier_engine_relation(c->engine, i)->label;
  bool denied = !strcmp(claim->polarity, "denied");
  cli_paint(c, &out, CLI_CYAN, claim->date);
  ds_buf_printf(&out, "%*s", (int)(strlen(claim->date) < 12 ? 12 - strlen(claim->date) : 1), "");
  ds_buf_printf(&out, "%s %s %s%s\n", dossier_graph_actor(c->graph, claim->subject)->label, relation,
                dossier_graph_actor(c->graph, claim->object)->label, denied ? " (denied)" : "");
  cli_quote(c, &out, claim, 12);
  cli_source_line(c, &out, claim, 12);
  cli_put(&out);
  ds_buf_release(&out);
}

static dossier_status timeline(cli *c, size_t actor, bool published) {
  size_t count;
  ds_json json = {0};
  dated *list = collect(c, actor, published, &count);
  if (!list) {
    fprintf(stderr, "dossier: out of memory\n");
    return DOSSIER_SYSTEM;
  }
  for (size_t i = 0; i < count; i++) {
    if (c->json)
      cli_json_item(cli_json_claim(&json, c->graph, list[i].claim), &json, i);
    else
      print_claim(c, list[i].claim);
  }
  if (c->json) puts(count ? "\n]" : "[]");
  free(list);
  if (!count && !c->json)
    cli_nothing(c,
                published ? "no dated claim" : "no dated claim; --published shows those dated by their article alone");
  return count ? DOSSIER_OK : DOSSIER_NONE;
}

int cmd_timeline(cli *c, int argc, char **argv) {
  static const cli_help help = {"timeline [ACTOR] [options]",
                                "Lists dated claims in order, of one actor or of all. Dates keep the precision of the "
                                "words (2012 stays a year). Claims\n"
                                "that are dated by the day of publication alone are left out unless --published is "
                                "given, and what copies repeat always.",
                                "  dossier timeline Iran --since 2015 --until 2021"};
  bool published = false;
  cli_selection selection = {0};
  const cli_option options[] = {{0, "published", CLI_FLAG, &published, NULL, "with those dated by their article alone"},
                                CLI_OPTION_END};
  dossier_status status =
      cli_options(c, argc, argv, options, CLI_TAKES_STORE | CLI_TAKES_JSON | CLI_TAKES_SELECTION, &selection, &help);
  bool helped = status == DOSSIER_NONE;
  if (status == DOSSIER_OK && c->argument_count > 1) status = cli_usage(c, "timeline", "name one actor at most");
  if (status == DOSSIER_OK) status = cli_open_graph(c, &selection);
  cli_selection_free(&selection);
  size_t actor = DOSSIER_NOBODY;
  if (status == DOSSIER_OK && c->argument_count) status = cli_find(c, c->arguments[0], &actor);
  if (status != DOSSIER_OK) return helped ? DOSSIER_OK : status;
  return timeline(c, actor, published);
}
