#include "cli/cli.h"

#include <stdlib.h>
#include <string.h>

#include "base/file.h"

static bool read_format(const char *name, dossier_format *format) {
  static const char *const names[] = {"conllu", "json", "triples", "record"};
  for (int i = 0; i < 4; i++)
    if (!strcmp(name, names[i])) {
      *format = (dossier_format)i;
      return true;
    }
  return false;
}

static dossier_status annotate(cli *c, const dossier_article *article, dossier_format format) {
  dossier_analysis *analysis = NULL;
  dossier_sink sink = cli_sink(stdout);
  dossier_status status = dossier_analyze(&analysis, c->engine, article, &c->error);
  if (status == DOSSIER_OK) status = dossier_analysis_write(analysis, format, &sink, &c->error);
  dossier_analysis_free(analysis);
  return status == DOSSIER_OK ? status : cli_fail(c, status);
}

static dossier_status annotate_articles(cli *c, const char *date, dossier_format format) {
  dossier_reader *reader = NULL;
  const dossier_article *article = NULL;
  dossier_status status = dossier_reader_open(&reader, c->arguments, c->argument_count, &c->error), worst = DOSSIER_OK;
  if (status != DOSSIER_OK) return cli_fail(c, status);
  while ((status = dossier_reader_next(reader, &article, &c->error)) != DOSSIER_NONE) {
    if (status == DOSSIER_OK) {
      dossier_article dated = *article;
      if (date) dated.published = date;
      status = annotate(c, &dated, format);
    } else {
      cli_fail(c, status);
    }
    if (status != DOSSIER_OK) worst = status;
    if (status == DOSSIER_SYSTEM || status == DOSSIER_USAGE) break;
  }
  dossier_reader_free(reader);
  return worst;
}

static dossier_status annotate_conllu(cli *c, const char *date, dossier_format format) {
  ds_buf bytes;
  dossier_analysis *analysis = NULL;
  dossier_sink sink = cli_sink(stdout);
  dossier_status status = DOSSIER_OK;
  for (size_t i = 0; i < c->argument_count && status == DOSSIER_OK; i++) {
    ds_buf_init(&bytes);
    status = ds_file_read(c->arguments[i], &bytes, &c->error);
    if (status == DOSSIER_OK)
      status = dossier_analyze_conllu(&analysis, c->engine, bytes.data, bytes.len, date ? date : "", &c->error);
    if (status == DOSSIER_OK) status = dossier_analysis_write(analysis, format, &sink, &c->error);
    dossier_analysis_free(analysis);
    analysis = NULL;
    ds_buf_release(&bytes);
    if (status != DOSSIER_OK) {
      if (!c->error.file[0]) snprintf(c->error.file, sizeof c->error.file, "%s", c->arguments[i]);
      cli_fail(c, status);
    }
  }
  return status;
}

int cmd_annotate(cli *c, int argc, char **argv) {
  static const cli_help help = {
      "annotate PATH... [options]",
      "Prints what each stage saw in an article. Formats: conllu (tokens, tags, trees, names; TokenRange gives bytes), "
      "json\n"
      "(all layers: sentences, tokens, names, mentions, entities, dates, propositions, claims), triples (who does "
      "what, any\n"
      "verb, as tab-separated values: sentence, subject, relation, object, polarity, certainty, speaker).\n"
      "With --input conllu tokens and sentences are taken from a CoNLL-U file.",
      "  dossier annotate article.txt --date 2023-09-20 --format json"};
  const char *format_name = "conllu", *input = "text", *date = NULL;
  const cli_option options[] = {{'f', "format", CLI_TEXT, &format_name, "NAME", "conllu, json or triples (conllu)"},
                                {0, "input", CLI_TEXT, &input, "NAME", "text or conllu (text)"},
                                {0, "date", CLI_TEXT, &date, "EDTF", "the day of publication"},
                                CLI_OPTION_END};
  dossier_format format;
  dossier_status status = cli_options(c, argc, argv, options, CLI_NEEDS_NOTHING, NULL, &help);
  if (status != DOSSIER_OK) return status == DOSSIER_NONE ? DOSSIER_OK : status;
  if (!c->argument_count) return cli_usage(c, "annotate", "name an article");
  if (!read_format(format_name, &format)) return cli_usage(c, "annotate", "there is no format '%s'", format_name);
  if (strcmp(input, "text") && strcmp(input, "conllu"))
    return cli_usage(c, "annotate", "there is no input '%s'", input);
  status = cli_open_engine(c);
  if (status != DOSSIER_OK) return status;
  return strcmp(input, "conllu") ? annotate_articles(c, date, format) : annotate_conllu(c, date, format);
}
