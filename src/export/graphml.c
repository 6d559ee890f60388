/* GraphML, one edge a tie, streamed with libxml2's writer.
 *
 * What clients really read (each rule was found by running them):
 *   - all edges are directed, with `symmetric` as an attribute: networkx refuses a file that mixes both, Cytoscape and igraph
 *     ignore a flag on an edge;
 *   - the edge's id stands twice, as XML id and as statement_id: Cytoscape throws XML ids away;
 *   - label for Gephi, name for Cytoscape; an edge's name is made unique, as RCy3 finds edges by it; interaction is what
 *     Cytoscape shows;
 *   - no attribute called type, id, source, target, key or parent; no <desc>, no <default>, no lists (joined with " | ");
 *     no data on the graph, of which Gephi warns;
 *   - numbers and booleans stand on every element (a reader takes a missing one for 0 or false), empty texts are left out;
 *   - polarity and certainty are words, weight is above 0, colours are #rrggbb;
 *   - a text with two or more of & < > is CDATA, as Gephi's parser loses blanks between entities.
 * Lost in any client: Gephi merges parallel edges unless told not to ("Don't merge"), and writes "Infinity" for "INF" in texts.
 * Actors without a tie are left out. */
#include <libxml/xmlwriter.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "export/evidence.h"
#include "export/out.h"
#include "export/writers.h"

#define MOST_EVIDENCE 5

typedef struct writer {
  const ds_export *export;
  const ds_network *network;
  ds_out out;
  xmlTextWriterPtr xml;
  ds_evidence_seen *seen; /* one an actor */
  int32_t latest;
  ds_buf joined; /* a text put together of several */
} writer;

static const struct {
  const char *id, *domain, *name, *type;
} keys[] = {
    {"n_label", "node", "label", "string"},
    {"n_name", "node", "name", "string"},
    {"n_kind", "node", "kind", "string"},
    {"n_aliases", "node", "aliases", "string"},
    {"n_documents", "node", "documents", "int"},
    {"n_mentions", "node", "mentions", "int"},
    {"n_first_seen", "node", "first_seen", "string"},
    {"n_last_seen", "node", "last_seen", "string"},
    {"n_color", "node", "color", "string"},
    {"n_size", "node", "size", "double"},
    {"n_degree", "node", "degree", "int"},
    {"n_strength", "node", "strength", "int"},
    {"n_pagerank", "node", "pagerank", "double"},
    {"n_betweenness", "node", "betweenness", "double"},
    {"n_closeness", "node", "closeness", "double"},
    {"n_community", "node", "community", "int"},
    {"n_component", "node", "component", "int"},
    {"e_label", "edge", "label", "string"},
    {"e_interaction", "edge", "interaction", "string"},
    {"e_name", "edge", "name", "string"},
    {"e_statement_id", "edge", "statement_id", "string"},
    {"e_class", "edge", "relation_class", "string"},
    {"e_weight", "edge", "weight", "double"},
    {"e_confidence", "edge", "confidence", "double"},
    {"e_polarity", "edge", "polarity", "string"},
    {"e_certainty", "edge", "certainty", "string"},
    {"e_symmetric", "edge", "symmetric", "boolean"},
    {"e_date", "edge", "date", "string"},
    {"e_date_start", "edge", "date_start", "string"},
    {"e_date_end", "edge", "date_end", "string"},
    {"e_date_open", "edge", "date_open", "string"},
    {"e_quote", "edge", "quote", "string"},
    {"e_evidence", "edge", "evidence", "string"},
    {"e_speakers", "edge", "speakers", "string"},
    {"e_roles", "edge", "roles", "string"},
    {"e_source_title", "edge", "source_title", "string"},
    {"e_source_publisher", "edge", "source_publisher", "string"},
    {"e_source_url", "edge", "source_url", "string"},
    {"e_published", "edge", "published", "string"},
    {"e_source_count", "edge", "source_count", "int"},
    {"e_statement_count", "edge", "statement_count", "int"},
};

static int to_pending(void *context, const char *bytes, int size) {
  ds_out *out = context;
  ds_buf_append(&out->pending, (ds_str){bytes, (size_t)size});
  return size; /* never a failure here: libxml2 would print it */
}

static void check(writer *w, int code) {
  if (code < 0) w->out.failed = true;
}

static void raw(writer *w, const char *text) {
  check(w, xmlTextWriterWriteRaw(w->xml, BAD_CAST text));
}

static void attribute(writer *w, const char *name, ds_str value) {
  check(w, xmlTextWriterWriteAttribute(w->xml, BAD_CAST name, BAD_CAST ds_out_clean(&w->out, value).ptr));
}

static void open_element(writer *w, const char *indent, const char *name) {
  raw(w, indent);
  check(w, xmlTextWriterStartElement(w->xml, BAD_CAST name));
}

static void close_element(writer *w) {
  check(w, xmlTextWriterEndElement(w->xml));
}

