#include "cli/cli.h"

#include <stdlib.h>
#include <string.h>

static void print_names(const cli *c, const dossier_actor *actor, ds_buf *out) {
  cli_paint(c, out, CLI_BOLD, actor->label);
  ds_buf_printf(out, "   %s, id %s, %zu mention%s in %zu article%s\n", actor->kind, actor->id, actor->mentions,
                cli_s(actor->mentions), actor->documents, cli_s(actor->documents));
  if (!actor->alias_count) return;
  ds_buf names;
  ds_buf_init(&names);
  for (size_t i = 0; i < actor->alias_count; i++) ds_buf_printf(&names, "%s%s", i ? "; " : "", actor->aliases[i]);
  ds_buf_appendz(out, "also called ");
  cli_wrap(c, out, ds_buf_str(&names), 12, 12);
  ds_buf_release(&names);
}

static bool same_office(const dossier_claim *a, const dossier_claim *b) {
  return a->object == b->object && !strcmp(a->role, b->role) && !strcmp(a->polarity, b->polarity);
}

static bool print_offices(const cli *c, size_t actor, ds_buf *out) {
  size_t claims = dossier_graph_claim_count(c->graph), count = 0;
  const dossier_claim **offices = calloc(claims + 1, sizeof *offices);
  ds_buf list;
  ds_buf_init(&list);
  for (size_t i = 0; offices && i < claims; i++) {
    const dossier_claim *claim = dossier_graph_claim(c->graph, i);
    if (claim->subject != actor || !claim->role[0]) continue;
    bool repeated = false;
    for (size_t j = 0; j < count && !repeated; j++) repeated = same_office(offices[j], claim);
    if (repeated) continue;
    offices[count++] = claim;
    ds_buf_printf(&list, "%s%s, %s%s", count > 1 ? "; " : "", claim->role,
                  dossier_graph_actor(c->graph, claim->object)->label,
                  !strcmp(claim->polarity, "denied") ? " (denied)" : "");
  }
  if (list.len) {
    ds_buf_appendz(out, "offices     ");
    cli_wrap(c, out, ds_buf_str(&list), 12, 12);
  }
  ds_buf_release(&list);
  free(offices);
  return offices != NULL;
}

typedef struct weighed {
  const dossier_tie *tie;
  size_t number;
} weighed;

static int by_weight(const void *a, const void *b) {
  const weighed *x = a, *y = b;
  if (x->tie->weight != y->tie->weight) return x->tie->weight < y->tie->weight ? 1 : -1;
  if (x->tie->claim_count != y->tie->claim_count) return x->tie->claim_count < y->tie->claim_count ? 1 : -1;
  return x->number < y->number ? -1 : x->number > y->number;
}

static bool print_ties(const cli *c, size_t actor, unsigned limit, ds_buf *out) {
  size_t count = 0;
  weighed *list = calloc(dossier_graph_tie_count(c->graph) + 1, sizeof *list);
  for (size_t i = 0; list && i < dossier_graph_tie_count(c->graph); i++) {
    const dossier_tie *tie = dossier_graph_tie(c->graph, i);
    if (tie->source == actor || tie->target == actor) list[count++] = (weighed){tie, i};
  }
  if (!list) return false;
  qsort(list, count, sizeof *list, by_weight);
  ds_buf_printf(out, "\n%zu tie%s%s\n", count, cli_s(count), count ? ", with the number of independent articles" : "");
  for (size_t i = 0; i < count && (!limit || i < limit); i++) {
    const dossier_tie *tie = list[i].tie;
    ds_buf_printf(out, "%4zu  ", tie->weight);
    cli_tie_words(c, out, tie);
    if (tie->first[0]) ds_buf_appendz(out, ", ");
    cli_dates(out, tie);
    ds_buf_byte(out, '\n');
  }
  if (limit && count > limit) ds_buf_printf(out, "      and %zu more; see them with -n 0\n", count - limit);
  free(list);
  return true;
}

