/* The command: finds the row, runs it, frees what it opened, checks that all of its output arrived. */
#include "cli/cli.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

typedef struct row {
  const char *name;
  int (*run)(cli *c, int argc, char **argv);
  const char *help;
} row;

static const row rows[] = {
    {"build", cmd_build, "read articles, extract, store; more can be added later"},
    {"actors", cmd_actors, "who is in the graph, ranked; find one by any name"},
    {"show", cmd_show, "one actor: names, offices, ties, timeline, sources"},
    {"ties", cmd_ties, "the evidence between two actors, sentence by sentence"},
    {"path", cmd_path, "how two actors are connected, with the evidence of each step"},
    {"rank", cmd_rank, "centrality and communities"},
    {"timeline", cmd_timeline, "dated claims in order"},
    {"articles", cmd_articles, "sources, dates, which is a copy of which"},
    {"export", cmd_export, "write the graph: graphml, dot, json"},
    {"why", cmd_why, "rule, words, names and date behind a claim or an actor"},
    {"annotate", cmd_annotate, "what each stage saw in one article"},
    {"extract", cmd_extract, "one JSON line of claims an article, for clusters"},
    {"load", cmd_load, "merge such lines into a store"},
    {"check", cmd_check, "verify the store and its invariants"},
};

static void print_overview(FILE *stream) {
  fputs(
      "dossier reads news articles and builds a graph of who did what to whom, when, and according to whom.\n\n"
      "usage: dossier COMMAND [arguments] [options]\n\n",
      stream);
  for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) fprintf(stream, "  %-10s %s\n", rows[i].name, rows[i].help);
  fputs(
      "\nStart with:  dossier build FOLDER\n             dossier actors\n\n"
      "dossier COMMAND --help explains a command. -d STORE names the store everywhere (dossier.db if left out).\n"
      "Exit status: 0 done, 1 nothing found, 2 wrong usage, 3 bad input, 4 the system failed.\n",
      stream);
}

static int terminal_width(void) {
  struct winsize size;
  const char *columns = getenv("COLUMNS");
  uint32_t set = 0;
  if (columns && ds_str_to_u32(ds_str_from(columns), &set) && set >= 20 && set < 1000) return (int)set;
  if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col >= 20) return size.ws_col;
  return 100;
}

static void free_all(cli *c) {
  dossier_graph_free(c->graph);
  dossier_store_free(c->store);
  dossier_engine_free(c->engine);
  free(c->arguments);
}

/* A full disk or a closed pipe must not look like success. */
static int finish_output(int status) {
  if (cli_has_lost()) {
    fputs("dossier: out of memory; what was printed is not whole\n", stderr);
    return DOSSIER_SYSTEM;
  }
  if (status == DOSSIER_SYSTEM) return status; /* it was told */
  if (fflush(stdout) == 0 && !ferror(stdout)) return status;
  if (errno == EPIPE) return status;
  fprintf(stderr, "dossier: cannot write the output: %s\n", strerror(errno));
  return DOSSIER_SYSTEM;
}

static int run(const row *found, int argc, char **argv) {
  const char *no_color = getenv("NO_COLOR");
  cli c = {.program = "dossier", .store_path = "dossier.db", .width = terminal_width(), .error = DOSSIER_ERROR_INIT};
  c.color = isatty(STDOUT_FILENO) && !(no_color && *no_color);
  int status = found->run(&c, argc, argv);
  free_all(&c);
  return finish_output(status);
}

static int unknown(const char *name) {
  fprintf(stderr, "dossier: there is no command '%s'. The commands are:", name);
  for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) fprintf(stderr, " %s", rows[i].name);
  fputs("\n", stderr);
  return DOSSIER_USAGE;
}

/* The options that may stand before the command too: dossier -d STORE actors. Returns how many words they are. */
static int words_before(int argc, char **argv) {
  static const char *const valued[] = {"-d", "--store", "--schema", "--model", "--data"};
  int at = 1;
  while (at < argc && argv[at][0] == '-') {
    int step = !strcmp(argv[at], "--json") ? 1 : 0;
    for (size_t i = 0; i < sizeof valued / sizeof *valued && !step; i++) {
      size_t size = strlen(valued[i]);
      bool joined = !strncmp(argv[at], valued[i], size) && (size == 2 ? argv[at][size] : argv[at][size] == '=');
      step = joined ? 1 : strcmp(argv[at], valued[i]) ? 0 : 2;
    }
    if (!step) break;
    at += step;
  }
  return at - 1;
}

/* Turns "-d STORE actors" into "actors -d STORE". */
static void put_command_first(int argc, char **argv) {
  int before = words_before(argc, argv);
  if (!before || before + 1 >= argc) return;
  char *command = argv[before + 1];
  memmove(argv + 2, argv + 1, (size_t)before * sizeof *argv);
  argv[1] = command;
}

static int help_of(int argc, char **argv) {
  char flag[] = "--help", *asked[] = {argv[0], flag, NULL};
  if (argc == 2) {
    print_overview(stdout);
    return finish_output(DOSSIER_OK);
  }
  for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
    if (!strcmp(rows[i].name, argv[2])) {
      asked[0] = argv[2];
      return run(&rows[i], 2, asked);
    }
  return unknown(argv[2]);
}

int main(int argc, char **argv) {
  put_command_first(argc, argv);
  if (argc < 2) {
    print_overview(stderr);
    return DOSSIER_USAGE;
  }
  if (!strcmp(argv[1], "--help") || !strcmp(argv[1], "-h")) return help_of(2, argv);
  if (!strcmp(argv[1], "help")) return help_of(argc, argv);
  if (!strcmp(argv[1], "--version")) {
    printf("dossier %s\n", dossier_version());
    return finish_output(DOSSIER_OK);
  }
  for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
    if (!strcmp(rows[i].name, argv[1])) return run(&rows[i], argc - 1, argv + 1);
  return unknown(argv[1]);
}
