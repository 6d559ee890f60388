/* JSON: the whole network, one object at a time, one object a line (schema/graph.schema.json). The master of all formats: what
 * another format leaves out stands here.
 *
 * Claims whose two ends turned out to be one actor belong to no edge and are left out with it.
 */
#include "base/json.h"

#include "export/out.h"
#include "export/writers.h"

typedef struct writer {
  const ds_export *export;
  const ds_network *network;
  ds_out out;
  ds_json json;
  bool first; /* of its array */
} writer;

static void put(writer *w, cJSON *at, const char *key, ds_str text) {
  ds_json_str(&w->json, at, key, ds_out_clean(&w->out, text));
}

static void put_optional(writer *w, cJSON *at, const char *key, ds_str text) {
  ds_json_optional(&w->json, at, key, ds_out_clean(&w->out, text));
}

static void put_actor(writer *w, cJSON *at, const char *key, uint32_t actor) {
  put_optional(w, at, key, actor == DS_NONE ? DS_STR_NONE : w->network->actors[actor].id);
}

static void open_list(writer *w, const char *name) {
  ds_buf_printf(&w->out.pending, ",\n\"%s\": [", name);
  w->first = true;
}

static void close_list(writer *w) {
  ds_buf_appendz(&w->out.pending, w->first ? "]" : "\n]");
}

/* Prints the object and frees it. */
static void close_object(writer *w, cJSON *object) {
  ds_buf_appendz(&w->out.pending, w->first ? "\n" : ",\n");
  w->first = false;
  ds_json_print(&w->json, object, &w->out.pending);
  ds_out_flush(&w->out);
  if (w->json.failed) w->out.failed = true;
}

static void write_document(writer *w, const ds_net_document *document) {
  const ds_article *article = document->article;
  cJSON *o = cJSON_CreateObject();
  put(w, o, "id", document->id);
  put(w, o, "path", article->path);
  put_optional(w, o, "title", article->title);
  put_optional(w, o, "publisher", article->publisher);
  cJSON *authors = ds_json_array(&w->json, o, "authors");
  for (size_t i = 0; i < article->author_count; i++) put(w, authors, NULL, article->authors[i]);
  put_optional(w, o, "published", article->published);
  put_optional(w, o, "url", article->url);
  ds_json_strz(&w->json, o, "sha256", article->sha256);
  put_optional(w, o, "copy_of",
               document->copy_of == DS_NONE ? DS_STR_NONE : w->network->documents[document->copy_of].id);
  close_object(w, o);
}

static void write_node(writer *w, const ds_net_actor *actor, const ds_measures *measures) {
  cJSON *o = cJSON_CreateObject();
  put(w, o, "id", actor->id);
  put(w, o, "kind", w->export->ontology->kinds[actor->kind].name);
  put(w, o, "label", actor->label);
  cJSON *aliases = ds_json_array(&w->json, o, "aliases");
  for (size_t i = 0; i < actor->alias_count; i++) put(w, aliases, NULL, actor->aliases[i].name);
  ds_json_int(&w->json, o, "documents", actor->documents);
  ds_json_int(&w->json, o, "mentions", actor->mentions);
  ds_json_int(&w->json, o, "degree", (int64_t)measures->degree);
  ds_json_int(&w->json, o, "strength", (int64_t)measures->strength);
  ds_json_decimal(&w->json, o, "pagerank", measures->pagerank, 6);
  ds_json_decimal(&w->json, o, "betweenness", measures->betweenness, 6);
  ds_json_decimal(&w->json, o, "closeness", measures->closeness, 6);
  ds_json_int(&w->json, o, "community", measures->community);
  ds_json_int(&w->json, o, "component", measures->component);
  close_object(w, o);
}

static void write_edge(writer *w, const ds_net_tie *tie) {
  const ds_relation *relation = &w->export->ontology->relations[tie->relation];
  cJSON *o = cJSON_CreateObject();
  put(w, o, "id", tie->id);
  put_actor(w, o, "source", tie->subject);
  put_actor(w, o, "target", tie->object);
  put(w, o, "relation", relation->name);
  put(w, o, "class", relation->class_name);
  ds_json_bool(&w->json, o, "directed", !relation->symmetric);
  ds_json_strz(&w->json, o, "polarity", ds_polarity_name((ds_polarity)tie->polarity));
  ds_json_strz(&w->json, o, "certainty", ds_certainty_name((ds_certainty)tie->certainty));
  ds_json_int(&w->json, o, "weight", tie->weight);
  cJSON *speakers = ds_json_array(&w->json, o, "speakers");
  for (size_t i = 0; i < tie->speaker_count; i++) put_actor(w, speakers, NULL, tie->speakers[i]);
  put_optional(w, o, "first", tie->first);
  put_optional(w, o, "last", tie->last);
  cJSON *claims = ds_json_array(&w->json, o, "claims");
  for (size_t i = 0; i < tie->claim_count; i++) put(w, claims, NULL, w->network->claims[tie->claims[i]].id);
  close_object(w, o);
}

static void write_claim(writer *w, const ds_net_claim *claim) {
  cJSON *o = cJSON_CreateObject();
  put(w, o, "id", claim->id);
  put_actor(w, o, "subject", claim->subject);
  put(w, o, "relation", w->export->ontology->relations[claim->relation].name);
  put_actor(w, o, "object", claim->object);
  ds_json_strz(&w->json, o, "polarity", ds_polarity_name((ds_polarity)claim->polarity));
  ds_json_strz(&w->json, o, "certainty", ds_certainty_name((ds_certainty)claim->certainty));
  put_actor(w, o, "attribution", claim->speaker);
  put_optional(w, o, "role", claim->role);
  put_optional(w, o, "date", claim->date);
  ds_json_strz(&w->json, o, "date_basis",
               claim->date.len ? ds_date_basis_name((ds_date_basis)claim->date_basis) : NULL);
  put(w, o, "document", w->network->documents[claim->document].id);
  ds_json_int(&w->json, o, "start", claim->start);
  ds_json_int(&w->json, o, "end", claim->end);
  put(w, o, "quote", claim->quote);
  ds_json_decimal(&w->json, o, "confidence", (double)claim->confidence, 6);
  put(w, o, "rule", claim->rule);
  close_object(w, o);
}

dossier_status ds_export_json(const ds_export *export, const dossier_sink *sink, dossier_error *err) {
  writer w = {.export = export, .network = export->network};
  const ds_network *n = export->network;
  ds_out_init(&w.out, sink);
  ds_buf_appendz(&w.out.pending, "{\"format\": \"dossier-graph\", \"version\": 1");
  open_list(&w, "documents");
  for (size_t i = 0; i < n->document_count && ds_out_good(&w.out); i++) write_document(&w, &n->documents[i]);
  close_list(&w);
  open_list(&w, "nodes");
  for (size_t i = 0; i < n->actor_count && ds_out_good(&w.out); i++)
    write_node(&w, &n->actors[i], &export->measures[i]);
  close_list(&w);
  open_list(&w, "edges");
  for (size_t i = 0; i < n->tie_count && ds_out_good(&w.out); i++) write_edge(&w, &n->ties[i]);
  close_list(&w);
  open_list(&w, "claims");
  for (size_t i = 0; i < n->claim_count && ds_out_good(&w.out); i++)
    if (n->claims[i].tie != DS_NONE) write_claim(&w, &n->claims[i]);
  close_list(&w);
  ds_buf_appendz(&w.out.pending, "\n}\n");
  return ds_out_end(&w.out, err);
}
