#include "cli/cli.h"

static void on_problem(void *context, const char *message) {
  (void)context;
  printf("%s\n", message);
}

int cmd_check(cli *c, int argc, char **argv) {
  static const cli_help help = {
      "check [options]",
      "Verifies the store: SQLite's own integrity check, that every article has the text it was stored under, and that "
      "every\n"
      "claim has its words and its actors (invariants I1 and I2). Faults are listed; the exit status is then 3.",
      "  dossier check -d iran.db"};
  dossier_status status = cli_options(c, argc, argv, NULL, CLI_TAKES_STORE, NULL, &help);
  if (status != DOSSIER_OK) return status == DOSSIER_NONE ? DOSSIER_OK : status;
  status = cli_open_store(c, DOSSIER_READ);
  if (status != DOSSIER_OK) return status;
  status = dossier_store_check(c->store, on_problem, NULL, &c->error);
  if (status != DOSSIER_OK) return cli_fail(c, status);
  printf("%s: no faults\n", c->store_path);
  return DOSSIER_OK;
}
