/* DOT, a drawing for Graphviz, with a layout that fits its size.
 *
 * Up to 60 actors `dot`, left to right, every tie labelled; more, `sfdp` without labels on ties (their words are in the tooltips;
 * a curve for each of a thousand ties would take Graphviz minutes); above 1,000 only the best connected are named.
 *
 * Every name and text is quoted. Graphviz decodes entities in quoted text, so & is written &amp;, and expands \N, \G and the like in
 * tooltips even where the backslash is doubled, so it is written twice over there. Never `strict`, which merges parallel ties.
 * Relation classes take the colours of class_colors in the order in which the ontology lists them. Actors without a tie are
 * left out.
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "export/dot.h"

#define LABEL_WIDTH 18   /* characters a line */
#define QUOTE_WIDTH 60   /* in tooltips */
#define MOST_QUOTE 300   /* bytes of a quote in a tooltip */
#define MOST_LABELLED 60 /* actors of a drawing with words on ties */
#define MOST_NAMED 1000  /* actors of a drawing that names them all */
#define NAMED_DEGREE 5   /* in larger ones, neighbours of an actor that is named */

static const char *const class_colors[] = {"#8a8f98", "#4270a8", "#1c9099", "#3f8f3f",
                                           "#d9831f", "#c0392b", "#8258a8", "#8c6239"};

const char *ds_dot_class_color(const ds_ontology *ontology, size_t relation) {
  size_t number = 0;
  ds_str name = ontology->relations[relation].class_name;
  for (size_t i = 0; i < relation; i++) {
    bool first = true;
    if (ds_str_eq(ontology->relations[i].class_name, name)) break;
    for (size_t j = 0; j < i && first; j++)
      first = !ds_str_eq(ontology->relations[j].class_name, ontology->relations[i].class_name);
    number += first;
  }
  return class_colors[number % (sizeof class_colors / sizeof *class_colors)];
}

const char *ds_dot_line(uint8_t certainty) {
  return certainty == DS_STATED ? "solid" : certainty == DS_REPORTED ? "dashed" : "dotted";
}

/* The kind's colour, made lighter so that black text stands out on it. */
void ds_dot_fill(ds_str color, char out[8]) {
  unsigned rgb[3] = {0xcc, 0xcc, 0xcc};
  char text[8] = "";
  if (color.len == 7) memcpy(text, color.ptr, 7);
  if (sscanf(text, "#%2x%2x%2x", &rgb[0], &rgb[1], &rgb[2]) != 3) rgb[0] = rgb[1] = rgb[2] = 0xcc;
  for (int i = 0; i < 3; i++) rgb[i] = 255 - (255 - rgb[i]) * 3 / 10;
  snprintf(out, 8, "#%02x%02x%02x", rgb[0] & 255, rgb[1] & 255, rgb[2] & 255);
}

/* One character of quoted text. */
static void add_char(ds_buf *out, uint32_t cp, bool tooltip) {
  if (cp == '"')
    ds_buf_appendz(out, "\\\"");
  else if (cp == '\\')
    ds_buf_appendz(out, tooltip ? "\\\\\\\\" : "\\\\");
  else if (cp == '&')
    ds_buf_appendz(out, "&amp;");
  else if (cp >= 0x20 && cp != 0x7F)
    ds_buf_codepoint(out, cp);
}

/* How many characters stand before the next blank. */
static size_t word_length(ds_str text, size_t at) {
  size_t count = 0;
  for (size_t size; at < text.len; at += size, count++)
    if (ds_cp_is_space(ds_utf8_at(text, at, &size))) break;
  return count;
}

/* Text broken into lines of about `width` characters between words; its own line breaks and tabs become blanks. */
static void add_wrapped(ds_dot *d, ds_str text, size_t width, bool tooltip) {
  ds_str clean = ds_out_clean(&d->out, text);
  size_t column = 0;
  bool blank = false;
  for (size_t at = 0, size; at < clean.len; at += size) {
    uint32_t cp = ds_utf8_at(clean, at, &size);
    if (ds_cp_is_space(cp)) {
      blank = column > 0;
      continue;
    }
    if (blank && column + 1 + word_length(clean, at) > width) {
      ds_buf_appendz(&d->out.pending, "\\n");
      column = 0;
    } else if (blank) {
      ds_buf_byte(&d->out.pending, ' ');
      column++;
    }
    blank = false;
    add_char(&d->out.pending, cp, tooltip);
    column++;
  }
}

static void add_quoted(ds_dot *d, ds_str text) {
  ds_buf_byte(&d->out.pending, '"');
  add_wrapped(d, text, SIZE_MAX, false);
  ds_buf_byte(&d->out.pending, '"');
}

static bool is_web(ds_str url) {
  return ds_str_starts(url, DS_STR("https://")) || ds_str_starts(url, DS_STR("http://"));
}

