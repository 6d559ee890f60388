#include "cli/cli.h"

#include <unistd.h>

int cmd_extract(cli *c, int argc, char **argv) {
  static const cli_help help = {
      "extract PATH... [options]",
      "Reads articles and prints one line of JSON for each, with its actors and claims (schema/extract.schema.json), "
      "to\n"
      "standard output, in the order of the input. For clusters: run it on parts of a collection anywhere, then "
      "`dossier load`\n"
      "the lines into one store; the graph is the same as that of one `dossier build`.",
      "  dossier extract part-07/ | gzip > part-07.jsonl.gz\n  dossier load part-*.jsonl.gz -d all.db"};
  unsigned jobs = 0;
  const cli_option options[] = {{'j', "jobs", CLI_NUMBER, &jobs, "N", "worker threads (one a processor)"},
                                CLI_OPTION_END};
  dossier_status status = cli_options(c, argc, argv, options, CLI_NEEDS_NOTHING, NULL, &help);
  if (status != DOSSIER_OK) return status == DOSSIER_NONE ? DOSSIER_OK : status;
  if (!c->argument_count) return cli_usage(c, "extract", "name a file or folder of articles");
  status = cli_open_engine(c);
  if (status != DOSSIER_OK) return status;
  dossier_sink sink = cli_sink(stdout);
  cli_job running;
  dossier_job job = cli_job_start(&running, c, "reading", jobs);
  if (isatty(STDOUT_FILENO)) running.progress.on = false; /* the lines themselves are the progress */
  dossier_report report;
  status = dossier_extract(c->engine, c->arguments, c->argument_count, &job, &sink, &report, &c->error);
  cli_progress_end(&running.progress);
  if (status != DOSSIER_OK) return cli_fail(c, status);
  return report.skipped ? DOSSIER_INPUT : DOSSIER_OK;
}
