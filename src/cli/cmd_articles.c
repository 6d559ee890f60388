#include "cli/cli.h"

static size_t claims_of(const cli_document_claims *claims, size_t document) {
  return claims->start[document + 1] - claims->start[document];
}

static void print_json(const cli *c, const cli_document_claims *claims) {
  ds_json json = {0};
  size_t count = dossier_graph_document_count(c->graph);
  for (size_t i = 0; i < count; i++) {
    const dossier_document *d = dossier_graph_document(c->graph, i);
    cJSON *out = cJSON_CreateObject();
    ds_json_strz(&json, out, "id", d->id);
    ds_json_strz(&json, out, "path", d->path);
    ds_json_optional(&json, out, "title", ds_str_from(d->title));
    ds_json_optional(&json, out, "publisher", ds_str_from(d->publisher));
    ds_json_optional(&json, out, "published", ds_str_from(d->published));
    ds_json_optional(&json, out, "url", ds_str_from(d->url));
    ds_json_int(&json, out, "claims", (int64_t)claims_of(claims, i));
    const dossier_document *original =
        d->copy_of == DOSSIER_NOBODY ? NULL : dossier_graph_document(c->graph, d->copy_of);
    ds_json_strz(&json, out, "copy_of", original ? original->id : NULL);
    ds_json_decimal(&json, out, "copy_share", d->copy_share, 3);
    cli_json_item(out, &json, i);
  }
  puts(count ? "\n]" : "[]");
}

static dossier_status print_table(const cli *c, const cli_document_claims *claims) {
  static const cli_column columns[] = {{"article", false, false},  {"published", false, false},
                                       {"publisher", false, true}, {"claims", true, false},
                                       {"copy of", false, false},  {"title", false, true}};
  cli_table *table = cli_table_new(columns, 6);
  for (size_t i = 0; i < dossier_graph_document_count(c->graph); i++) {
    const dossier_document *d = dossier_graph_document(c->graph, i);
    cli_table_cell(table, d->id);
    cli_table_cell(table, d->published);
    cli_table_cell(table, d->publisher);
    cli_table_cellf(table, "%zu", claims_of(claims, i));
    if (d->copy_of == DOSSIER_NOBODY)
      cli_table_cell(table, "");
    else
      cli_table_cellf(table, "%s (%.0f %%)", dossier_graph_document(c->graph, d->copy_of)->id, 100 * d->copy_share);
    cli_table_cell(table, d->title);
  }
  return cli_table_print(c, table);
}

int cmd_articles(cli *c, int argc, char **argv) {
  static const cli_help help = {"articles [options]",
                                "Lists the articles of the store with publisher, day of publication and number of "
                                "claims, and says which is a copy of\n"
                                "which (a copy is kept and shown, and adds no weight to any tie).",
                                "  dossier articles -d iran.db"};
  dossier_status status = cli_options(c, argc, argv, NULL, CLI_TAKES_STORE | CLI_TAKES_JSON, NULL, &help);
  if (status != DOSSIER_OK) return status == DOSSIER_NONE ? DOSSIER_OK : status;
  status = cli_open_graph(c, NULL);
  if (status != DOSSIER_OK) return status;
  if (!dossier_graph_document_count(c->graph) && !c->json) return cli_nothing(c, "no articles");
  cli_document_claims claims;
  if (!cli_by_document(c->graph, &claims)) {
    fprintf(stderr, "dossier: out of memory\n");
    return DOSSIER_SYSTEM;
  }
  if (c->json)
    print_json(c, &claims);
  else
    status = print_table(c, &claims);
  cli_by_document_free(&claims);
  return status == DOSSIER_OK && !dossier_graph_document_count(c->graph) ? DOSSIER_NONE : status;
}
