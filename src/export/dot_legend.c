#include <string.h>

#include "base/utf8.h"
#include "export/dot.h"

/* Words of the ontology inside an HTML-like label. */
static void add_words(ds_dot *d, ds_str words) {
  ds_buf *out = &d->out.pending;
  ds_str clean = ds_out_clean(&d->out, words);
  for (size_t at = 0, size; at < clean.len; at += size) {
    uint32_t cp = ds_utf8_at(clean, at, &size);
    if (cp == '&' || cp == '<' || cp == '>' || cp == '"' || cp < 0x20)
      ds_buf_printf(out, "&#%u;", (unsigned)(cp < 0x20 ? 0x20 : cp));
    else
      ds_buf_codepoint(out, cp == '_' ? ' ' : cp);
  }
}

static bool has_kind(const ds_dot *d, size_t kind) {
  for (size_t a = 0; a < d->network->actor_count; a++)
    if (d->tied[a] && d->network->actors[a].kind == kind) return true;
  return false;
}

/* Whether a tie of this class is drawn, for the class's first relation in the ontology. */
static bool has_class(const ds_dot *d, size_t relation) {
  const ds_relation *relations = d->export->ontology->relations;
  for (size_t i = 0; i < relation; i++)
    if (ds_str_eq(relations[i].class_name, relations[relation].class_name)) return false;
  for (size_t t = 0; t < d->network->tie_count; t++)
    if (ds_str_eq(relations[d->network->ties[t].relation].class_name, relations[relation].class_name)) return true;
  return false;
}

static bool has_certainty(const ds_dot *d, uint8_t certainty) {
  for (size_t t = 0; t < d->network->tie_count; t++)
    if (d->network->ties[t].certainty == certainty) return true;
  return false;
}

static bool has_weight(const ds_dot *d) {
  for (size_t t = 0; t < d->network->tie_count; t++)
    if (d->network->ties[t].weight > 1) return true;
  return false;
}

static bool has_denied(const ds_dot *d) {
  for (size_t t = 0; t < d->network->tie_count; t++)
    if (d->network->ties[t].polarity == DS_DENIED) return true;
  return false;
}

#define SAMPLE_TABLE \
  "<TD><TABLE BORDER=\"0\" CELLBORDER=\"0\" CELLSPACING=\"0\" CELLPADDING=\"0\"><TR><TD FIXEDSIZE=\"TRUE\" "

/* Two cells: a line through the middle of its height, and words. */
static void line_sample(ds_dot *d, const char *color, const char *style, int width, ds_str words) {
  ds_buf_printf(&d->out.pending,
                SAMPLE_TABLE
                "WIDTH=\"24\" HEIGHT=\"7\" SIDES=\"B\" BORDER=\"%d\" COLOR=\"%s\" STYLE=\"%s\"></TD></TR><TR><TD "
                "FIXEDSIZE=\"TRUE\" WIDTH=\"24\" HEIGHT=\"7\"></TD></TR></TABLE></TD><TD ALIGN=\"LEFT\">",
                width, color, style);
  add_words(d, words);
  ds_buf_appendz(&d->out.pending, "   </TD>");
}

static size_t kind_samples(ds_dot *d) {
  const ds_ontology *ontology = d->export->ontology;
  size_t count = 0;
  for (size_t k = 0; k < ontology->kind_count; k++) {
    char fill[8];
    if (!has_kind(d, k)) continue;
    ds_dot_fill(ontology->kinds[k].color, fill);
    ds_buf_printf(&d->out.pending, SAMPLE_TABLE "WIDTH=\"16\" HEIGHT=\"11\" BORDER=\"1\" BGCOLOR=\"%s\" COLOR=\"",
                  fill);
    add_words(d, ontology->kinds[k].color.len ? ontology->kinds[k].color : DS_STR("#888888"));
    ds_buf_appendz(&d->out.pending, "\"></TD></TR></TABLE></TD><TD ALIGN=\"LEFT\">");
    add_words(d, ontology->kinds[k].name);
    ds_buf_appendz(&d->out.pending, "   </TD>");
    count++;
  }
  return count;
}

static size_t class_samples(ds_dot *d) {
  const ds_ontology *ontology = d->export->ontology;
  size_t count = 0;
  for (size_t r = 0; r < ontology->relation_count; r++) {
    if (!has_class(d, r)) continue;
    line_sample(d, ds_dot_class_color(ontology, r), "solid", 2, ontology->relations[r].class_name);
    count++;
  }
  return count;
}

static size_t certainty_samples(ds_dot *d) {
  size_t count = 0;
  for (uint8_t c = DS_STATED; c <= DS_POSSIBLE; c++) {
    if (!has_certainty(d, c)) continue;
    line_sample(d, "#333333", ds_dot_line(c), 2, ds_str_from(ds_certainty_name((ds_certainty)c)));
    count++;
  }
  if (has_weight(d)) {
    line_sample(d, "#333333", "solid", 3, DS_STR("by more articles"));
    count++;
  }
  if (has_denied(d)) {
    ds_buf_appendz(&d->out.pending, "<TD>&#8866;</TD><TD ALIGN=\"LEFT\">denied   </TD>");
    count++;
  }
  return count;
}

/* Returns how many columns the row has. */
static size_t row(ds_dot *d, const char *title, size_t (*samples)(ds_dot *d)) {
  ds_buf_printf(&d->out.pending, "<TR><TD ALIGN=\"RIGHT\"><FONT COLOR=\"#777777\">%s   </FONT></TD>", title);
  size_t count = samples(d);
  ds_buf_appendz(&d->out.pending, "</TR>");
  return count * 2;
}

static size_t articles(const ds_network *network) {
  size_t count = 0;
  for (size_t i = 0; i < network->document_count; i++) count += network->documents[i].copy_of == DS_NONE;
  return count;
}

void ds_dot_legend(ds_dot *d) {
  size_t (*const rows[])(ds_dot * d) = {kind_samples, class_samples, certainty_samples};
  static const char *const titles[] = {"actors", "ties", "said to be"};
  size_t sources = articles(d->network), columns = 1;
  ds_buf *out = &d->out.pending;
  ds_buf_appendz(out, "<TABLE BORDER=\"0\" CELLBORDER=\"0\" CELLSPACING=\"2\" CELLPADDING=\"1\">");
  for (size_t i = 0; d->drawn && i < 3; i++) {
    size_t wide = row(d, titles[i], rows[i]);
    if (wide > columns) columns = wide;
  }
  ds_buf_printf(out,
                "<TR><TD></TD><TD ALIGN=\"LEFT\" COLSPAN=\"%zu\"><FONT COLOR=\"#777777\">%zu actor%s, %zu tie%s, %zu "
                "independent article%s</FONT></TD></TR></TABLE>",
                columns, d->drawn, d->drawn == 1 ? "" : "s", d->network->tie_count,
                d->network->tie_count == 1 ? "" : "s", sources, sources == 1 ? "" : "s");
}
