#include "cli/cli.h"

static void print_report(const cli *c, const dossier_report *report, double seconds) {
  if (c->json) {
    printf("{\"added\": %zu, \"known\": %zu, \"skipped\": %zu, \"words\": %zu, \"claims\": %zu}\n", report->added,
           report->known, report->skipped, report->words, report->claims);
    return;
  }
  printf("%zu article%s added to %s: %zu word%s, %zu claim%s, %.2f s\n", report->added, cli_s(report->added),
         c->store_path, report->words, cli_s(report->words), report->claims, cli_s(report->claims), seconds);
  if (report->known) printf("%zu %s there already\n", report->known, report->known == 1 ? "was" : "were");
  if (report->skipped) printf("%zu could not be used (named above)\n", report->skipped);
}

int cmd_build(cli *c, int argc, char **argv) {
  static const cli_help help = {
      "build PATH... [options]",
      "Reads articles, finds actors and claims, and adds them to a store. A PATH is a .txt, .html or .jsonl file (each "
      "also\n"
      ".gz), a folder of them, or - for standard input. More articles can be added later; one whose text is there "
      "already\n"
      "changes nothing. A file that cannot be an article is named and skipped, and the exit status is 3.",
      "  dossier build articles/ -d iran.db -j 4"};
  unsigned jobs = 0;
  const cli_option options[] = {{'j', "jobs", CLI_NUMBER, &jobs, "N", "worker threads (one a processor)"},
                                CLI_OPTION_END};
  dossier_status status = cli_options(c, argc, argv, options, CLI_TAKES_STORE | CLI_TAKES_JSON, NULL, &help);
  if (status != DOSSIER_OK) return status == DOSSIER_NONE ? DOSSIER_OK : status;
  if (!c->argument_count) return cli_usage(c, "build", "name a file or folder of articles");
  status = cli_open_engine(c);
  /* Mistakes of schema and model are known before a store is made. */
  if (status == DOSSIER_OK)
    status = dossier_engine_prepare(c->engine, &c->error) == DOSSIER_OK ? DOSSIER_OK : cli_fail(c, c->error.status);
  if (status == DOSSIER_OK) status = cli_open_store(c, DOSSIER_WRITE);
  if (status != DOSSIER_OK) return status;
  cli_job running;
  dossier_job job = cli_job_start(&running, c, "reading", jobs);
  dossier_report report;
  status = dossier_build(c->store, c->engine, c->arguments, c->argument_count, &job, &report, &c->error);
  cli_progress_end(&running.progress);
  if (status != DOSSIER_OK) return cli_fail(c, status);
  print_report(c, &report, cli_now() - running.progress.started);
  return report.skipped ? DOSSIER_INPUT : DOSSIER_OK;
}
