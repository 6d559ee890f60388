#include "cli/cli.h"

#include <string.h>

static void line(const cli *c, ds_buf *out, const char *what, const char *text) {
  if (!text[0]) return;
  ds_buf_printf(out, "%-12s", what);
  ds_buf one;
  ds_buf_init(&one);
  cli_one_line(&one, ds_str_from(text));
  cli_wrap(c, out, ds_buf_str(&one), 12, 12);
  ds_buf_release(&one);
}

static void named_line(const cli *c, ds_buf *out, const char *what, const char *words, size_t actor) {
  const dossier_actor *a = dossier_graph_actor(c->graph, actor);
  ds_buf text;
  ds_buf_init(&text);
  ds_buf_printf(&text, "%s (%s, id %s)", a->label, a->kind, a->id);
  if (words[0] && strcmp(words, a->label)) ds_buf_printf(&text, ", from the words “%s”", words);
  line(c, out, what, text.data ? text.data : "");
  ds_buf_release(&text);
}

/* The quote with up to 200 bytes of its paragraph on both sides, cut at blanks. */
static void context_line(const cli *c, ds_buf *out, const dossier_claim *claim) {
  const char *text = dossier_graph_document(c->graph, claim->document)->text;
  size_t size = strlen(text), start = claim->start > 200 ? claim->start - 200 : 0;
  size_t end = claim->end + 200 < size ? claim->end + 200 : size;
  for (size_t i = start; i < claim->start; i++)
    if (text[i] == '\n') start = i + 1;
  for (size_t i = claim->end; i < end; i++)
    if (text[i] == '\n') end = i;
  while (start && start < claim->start && text[start - 1] != ' ' && text[start - 1] != '\n') start++;
  while (end < size && end > claim->end && text[end] != ' ' && text[end] != '\n') end--;
  ds_buf shown;
  ds_buf_init(&shown);
  if (start && text[start - 1] != '\n') ds_buf_appendz(&shown, "… ");
  ds_buf_append(&shown, (ds_str){text + start, claim->start - start});
  if (c->color) ds_buf_printf(&shown, "\033[%sm", CLI_BOLD);
  ds_buf_append(&shown, DS_STR("[["));
  ds_buf_append(&shown, (ds_str){text + claim->start, claim->end - claim->start});
  ds_buf_append(&shown, DS_STR("]]"));
  if (c->color) ds_buf_appendz(&shown, "\033[0m");
  ds_buf_append(&shown, (ds_str){text + claim->end, end - claim->end});
  if (end < size && text[end] != '\n') ds_buf_appendz(&shown, " …");
  line(c, out, "words", shown.data ? shown.data : "");
  ds_buf_release(&shown);
}

/* Where the rule is written: schema/frames/RELATION.yaml; posts have a file of their own. */
static void frame_line(const cli *c, ds_buf *out, const dossier_claim *claim) {
  ds_buf text;
  size_t first = strcspn(claim->rule, ".");
  bool post = !strncmp(claim->rule, "post.", 5), frame = false;
  for (size_t i = 0; i < dossier_engine_relation_count(c->engine); i++) {
    const char *name = dossier_engine_relation(c->engine, i)->name;
    frame = frame || (strlen(name) == first && !strncmp(name, claim->rule, first));
  }
  ds_buf_init(&text);
  ds_buf_printf(&text, "%s", claim->rule);
  if (post || frame)
    ds_buf_printf(&text, ", a rule of %s/frames/%.*s.yaml", c->schema ? c->schema : "schema", post ? 7 : (int)first,
                  post ? "offices" : claim->rule);
  ds_buf_printf(&text, "; confidence %.2f", claim->confidence);
  line(c, out, "rule", text.data ? text.data : "");
  ds_buf_release(&text);
}