static void print_source(const cli *c, size_t index, size_t claims, ds_buf *out) {
  const dossier_document *document = dossier_graph_document(c->graph, index);
  ds_buf_printf(out, "  %s%s%s%s%s, %zu claim%s", document->id, document->publisher[0] ? ": " : "", document->publisher,
                document->published[0] ? ", " : "", document->published, claims, cli_s(claims));
  if (document->copy_of != DOSSIER_NOBODY)
    ds_buf_printf(out, " (copy of %s)", dossier_graph_document(c->graph, document->copy_of)->id);
  ds_buf_byte(out, '\n');
}

static bool print_sources(const cli *c, size_t actor, unsigned limit, ds_buf *out) {
  size_t count = dossier_graph_document_count(c->graph), listed = 0, *claims = calloc(count + 1, sizeof *claims);
  if (!claims) return false;
  for (size_t i = 0; i < dossier_graph_claim_count(c->graph); i++) {
    const dossier_claim *claim = dossier_graph_claim(c->graph, i);
    claims[claim->document] += claim->subject == actor || claim->object == actor;
  }
  for (size_t d = 0; d < count; d++) {
    if (!claims[d]) continue;
    if (!listed) ds_buf_appendz(out, "\nsources\n");
    if (!limit || listed < limit) print_source(c, d, claims[d], out);
    listed++;
  }
  if (limit && listed > limit) ds_buf_printf(out, "  and %zu more; see them with -n 0\n", listed - limit);
  free(claims);
  return true;
}

static dossier_status print_actor(cli *c, size_t index, unsigned limit) {
  ds_buf out;
  ds_buf_init(&out);
  print_names(c, dossier_graph_actor(c->graph, index), &out);
  bool memory = print_offices(c, index, &out);
  memory = memory && print_ties(c, index, limit, &out);
  memory = print_sources(c, index, limit, &out) && memory;
  ds_buf_printf(&out, "\nin order of time: dossier timeline %s    the sentences: dossier ties %s\n",
                dossier_graph_actor(c->graph, index)->id, dossier_graph_actor(c->graph, index)->id);
  cli_put(&out);
  memory = memory && !out.failed;
  ds_buf_release(&out);
  if (memory) return DOSSIER_OK;
  fprintf(stderr, "dossier: out of memory\n");
  return DOSSIER_SYSTEM;
}

static void print_json(const cli *c, size_t index) {
  ds_json json = {0};
  cJSON *out = cli_json_actor(&json, dossier_graph_actor(c->graph, index));
  cJSON *ties = ds_json_array(&json, out, "ties_of_it");
  for (size_t i = 0; ties && i < dossier_graph_tie_count(c->graph); i++) {
    const dossier_tie *tie = dossier_graph_tie(c->graph, i);
    if (tie->source == index || tie->target == index) cJSON_AddItemToArray(ties, cli_json_tie(&json, c->graph, tie));
  }
  ds_buf text;
  ds_buf_init(&text);
  ds_json_print(&json, out, &text);
  if (json.failed) cli_lost();
  ds_buf_byte(&text, '\n');
  cli_put(&text);
  ds_buf_release(&text);
}

int cmd_show(cli *c, int argc, char **argv) {
  static const cli_help help = {"show ACTOR [options]",
                                "Shows one actor: its names, the offices it holds, its ties by the number of "
                                "independent articles, and its sources.",
                                "  dossier show Pakistan"};
  unsigned limit = 20;
  cli_selection selection = {0};
  const cli_option options[] = {
      {'n', "limit", CLI_NUMBER, &limit, "N", "at most so many ties and sources; 0 for all (20)"}, CLI_OPTION_END};
  dossier_status status =
      cli_options(c, argc, argv, options, CLI_TAKES_STORE | CLI_TAKES_JSON | CLI_TAKES_SELECTION, &selection, &help);
  bool helped = status == DOSSIER_NONE;
  if (status == DOSSIER_OK && c->argument_count != 1) status = cli_usage(c, "show", "name one actor");
  if (status == DOSSIER_OK) status = cli_open_graph(c, &selection);
  cli_selection_free(&selection);
  size_t actor;
  if (status == DOSSIER_OK) status = cli_find(c, c->arguments[0], &actor);
  if (status != DOSSIER_OK) return helped ? DOSSIER_OK : status;
  if (!c->json) return print_actor(c, actor, limit);
  print_json(c, actor);
  return DOSSIER_OK;
}
