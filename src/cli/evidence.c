/* Evidence as people read it: the sentence, and under it who says so, where and when. */
#include "cli/cli.h"

#include <stdlib.h>
#include <string.h>

/* A sentence is shown whole up to so many bytes before and behind the words of the claim. */
enum { AROUND = 280 };

/* Words that end in a full stop and end no sentence. */
static bool is_abbreviation(ds_str word) {
  static const char *const words[] = {"Mr",  "Mrs",  "Ms",   "Dr",  "Gen", "Col", "Sen", "Rep",  "Gov", "Lt",
                                      "Maj", "Brig", "Capt", "Sgt", "Adm", "St",  "No",  "Prof", "Jan", "Feb",
                                      "Aug", "Sept", "Oct",  "Nov", "Dec", "Ltd", "Inc", "Co",   "vs"};
  if (word.len == 1) return true;
  for (size_t i = 0; i < sizeof words / sizeof *words; i++)
    if (ds_str_eqz(word, words[i])) return true;
  return false;
}

static bool is_letter(char byte) {
  return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') || (unsigned char)byte >= 0x80;
}

/* Bytes of the closing quotation mark or bracket that ends at `end`, or 0. */
static size_t closer_before(const char *text, size_t end) {
  if (end && (text[end - 1] == '"' || text[end - 1] == '\'' || text[end - 1] == ')' || text[end - 1] == ']')) return 1;
  if (end >= 3 && (!memcmp(text + end - 3, "”", 3) || !memcmp(text + end - 3, "’", 3))) return 3;
  return 0;
}

/* Whether a sentence ends at `end`, its closing quotation marks counted in. */
static bool sentence_ends(const char *text, size_t end) {
  for (size_t size; (size = closer_before(text, end)) != 0;) end -= size;
  if (!end || !strchr(".!?", text[end - 1])) return false;
  if (text[end - 1] != '.') return true;
  size_t word = end - 1;
  while (word && is_letter(text[word - 1])) word--;
  return !is_abbreviation((ds_str){text + word, end - 1 - word});
}

/* The sentence around the claim's words, or as much of it as is shown; `cut` tells at which ends there is more. */
static void sentence_around(const char *text, const dossier_claim *claim, size_t *from, size_t *to, bool cut[2]) {
  size_t size = strlen(text), start = claim->start, end = claim->end;
  while (start && text[start - 1] != '\n' && claim->start - start < AROUND &&
         !(text[start - 1] == ' ' && sentence_ends(text, start - 1)))
    start--;
  cut[0] = claim->start - start == AROUND;
  while (cut[0] && start < claim->start && text[start - 1] != ' ') start++;
  while (end < size && text[end] != '\n' && end - claim->end < AROUND &&
         !(text[end] == ' ' && sentence_ends(text, end)))
    end++;
  cut[1] = end - claim->end == AROUND;
  while (cut[1] && end > claim->end && text[end] != ' ') end--;
  *from = start;
  *to = end;
}

void cli_quote(const cli *c, ds_buf *out, const dossier_claim *claim, int indent) {
  const char *text = dossier_graph_document(c->graph, claim->document)->text;
  size_t from, to;
  bool cut[2];
  ds_buf line, part;
  ds_buf_init(&line);
  ds_buf_init(&part);
  sentence_around(text, claim, &from, &to, cut);
  ds_buf_appendz(&part, cut[0] ? "“… " : "“");
  ds_buf_append(&part, (ds_str){text + from, claim->start - from});
  if (c->color) ds_buf_printf(&part, "\033[%sm", CLI_BOLD);
  ds_buf_append(&part, (ds_str){text + claim->start, claim->end - claim->start});
  if (c->color) ds_buf_appendz(&part, "\033[0m");
  ds_buf_append(&part, (ds_str){text + claim->end, to - claim->end});
  ds_buf_appendz(&part, cut[1] ? " …”" : "”");
  cli_one_line(&line, ds_buf_str(&part));
  ds_buf_printf(out, "%*s", indent, "");
  cli_wrap(c, out, ds_buf_str(&line), indent, indent);
  ds_buf_release(&line);
  ds_buf_release(&part);
}

static void append_source(const cli *c, ds_buf *out, size_t index) {
  const dossier_document *document = dossier_graph_document(c->graph, index);
  ds_buf_appendz(out, document->publisher[0] ? document->publisher : document->id);
  if (document->published[0]) ds_buf_printf(out, ", %s", document->published);
}

