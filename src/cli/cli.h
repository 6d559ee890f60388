/* cli/cli.h - the command: a table of rows, one file a command
 *
 * This room talks to people. It uses the public headers (and base/ for text), opens what a command needs, prints results to
 * standard output and everything else to standard error, and alone decides the exit status (dossier/error.h).
 *
 * To add a command: write cmd_NAME.c with its options, its help and cmd_NAME(); add a row to the table in main.c and a
 * line to src/cli/meson.build. README.md and docs/manual.md show the help of every command; tests compare them.
 */
#ifndef DS_CLI_CLI_H
#define DS_CLI_CLI_H

#include "base/buf.h"
#include "base/json.h"
#include "base/str.h"

#include <dossier/dossier.h>
#include <stdbool.h>
#include <stdio.h>

/* What a command is called with. Its runner (main.c) frees all of it. */
typedef struct cli {
  const char *program;    /* as the user called it */
  const char *store_path; /* -d */
  const char *schema;     /* --schema */
  const char *data;       /* --data */
  const char *model;      /* --model */
  bool json;              /* --json */
  bool help;              /* --help */
  bool color;             /* of standard output */
  bool selected;          /* the graph is a part of the store's */
  int width;              /* columns of the terminal; 100 where it is none */
  const char **arguments; /* what is left of the command line */
  size_t argument_count;
  dossier_engine *engine;
  dossier_store *store;
  dossier_graph *graph;
  dossier_error error;
} cli;

/* ---- options ---- */

typedef enum cli_option_type { CLI_FLAG, CLI_TEXT, CLI_NUMBER, CLI_DECIMAL, CLI_LIST } cli_option_type;

/* A list of values: --relation a,b --relation c. */
typedef struct cli_list {
  const char *items[64];
  size_t count;
  char *owned[16]; /* copies that were cut at commas */
  size_t owned_count;
} cli_list;

typedef struct cli_option {
  char letter;      /* 0 for none */
  const char *name; /* without the dashes */
  cli_option_type type;
  void *target;         /* bool, const char *, unsigned, double, cli_list */
  const char *argument; /* its name in the help; NULL for a flag */
  const char *help;
} cli_option;

#define CLI_OPTION_END \
  { 0, NULL, CLI_FLAG, NULL, NULL, NULL }

/* What `COMMAND --help` shows. */
typedef struct cli_help {
  const char *usage;   /* "path A B [options]" */
  const char *summary; /* a paragraph */
  const char *example; /* lines, each a command */
} cli_help;

/* Which options besides its own a command takes. */
typedef enum cli_needs {
  CLI_NEEDS_NOTHING = 0,
  CLI_TAKES_STORE = 1,     /* -d */
  CLI_TAKES_SELECTION = 2, /* --since ... --hops */
  CLI_TAKES_JSON = 4       /* --json */
} cli_needs;

/* The selection flags of one command line. */
typedef struct cli_selection {
  dossier_selection selection;
  cli_list relations, classes, kinds;
} cli_selection;

/* Reads the options of a command line into their targets and leaves the rest in cli->arguments. Prints the help where it was
 * asked for. Returns DOSSIER_OK to go on, DOSSIER_NONE where the help was shown, DOSSIER_USAGE after a message. selection is
 * NULL for a command that takes none. */
dossier_status cli_options(cli *c, int argc, char **argv, const cli_option *options, int needs,
                           cli_selection *selection, const cli_help *help);
