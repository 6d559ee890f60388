/* Long jobs: a progress bar on a terminal, and what had to be skipped. */
#include "cli/cli.h"

#include <unistd.h>

void cli_progress_start(cli_progress *progress, const char *what) {
  *progress = (cli_progress){.on = isatty(STDERR_FILENO), .started = cli_now(), .what = what};
}

void cli_progress_show(cli_progress *progress, size_t done, size_t known) {
  double now = cli_now();
  if (!progress->on || now - progress->started < 0.5 || (now - progress->shown < 0.1 && done < known)) return;
  progress->shown = now;
  int filled = known ? (int)(30 * done / known) : 0;
  char bar[31];
  for (int i = 0; i < 30; i++) bar[i] = i < filled ? '#' : '.';
  bar[30] = 0;
  double rate = (double)done / (now - progress->started);
  fprintf(stderr, "\r%s [%s] %zu of %zu, %.0f a second ", progress->what, bar, done, known, rate);
}

void cli_progress_end(cli_progress *progress) {
  if (progress->on && progress->shown > 0) fputs("\r\033[K", stderr);
}

static void on_progress(void *context, size_t done, size_t known) {
  cli_job *job = context;
  cli_progress_show(&job->progress, done, known);
}

static void on_problem(void *context, const dossier_error *err) {
  cli_job *job = context;
  cli skipped = *job->c;
  cli_progress_end(&job->progress);
  skipped.error = *err;
  skipped.program = "dossier: skipped";
  cli_fail(&skipped, err->status);
}

dossier_job cli_job_start(cli_job *job, const cli *c, const char *what, unsigned jobs) {
  job->c = c;
  cli_progress_start(&job->progress, what);
  return (dossier_job){.jobs = jobs, .context = job, .progress = on_progress, .problem = on_problem};
}