/* "]]>" would end the section early, so it is spread over two. */
static void write_cdata(writer *w, char *text) {
  for (char *end; (end = strstr(text, "]]>")); text = end + 2) {
    raw(w, "<![CDATA[");
    check(w, xmlTextWriterWriteRawLen(w->xml, BAD_CAST text, (int)(end + 2 - text)));
    raw(w, "]]>");
  }
  raw(w, "<![CDATA[");
  raw(w, text);
  raw(w, "]]>");
}

static void put(writer *w, const char *key, ds_str value) {
  if (!value.len) return;
  open_element(w, "\n   ", "data");
  check(w, xmlTextWriterWriteAttribute(w->xml, BAD_CAST "key", BAD_CAST key));
  ds_str clean = ds_out_clean(&w->out, value);
  size_t marks = 0;
  for (size_t i = 0; i < clean.len; i++) marks += strchr("&<>", clean.ptr[i]) != NULL;
  if (marks < 2)
    check(w, xmlTextWriterWriteString(w->xml, BAD_CAST clean.ptr));
  else
    write_cdata(w, (char *)clean.ptr);
  close_element(w);
}

static void put_int(writer *w, const char *key, size_t value) {
  char text[32];
  snprintf(text, sizeof text, "%zu", value);
  put(w, key, ds_str_from(text));
}

static void put_real(writer *w, const char *key, double value) {
  ds_buf text = {0};
  ds_out_real(&text, value);
  if (text.failed) w->out.failed = true;
  put(w, key, ds_buf_str(&text));
  ds_buf_release(&text);
}

/* Starts a joined text, adds to it, and puts it. */
static void join(writer *w, ds_str part) {
  if (!part.len) return;
  if (w->joined.len) ds_buf_appendz(&w->joined, " | ");
  ds_buf_append(&w->joined, part);
}

static void put_joined(writer *w, const char *key) {
  put(w, key, ds_buf_str(&w->joined));
  if (w->joined.failed) w->out.failed = true;
  ds_buf_clear(&w->joined);
}

static void write_key(writer *w, size_t i) {
  open_element(w, "\n ", "key");
  attribute(w, "id", ds_str_from(keys[i].id));
  attribute(w, "for", ds_str_from(keys[i].domain));
  attribute(w, "attr.name", ds_str_from(keys[i].name));
  attribute(w, "attr.type", ds_str_from(keys[i].type));
  close_element(w);
}

static void write_measures(writer *w, const ds_measures *m) {
  put_real(w, "n_size", 10 + 6 * sqrt(m->strength));
  put_int(w, "n_degree", (size_t)m->degree);
  put_int(w, "n_strength", (size_t)m->strength);
  put_real(w, "n_pagerank", m->pagerank);
  put_real(w, "n_betweenness", m->betweenness);
  put_real(w, "n_closeness", m->closeness);
  put_int(w, "n_community", m->community);
  put_int(w, "n_component", m->component);
}

static void write_node(writer *w, uint32_t index) {
  const ds_net_actor *actor = &w->network->actors[index];
  const ds_kind *kind = &w->export->ontology->kinds[actor->kind];
  open_element(w, "\n  ", "node");
  attribute(w, "id", actor->id);
  put(w, "n_label", actor->label);
  put(w, "n_name", actor->label);
  put(w, "n_kind", kind->name);
  for (size_t i = 0; i < actor->alias_count; i++) join(w, actor->aliases[i].name);
  put_joined(w, "n_aliases");
  put_int(w, "n_documents", actor->documents);
  put_int(w, "n_mentions", actor->mentions);
  put(w, "n_first_seen", w->seen[index].first);
  put(w, "n_last_seen", w->seen[index].last);
  put(w, "n_color", kind->color);
  write_measures(w, &w->export->measures[index]);
  close_element(w);
  ds_out_flush(&w->out);
}

/* `publisher, date: "words" | ...`, the best words of each independent article. */
static void put_evidence(writer *w, const uint32_t *claims, size_t count) {
  ds_buf line = {0};
  for (size_t i = 0; i < count; i++) {
    const ds_net_claim *claim = &w->network->claims[claims[i]];
    const ds_article *article = w->network->documents[claim->document].article;
    ds_str who = article->publisher.len ? article->publisher : w->network->documents[claim->document].id;
    ds_buf_clear(&line);
    ds_buf_printf(&line, "%.*s%s%.*s: \"%.*s\"", DS_STR_ARG(who), article->published.len ? ", " : "",
                  DS_STR_ARG(article->published), DS_STR_ARG(claim->quote));
    join(w, ds_buf_str(&line));
  }
  if (line.failed) w->out.failed = true;
  ds_buf_release(&line);
  put_joined(w, "e_evidence");
}

static void put_roles(writer *w, const ds_net_tie *tie) {
  const ds_net_claim *claims = w->network->claims;
  for (size_t i = 0; i < tie->claim_count; i++) {
    ds_str role = claims[tie->claims[i]].role;
    bool said = false;
    for (size_t j = 0; j < i && !said; j++) said = ds_str_eq(claims[tie->claims[j]].role, role);
    if (!said) join(w, role);
  }
  put_joined(w, "e_roles");
}