void cli_source_line(const cli *c, ds_buf *out, const dossier_claim *claim, int indent) {
  const dossier_document *document = dossier_graph_document(c->graph, claim->document);
  ds_buf line;
  ds_buf_init(&line);
  ds_buf_appendz(&line, "— ");
  if (claim->attribution != DOSSIER_NOBODY)
    ds_buf_printf(&line, "%s, in ", dossier_graph_actor(c->graph, claim->attribution)->label);
  append_source(c, &line, claim->document);
  if (document->copy_of != DOSSIER_NOBODY)
    ds_buf_printf(&line, " (copy of %s)", dossier_graph_document(c->graph, document->copy_of)->id);
  if (claim->date[0] && strcmp(claim->date_basis, "published")) ds_buf_printf(&line, "; dated %s", claim->date);
  if (strcmp(claim->certainty, "stated")) ds_buf_printf(&line, "; %s", claim->certainty);
  if (!strcmp(claim->polarity, "denied")) ds_buf_appendz(&line, "; denied");
  ds_buf_printf(&line, "  [%s]", claim->id);
  ds_buf_printf(out, "%*s", indent, "");
  cli_paint(c, out, CLI_DIM, line.data ? line.data : "");
  ds_buf_byte(out, '\n');
  ds_buf_release(&line);
}

bool cli_is_repeated(const cli *c, const dossier_tie *tie, const dossier_claim *claim) {
  size_t original = dossier_graph_document(c->graph, claim->document)->copy_of;
  if (original == DOSSIER_NOBODY) return false;
  for (size_t i = 0; i < tie->claim_count; i++) {
    const dossier_claim *other = dossier_graph_claim(c->graph, tie->claims[i]);
    if (other->document == original && !strcmp(other->quote, claim->quote)) return true;
  }
  return false;
}

size_t cli_claims(const cli *c, ds_buf *out, const dossier_tie *tie, size_t limit, int indent) {
  size_t shown = 0, left = 0;
  for (size_t i = 0; i < tie->claim_count; i++) {
    const dossier_claim *claim = dossier_graph_claim(c->graph, tie->claims[i]);
    if (cli_is_repeated(c, tie, claim)) continue;
    if (limit && shown == limit) {
      left++;
      continue;
    }
    cli_quote(c, out, claim, indent);
    cli_source_line(c, out, claim, indent);
    shown++;
  }
  return left;
}

void cli_tie_words(const cli *c, ds_buf *out, const dossier_tie *tie) {
  bool denied = !strcmp(tie->polarity, "denied");
  cli_paint(c, out, CLI_BOLD, dossier_graph_actor(c->graph, tie->source)->label);
  ds_buf_byte(out, ' ');
  cli_paint(c, out, denied ? CLI_RED : CLI_CYAN, tie->label);
  ds_buf_byte(out, ' ');
  cli_paint(c, out, CLI_BOLD, dossier_graph_actor(c->graph, tie->target)->label);
  if (denied) cli_paint(c, out, CLI_RED, " (denied)");
  if (strcmp(tie->certainty, "stated")) {
    ds_buf_appendz(out, " (");
    cli_paint(c, out, CLI_YELLOW, tie->certainty);
    ds_buf_byte(out, ')');
  }
}

void cli_dates(ds_buf *out, const dossier_tie *tie) {
  ds_buf_appendz(out, tie->first);
  if (tie->last[0] && strcmp(tie->first, tie->last)) ds_buf_printf(out, " to %s", tie->last);
}

bool cli_by_document(const dossier_graph *graph, cli_document_claims *out) {
  size_t documents = dossier_graph_document_count(graph), claims = dossier_graph_claim_count(graph);
  out->start = calloc(documents + 2, sizeof *out->start);
  out->claims = calloc(claims + 1, sizeof *out->claims);
  if (!out->start || !out->claims) {
    cli_by_document_free(out);
    return false;
  }
  /* start[d + 1] first counts, then walks from the beginning of document d's claims to their end. */
  for (size_t i = 0; i < claims; i++) out->start[dossier_graph_claim(graph, i)->document + 2]++;
  for (size_t d = 2; d < documents + 2; d++) out->start[d] += out->start[d - 1];
  for (size_t i = 0; i < claims; i++) out->claims[out->start[dossier_graph_claim(graph, i)->document + 1]++] = i;
  return true;
}

void cli_by_document_free(cli_document_claims *list) {
  free(list->start);
  free(list->claims);
  *list = (cli_document_claims){0};
}