/* A link, without the characters that no URL holds: Graphviz writes a quote into its SVG as it is. */
static void add_url(ds_dot *d, ds_str url) {
  ds_str clean = ds_out_clean(&d->out, url);
  ds_buf_byte(&d->out.pending, '"');
  for (size_t i = 0; i < clean.len; i++) {
    char c = clean.ptr[i];
    if (c == '&')
      ds_buf_appendz(&d->out.pending, "&amp;");
    else if (c > 0 && (c <= ' ' || strchr("\"'<>\\", c)))
      ds_buf_printf(&d->out.pending, "%%%02X", (unsigned)c);
    else
      ds_buf_byte(&d->out.pending, c);
  }
  ds_buf_byte(&d->out.pending, '"');
}

static const char *node_shape(ds_kind_like like) {
  if (like == DS_LIKE_PERSON) return "shape=ellipse, margin=\"0.06,0.03\", style=filled";
  if (like == DS_LIKE_STATE) return "style=filled";
  if (like == DS_LIKE_PLACE) return "shape=hexagon, margin=\"0.02,0.03\", style=filled";
  return "style=\"rounded,filled\"";
}

static void write_node_tooltip(ds_dot *d, const ds_net_actor *actor) {
  ds_buf *out = &d->out.pending;
  add_wrapped(d, actor->label, QUOTE_WIDTH, true);
  ds_buf_appendz(out, " (");
  add_wrapped(d, d->export->ontology->kinds[actor->kind].name, QUOTE_WIDTH, true);
  ds_buf_printf(out, ")\\n%u article%s, %u mention%s", actor->documents, actor->documents == 1 ? "" : "s",
                actor->mentions, actor->mentions == 1 ? "" : "s");
  for (size_t i = 0; i < actor->alias_count; i++) {
    ds_buf_appendz(out, i ? ", " : "\\nalso ");
    add_wrapped(d, actor->aliases[i].name, QUOTE_WIDTH, true);
  }
}

static void write_node(ds_dot *d, uint32_t index) {
  const ds_net_actor *actor = &d->network->actors[index];
  const ds_kind *kind = &d->export->ontology->kinds[actor->kind];
  const ds_measures *m = &d->export->measures[index];
  ds_buf *out = &d->out.pending;
  char fill[8];
  ds_dot_fill(kind->color, fill);
  ds_buf_appendz(out, "  ");
  add_quoted(d, actor->id);
  ds_buf_appendz(out, " [label=\"");
  if (d->drawn <= MOST_NAMED || m->degree >= NAMED_DEGREE) add_wrapped(d, actor->label, LABEL_WIDTH, false);
  ds_buf_printf(out, "\", %s, fillcolor=\"%s\", color=", node_shape(kind->like), fill);
  add_quoted(d, kind->color.len ? kind->color : DS_STR("#888888"));
  ds_buf_printf(out, ", fontsize=%d, penwidth=%s, height=", 10 + (int)fmin(8, sqrt(m->degree) * 1.6),
                m->degree >= NAMED_DEGREE ? "2.0" : "1.2");
  ds_out_real(out, 0.3 + fmin(1.2, 0.06 * fmax(0, m->degree - 2))); /* room for the arrows of hubs */
  ds_buf_appendz(out, ", tooltip=\"");
  write_node_tooltip(d, actor);
  ds_buf_appendz(out, "\", kind=");
  add_quoted(d, kind->name);
  ds_buf_appendz(out, "];\n");
  ds_out_flush(&d->out);
}

static void write_edge_tooltip(ds_dot *d, const ds_net_tie *tie, const ds_net_claim *claim) {
  const ds_relation *relation = &d->export->ontology->relations[tie->relation];
  const ds_article *article = d->network->documents[claim->document].article;
  ds_buf *out = &d->out.pending;
  if (tie->polarity == DS_DENIED) ds_buf_appendz(out, "Denied: ");
  add_wrapped(d, d->network->actors[tie->subject].label, QUOTE_WIDTH, true);
  ds_buf_byte(out, ' ');
  add_wrapped(d, relation->label, QUOTE_WIDTH, true);
  ds_buf_byte(out, ' ');
  add_wrapped(d, d->network->actors[tie->object].label, QUOTE_WIDTH, true);
  ds_buf_printf(out, "\\n%s, %u article%s", ds_certainty_name((ds_certainty)tie->certainty), tie->weight,
                tie->weight == 1 ? "" : "s");
  if (claim->date.len) ds_buf_appendz(out, ", ");
  add_wrapped(d, claim->date, QUOTE_WIDTH, true);
  size_t cut = ds_utf8_cut(claim->quote, MOST_QUOTE);
  ds_buf_appendz(out, "\\n\\n");
  add_wrapped(d, ds_str_sub(claim->quote, 0, cut), QUOTE_WIDTH, true);
  ds_buf_appendz(out, cut < claim->quote.len ? " ...\\n" : "\\n");
  add_wrapped(d, article->publisher.len ? article->publisher : d->network->documents[claim->document].id, QUOTE_WIDTH,
              true);
  if (article->published.len) ds_buf_appendz(out, ", ");
  add_wrapped(d, article->published, QUOTE_WIDTH, true);
}

