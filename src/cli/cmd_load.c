#include "cli/cli.h"

int cmd_load(cli *c, int argc, char **argv) {
  static const cli_help help = {
      "load [FILE...] [options]",
      "Adds lines of claims, as `dossier extract` prints them, to a store. Without a FILE (or with -) they are read "
      "from\n"
      "standard input; .gz is understood. Articles that are there already change nothing. A broken line is named and\n"
      "skipped, and the exit status is 3.",
      "  ssh node dossier extract articles/ | dossier load -d all.db"};
  dossier_status status = cli_options(c, argc, argv, NULL, CLI_TAKES_STORE | CLI_TAKES_JSON, NULL, &help);
  if (status != DOSSIER_OK) return status == DOSSIER_NONE ? DOSSIER_OK : status;
  static const char *const standard_input[] = {"-"};
  const char *const *files = c->argument_count ? c->arguments : standard_input;
  size_t count = c->argument_count ? c->argument_count : 1, added = 0, known = 0, skipped = 0, claims = 0;
  status = cli_open_store(c, DOSSIER_WRITE);
  cli_job running;
  dossier_job job = cli_job_start(&running, c, "loading", 0);
  for (size_t i = 0; i < count && status == DOSSIER_OK; i++) {
    dossier_report report;
    status = dossier_load(c->store, files[i], &job, &report, &c->error);
    cli_progress_end(&running.progress);
    if (status != DOSSIER_OK) return cli_fail(c, status);
    added += report.added;
    known += report.known;
    skipped += report.skipped;
    claims += report.claims;
  }
  if (status != DOSSIER_OK) return status;
  if (c->json)
    printf("{\"added\": %zu, \"known\": %zu, \"skipped\": %zu, \"claims\": %zu}\n", added, known, skipped, claims);
  else
    printf("%zu article%s added to %s: %zu claim%s; %zu %s there already\n", added, cli_s(added), c->store_path, claims,
           cli_s(claims), known, known == 1 ? "was" : "were");
  return skipped ? DOSSIER_INPUT : DOSSIER_OK;
}
