#include "cli/cli.h"

void cli_json_item(cJSON *item, ds_json *json, size_t index) {
  ds_buf line;
  ds_buf_init(&line);
  ds_json_print(json, item, &line);
  if (json->failed) cli_lost();
  fputs(index ? ",\n" : "[\n", stdout);
  cli_put(&line);
  ds_buf_release(&line);
}

cJSON *cli_json_actor(ds_json *json, const dossier_actor *actor) {
  cJSON *out = cJSON_CreateObject();
  ds_json_strz(json, out, "id", actor->id);
  ds_json_strz(json, out, "kind", actor->kind);
  ds_json_strz(json, out, "label", actor->label);
  cJSON *aliases = ds_json_array(json, out, "aliases");
  for (size_t i = 0; i < actor->alias_count; i++) ds_json_strz(json, aliases, NULL, actor->aliases[i]);
  ds_json_int(json, out, "ties", (int64_t)actor->ties);
  ds_json_int(json, out, "documents", (int64_t)actor->documents);
  ds_json_int(json, out, "mentions", (int64_t)actor->mentions);
  return out;
}

static void add_text(ds_json *json, cJSON *parent, const char *key, const char *text) {
  ds_json_optional(json, parent, key, ds_str_from(text));
}

cJSON *cli_json_claim(ds_json *json, const dossier_graph *graph, const dossier_claim *claim) {
  const dossier_document *document = dossier_graph_document(graph, claim->document);
  cJSON *out = cJSON_CreateObject();
  ds_json_strz(json, out, "id", claim->id);
  ds_json_strz(json, out, "subject", dossier_graph_actor(graph, claim->subject)->id);
  ds_json_strz(json, out, "relation", claim->relation);
  ds_json_strz(json, out, "object", dossier_graph_actor(graph, claim->object)->id);
  ds_json_strz(json, out, "polarity", claim->polarity);
  ds_json_strz(json, out, "certainty", claim->certainty);
  add_text(json, out, "attribution",
           claim->attribution == DOSSIER_NOBODY ? "" : dossier_graph_actor(graph, claim->attribution)->id);
  add_text(json, out, "role", claim->role);
  add_text(json, out, "date", claim->date);
  add_text(json, out, "date_basis", claim->date_basis);
  ds_json_strz(json, out, "document", document->id);
  add_text(json, out, "publisher", document->publisher);
  ds_json_strz(json, out, "path", document->path);
  ds_json_int(json, out, "start", claim->start);
  ds_json_int(json, out, "end", claim->end);
  ds_json_strz(json, out, "quote", claim->quote);
  ds_json_decimal(json, out, "confidence", claim->confidence, 4);
  ds_json_strz(json, out, "rule", claim->rule);
  return out;
}

cJSON *cli_json_tie(ds_json *json, const dossier_graph *graph, const dossier_tie *tie) {
  cJSON *out = cJSON_CreateObject();
  ds_json_strz(json, out, "id", tie->id);
  ds_json_strz(json, out, "source", dossier_graph_actor(graph, tie->source)->id);
  ds_json_strz(json, out, "relation", tie->relation);
  ds_json_strz(json, out, "target", dossier_graph_actor(graph, tie->target)->id);
  ds_json_bool(json, out, "directed", tie->directed);
  ds_json_strz(json, out, "polarity", tie->polarity);
  ds_json_strz(json, out, "certainty", tie->certainty);
  ds_json_int(json, out, "weight", (int64_t)tie->weight);
  add_text(json, out, "first", tie->first);
  add_text(json, out, "last", tie->last);
  cJSON *claims = ds_json_array(json, out, "claims");
  for (size_t i = 0; claims && i < tie->claim_count; i++) {
    cJSON *claim = cli_json_claim(json, graph, dossier_graph_claim(graph, tie->claims[i]));
    if (!cJSON_AddItemToArray(claims, claim)) {
      cJSON_Delete(claim);
      json->failed = true;
    }
  }
  return out;
}