/* What readers of DOT keep: the facts as attributes of their own. */
static void write_edge_facts(ds_dot *d, const ds_net_tie *tie) {
  ds_evidence_when when;
  ds_evidence_when_get(d->network, tie, d->latest, &when);
  ds_buf *out = &d->out.pending;
  ds_buf_appendz(out, ", relation=");
  add_quoted(d, d->export->ontology->relations[tie->relation].name);
  ds_buf_printf(
      out, ", polarity=\"%s\", certainty=\"%s\", sources=\"%u\", date=", ds_polarity_name((ds_polarity)tie->polarity),
      ds_certainty_name((ds_certainty)tie->certainty), tie->weight);
  add_quoted(d, ds_str_from(when.date));
}

static void write_edge(ds_dot *d, const ds_net_tie *tie) {
  const ds_relation *relation = &d->export->ontology->relations[tie->relation];
  const char *color = ds_dot_class_color(d->export->ontology, tie->relation);
  ds_buf *out = &d->out.pending;
  uint32_t best = 0;
  ds_evidence_best(d->network, tie, &best, 1);
  ds_str url = d->network->documents[d->network->claims[best].document].article->url;
  bool denied = tie->polarity == DS_DENIED;
  ds_buf_appendz(out, "  ");
  add_quoted(d, d->network->actors[tie->subject].id);
  ds_buf_appendz(out, " -> ");
  add_quoted(d, d->network->actors[tie->object].id);
  ds_buf_appendz(out, " [key=");
  add_quoted(d, tie->id);
  ds_buf_appendz(out, ", id=");
  add_quoted(d, tie->id);
  if (d->drawn <= MOST_LABELLED) {
    ds_buf_appendz(out, denied ? ", label=\" denied: " : ", label=\" ");
    add_wrapped(d, relation->label, LABEL_WIDTH, false);
    ds_buf_printf(out, " \", fontcolor=\"%s\"", color);
  }
  ds_buf_printf(out, ", color=\"%s\", style=%s, penwidth=", color, ds_dot_line(tie->certainty));
  ds_out_real(out, fmin(5, 0.7 + 0.6 * (double)tie->weight));
  if (denied) ds_buf_appendz(out, relation->symmetric ? ", dir=both, arrowhead=tee, arrowtail=tee" : ", arrowhead=tee");
  if (!denied && relation->symmetric) ds_buf_appendz(out, ", dir=none");
  if (is_web(url)) {
    ds_buf_appendz(out, ", URL=");
    add_url(d, url);
  }
  ds_buf_appendz(out, ", tooltip=\"");
  write_edge_tooltip(d, tie, &d->network->claims[best]);
  ds_buf_byte(out, '"');
  write_edge_facts(d, tie);
  ds_buf_appendz(out, "];\n");
  ds_out_flush(&d->out);
}

static void write_head(ds_dot *d) {
  ds_buf *out = &d->out.pending;
  const char *font = "fontname=\"Helvetica,Arial,sans-serif\"";
  bool small = d->drawn <= MOST_LABELLED, named = d->drawn <= MOST_NAMED;
  ds_buf_appendz(out, "digraph dossier {\n");
  ds_buf_printf(
      out,
      "  graph [%s, charset=\"UTF-8\", bgcolor=\"white\", pad=0.3, outputorder=edgesfirst, labelloc=b, fontsize=11, ",
      font);
  ds_buf_appendz(out, small   ? "layout=dot, rankdir=LR, nodesep=0.3, ranksep=0.7, label=<"
                      : named ? "layout=sfdp, overlap=prism, splines=line, K=0.9, label=<"
                              : "layout=sfdp, overlap=prism0, splines=line, label=<");
  ds_dot_legend(d);
  ds_buf_printf(out, ">];\n  node [%s, shape=box, height=0.3, margin=\"0.12,0.06\", fontcolor=\"#1a1a1a\"];\n", font);
  ds_buf_printf(out, "  edge [%s, fontsize=9, arrowsize=%s];\n", font, small ? "0.7" : "0.5");
}

dossier_status ds_export_dot(const ds_export *export, const dossier_sink *sink, dossier_error *err) {
  const ds_network *n = export->network;
  ds_dot d = {.export = export, .network = n, .latest = ds_evidence_latest(n)};
  ds_out_init(&d.out, sink);
  d.tied = calloc(n->actor_count + 1, sizeof *d.tied);
  if (!d.tied) d.out.failed = true;
  for (size_t t = 0; d.tied && t < n->tie_count; t++) d.tied[n->ties[t].subject] = d.tied[n->ties[t].object] = true;
  for (size_t a = 0; d.tied && a < n->actor_count; a++) d.drawn += d.tied[a];
  if (d.tied) write_head(&d);
  for (uint32_t a = 0; a < n->actor_count && ds_out_good(&d.out); a++)
    if (d.tied[a]) write_node(&d, a);
  for (size_t t = 0; t < n->tie_count && ds_out_good(&d.out); t++) write_edge(&d, &n->ties[t]);
  ds_buf_appendz(&d.out.pending, "}\n");
  free(d.tied);
  return ds_out_end(&d.out, err);
}