static void put_sources(writer *w, const ds_net_tie *tie) {
  uint32_t best[MOST_EVIDENCE];
  size_t count = ds_evidence_best(w->network, tie, best, MOST_EVIDENCE);
  const ds_net_claim *claim = &w->network->claims[best[0]];
  const ds_article *article = w->network->documents[claim->document].article;
  put(w, "e_quote", claim->quote);
  put_evidence(w, best, count);
  for (size_t i = 0; i < tie->speaker_count; i++) join(w, w->network->actors[tie->speakers[i]].label);
  put_joined(w, "e_speakers");
  put_roles(w, tie);
  put(w, "e_source_title", article->title);
  put(w, "e_source_publisher", article->publisher);
  put(w, "e_source_url", article->url);
  put(w, "e_published", article->published);
  put_int(w, "e_source_count", tie->weight);
  put_int(w, "e_statement_count", tie->claim_count);
}

static void put_dates(writer *w, const ds_net_tie *tie) {
  ds_evidence_when when;
  ds_evidence_when_get(w->network, tie, w->latest, &when);
  put(w, "e_date", ds_str_from(when.date));
  put(w, "e_date_start", ds_str_from(when.start));
  put(w, "e_date_end", ds_str_from(when.end));
  put(w, "e_date_open", ds_str_from(when.open));
}

static void put_name(writer *w, const ds_net_tie *tie, ds_str relation) {
  ds_buf_printf(&w->joined, "%.*s (%.*s) %.*s #%.*s", DS_STR_ARG(w->network->actors[tie->subject].label),
                DS_STR_ARG(relation), DS_STR_ARG(w->network->actors[tie->object].label), DS_STR_ARG(tie->id));
  put_joined(w, "e_name");
}

static void write_edge(writer *w, const ds_net_tie *tie) {
  const ds_relation *relation = &w->export->ontology->relations[tie->relation];
  open_element(w, "\n  ", "edge");
  attribute(w, "id", tie->id);
  attribute(w, "source", w->network->actors[tie->subject].id);
  attribute(w, "target", w->network->actors[tie->object].id);
  put(w, "e_label", relation->label);
  put(w, "e_interaction", relation->name);
  put_name(w, tie, relation->name);
  put(w, "e_statement_id", tie->id);
  put(w, "e_class", relation->class_name);
  put_real(w, "e_weight", tie->weight);
  put_real(w, "e_confidence", (double)tie->confidence);
  put(w, "e_polarity", ds_str_from(ds_polarity_name((ds_polarity)tie->polarity)));
  put(w, "e_certainty", ds_str_from(ds_certainty_name((ds_certainty)tie->certainty)));
  put(w, "e_symmetric", relation->symmetric ? DS_STR("true") : DS_STR("false"));
  put_dates(w, tie);
  put_sources(w, tie);
  close_element(w);
  ds_out_flush(&w->out);
}

static void write_graph(writer *w, const bool *tied) {
  check(w, xmlTextWriterStartDocument(w->xml, NULL, "UTF-8", NULL));
  check(w, xmlTextWriterStartElement(w->xml, BAD_CAST "graphml"));
  attribute(w, "xmlns", DS_STR("http://graphml.graphdrawing.org/xmlns"));
  for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) write_key(w, i);
  open_element(w, "\n ", "graph");
  attribute(w, "id", DS_STR("dossier"));
  attribute(w, "edgedefault", DS_STR("directed"));
  for (uint32_t a = 0; a < w->network->actor_count && ds_out_good(&w->out); a++)
    if (tied[a]) write_node(w, a);
  for (size_t t = 0; t < w->network->tie_count && ds_out_good(&w->out); t++) write_edge(w, &w->network->ties[t]);
  raw(w, "\n ");
  close_element(w);
  raw(w, "\n");
  close_element(w);
  check(w, xmlTextWriterEndDocument(w->xml));
}

static xmlTextWriterPtr open_writer(ds_out *out) {
  xmlInitParser(); /* harmless when repeated, and needed before threads meet in libxml2 */
  xmlOutputBufferPtr buffer = xmlOutputBufferCreateIO(to_pending, NULL, out, NULL);
  xmlTextWriterPtr xml = buffer ? xmlNewTextWriter(buffer) : NULL;
  if (buffer && !xml) xmlOutputBufferClose(buffer);
  return xml;
}

dossier_status ds_export_graphml(const ds_export *export, const dossier_sink *sink, dossier_error *err) {
  const ds_network *n = export->network;
  writer w = {.export = export, .network = n, .latest = ds_evidence_latest(n)};
  ds_out_init(&w.out, sink);
  bool *tied = calloc(n->actor_count + 1, sizeof *tied);
  w.seen = calloc(n->actor_count + 1, sizeof *w.seen);
  w.xml = open_writer(&w.out);
  if (tied && w.seen && w.xml) {
    for (size_t t = 0; t < n->tie_count; t++) tied[n->ties[t].subject] = tied[n->ties[t].object] = true;
    ds_evidence_seen_get(n, w.seen);
    write_graph(&w, tied);
  } else {
    w.out.failed = true;
  }
  xmlFreeTextWriter(w.xml);
  free(tied);
  free(w.seen);
  ds_buf_release(&w.joined);
  return ds_out_end(&w.out, err);
}