void cli_selection_free(cli_selection *selection);
/* A usage error with a pointer to the help. */
dossier_status cli_usage(const cli *c, const char *command, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* ---- opening what a command needs; each prints its error ---- */

dossier_status cli_open_engine(cli *c);
dossier_status cli_open_store(cli *c, dossier_mode mode);
dossier_status cli_open_graph(cli *c, const cli_selection *selection);
/* An actor by name; says so where the selection left nothing of it. */
dossier_status cli_find(cli *c, const char *name, size_t *actor);
/* Says on standard error why nothing is shown: that the store is empty, else the message. Returns DOSSIER_NONE. */
dossier_status cli_nothing(const cli *c, const char *message);
/* Prints c->error to standard error and returns its status. */
dossier_status cli_fail(const cli *c, dossier_status status);

/* ---- printing ---- */

#define CLI_BOLD "1"
#define CLI_DIM "2"
#define CLI_RED "31"
#define CLI_GREEN "32"
#define CLI_YELLOW "33"
#define CLI_CYAN "36"

/* Appends text in a colour where colours are on. */
void cli_paint(const cli *c, ds_buf *out, const char *code, const char *text);
/* Writes the buffer to standard output; the runner checks the stream at the end. */
void cli_put(const ds_buf *out);
/* Output was lost for want of memory: the runner says so and ends with 4. cli_put and cli_json_item note it by themselves. */
void cli_lost(void);
bool cli_has_lost(void);
/* Appends text wrapped at the terminal's width, each line after `indent` blanks; the first continues at column `column`. */
void cli_wrap(const cli *c, ds_buf *out, ds_str text, int indent, int column);
/* Appends text as one line: runs of white space become one blank. */
void cli_one_line(ds_buf *out, ds_str text);
/* "" for one, "s" for any other number. */
const char *cli_s(size_t count);

/* ---- evidence (evidence.c) ---- */

/* The sentence in which the words of a claim stand, in quotation marks, the words themselves bold. */
void cli_quote(const cli *c, ds_buf *out, const dossier_claim *claim, int indent);

/* The line under a quote: speaker, source, date, what weakens it, id. */
void cli_source_line(const cli *c, ds_buf *out, const dossier_claim *claim, int indent);
/* "A supports B", with a mark for what is denied, reported or possible. */
void cli_tie_words(const cli *c, ds_buf *out, const dossier_tie *tie);
/* "2015-06-10 to 2019", or nothing. */
void cli_dates(ds_buf *out, const dossier_tie *tie);
/* Whether a claim only repeats, in a copy, what the original says with the same words in the same tie. */
bool cli_is_repeated(const cli *c, const dossier_tie *tie, const dossier_claim *claim);
/* The evidence of a tie, at most `limit` sentences of it (0: all), without what copies repeat. Returns how many are left. */
size_t cli_claims(const cli *c, ds_buf *out, const dossier_tie *tie, size_t limit, int indent);

/* The claims of document d are claims[start[d]] up to claims[start[d + 1]]. */
typedef struct cli_document_claims {
  size_t *start, *claims;
} cli_document_claims;
/* Linear. False where memory ran out. */
bool cli_by_document(const dossier_graph *graph, cli_document_claims *out);
void cli_by_document_free(cli_document_claims *list);

/* ---- tables, JSON, progress ---- */

/* A table: cells are copied; the column marked flexible is cut to fit the width. */
typedef struct cli_table cli_table;
typedef struct cli_column {
  const char *title;
  bool right;    /* numbers */
  bool flexible; /* gives way where the line is too long */
} cli_column;
cli_table *cli_table_new(const cli_column *columns, size_t count);
/* One cell after the other, row by row. */
void cli_table_cell(cli_table *table, const char *text);
void cli_table_cellf(cli_table *table, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* Prints and frees it. */
dossier_status cli_table_print(const cli *c, cli_table *table);

/* JSON for --json: an object a line of an array, so that memory does not grow. Prints the comma before all but the first. */
void cli_json_item(cJSON *item, ds_json *json, size_t index);
cJSON *cli_json_claim(ds_json *json, const dossier_graph *graph, const dossier_claim *claim);
cJSON *cli_json_tie(ds_json *json, const dossier_graph *graph, const dossier_tie *tie);
cJSON *cli_json_actor(ds_json *json, const dossier_actor *actor);

/* A progress bar on standard error, where that is a terminal. */
typedef struct cli_progress {
  bool on;
  double started, shown;
  const char *what;
} cli_progress;
void cli_progress_start(cli_progress *progress, const char *what);
void cli_progress_show(cli_progress *progress, size_t done, size_t known);
void cli_progress_end(cli_progress *progress);
double cli_now(void); /* seconds */

/* A long job of the library, with its bar and a line for each file that was skipped. The cli_job outlives it. */
typedef struct cli_job {
  const cli *c;
  cli_progress progress;
} cli_job;
dossier_job cli_job_start(cli_job *job, const cli *c, const char *what, unsigned jobs);

/* A sink on a stream. */
dossier_sink cli_sink(FILE *stream);

/* ---- the commands ---- */

int cmd_actors(cli *c, int argc, char **argv);
int cmd_annotate(cli *c, int argc, char **argv);
int cmd_articles(cli *c, int argc, char **argv);
int cmd_build(cli *c, int argc, char **argv);
int cmd_check(cli *c, int argc, char **argv);
int cmd_export(cli *c, int argc, char **argv);
int cmd_extract(cli *c, int argc, char **argv);
int cmd_load(cli *c, int argc, char **argv);
int cmd_path(cli *c, int argc, char **argv);
int cmd_rank(cli *c, int argc, char **argv);
int cmd_show(cli *c, int argc, char **argv);
int cmd_ties(cli *c, int argc, char **argv);
int cmd_timeline(cli *c, int argc, char **argv);
int cmd_why(cli *c, int argc, char **argv);

#endif