static void print_claim(const cli *c, const dossier_claim *claim) {
  const dossier_document *d = dossier_graph_document(c->graph, claim->document);
  ds_buf out, text;
  ds_buf_init(&out);
  ds_buf_init(&text);
  line(c, &out, "claim", claim->id);
  named_line(c, &out, "subject", claim->subject_words, claim->subject);
  ds_buf_printf(&text, "%s, %s, %s", claim->relation, claim->polarity, claim->certainty);
  line(c, &out, "relation", text.data ? text.data : "");
  named_line(c, &out, "object", claim->object_words, claim->object);
  line(c, &out, "role", claim->role);
  if (claim->attribution == DOSSIER_NOBODY)
    line(c, &out, "speaker", "the article itself");
  else
    named_line(c, &out, "speaker", "", claim->attribution);
  ds_buf_clear(&text);
  if (claim->date[0])
    ds_buf_printf(&text, "%s, from %s", claim->date,
                  strcmp(claim->date_basis, "text") ? "the day of publication" : "the words");
  line(c, &out, "date", claim->date[0] && text.data ? text.data : "none");
  frame_line(c, &out, claim);
  ds_buf_clear(&text);
  ds_buf_printf(&text, "%s%s%s%s%s, bytes %u to %u", d->path, d->publisher[0] ? ", " : "", d->publisher,
                d->published[0] ? ", " : "", d->published, claim->start, claim->end);
  line(c, &out, "article", text.data ? text.data : "");
  line(c, &out, "url", d->url);
  context_line(c, &out, claim);
  cli_put(&out);
  ds_buf_release(&out);
  ds_buf_release(&text);
}

static void put_json(ds_json *json, cJSON *out) {
  ds_buf text;
  ds_buf_init(&text);
  ds_json_print(json, out, &text);
  if (json->failed) cli_lost();
  ds_buf_byte(&text, '\n');
  cli_put(&text);
  ds_buf_release(&text);
}

static dossier_status print_actor(cli *c, size_t actor) {
  const char *const *lines;
  size_t count;
  dossier_status status = dossier_graph_why_actor(c->graph, actor, &lines, &count, &c->error);
  if (status != DOSSIER_OK) return cli_fail(c, status);
  const dossier_actor *a = dossier_graph_actor(c->graph, actor);
  if (c->json) {
    ds_json json = {0};
    cJSON *out = cli_json_actor(&json, a), *names = ds_json_array(&json, out, "names");
    for (size_t i = 0; i < count; i++) ds_json_strz(&json, names, NULL, lines[i]);
    put_json(&json, out);
    return DOSSIER_OK;
  }
  printf("%s (%s, id %s), and why it has each of its names:\n", a->label, a->kind, a->id);
  for (size_t i = 0; i < count; i++) printf("  %s\n", lines[i]);
  if (!count) puts("  it goes by that name alone");
  return DOSSIER_OK;
}

static void print_json(const cli *c, const dossier_claim *claim) {
  ds_json json = {0};
  cJSON *out = cli_json_claim(&json, c->graph, claim);
  ds_json_strz(&json, out, "subject_words", claim->subject_words);
  ds_json_strz(&json, out, "object_words", claim->object_words);
  put_json(&json, out);
}

int cmd_why(cli *c, int argc, char **argv) {
  static const cli_help help = {"why CLAIM|ACTOR [options]",
                                "Explains a claim: the rule that found it, the words, the actors they were resolved "
                                "to, who says so and where the date\n"
                                "comes from. The id of a claim stands in brackets beside each quote. For an actor: why "
                                "it carries each of its names.",
                                "  dossier why envoy-2023.1\n  dossier why Pakistan"};
  dossier_status status = cli_options(c, argc, argv, NULL, CLI_TAKES_STORE | CLI_TAKES_JSON, NULL, &help);
  if (status != DOSSIER_OK) return status == DOSSIER_NONE ? DOSSIER_OK : status;
  if (c->argument_count != 1) return cli_usage(c, "why", "name one claim or actor");
  status = cli_open_graph(c, NULL);
  if (status != DOSSIER_OK) return status;
  size_t claim, actor;
  if (dossier_graph_find_claim(c->graph, c->arguments[0], &claim, &c->error) == DOSSIER_OK) {
    if (c->json)
      print_json(c, dossier_graph_claim(c->graph, claim));
    else
      print_claim(c, dossier_graph_claim(c->graph, claim));
    return DOSSIER_OK;
  }
  dossier_error no_claim = c->error;
  status = dossier_graph_find(c->graph, c->arguments[0], &actor, &c->error);
  if (status == DOSSIER_OK) return print_actor(c, actor);
  /* The id of a claim ends in a number; what else is not found was meant as a name. */
  const char *number = strrchr(c->arguments[0], '.');
  if (status == DOSSIER_NONE && number && number[1] && strspn(number + 1, "0123456789") == strlen(number + 1))
    c->error = no_claim;
  return cli_fail(c, status);
}
