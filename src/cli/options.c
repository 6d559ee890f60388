#include "cli/cli.h"

#include <errno.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

/* All options that a command takes: its own, the selection's, and those of every command. */
typedef struct option_set {
  cli_option items[48];
  const char *titles[48]; /* above an item, in the help */
  size_t count;
} option_set;

static void add_options(option_set *set, const char *title, const cli_option *options) {
  if (set->count < sizeof set->items / sizeof *set->items) set->titles[set->count] = title;
  for (; options && options->name; options++)
    if (set->count < sizeof set->items / sizeof *set->items) set->items[set->count++] = *options;
}

static void add_shared(option_set *set, cli *c, int needs, cli_selection *s) {
  if (s && (needs & CLI_TAKES_SELECTION)) {
    dossier_selection *f = &s->selection;
    const cli_option selection[] = {
        {0, "since", CLI_TEXT, &f->since, "DATE", "claims of this date or later"},
        {0, "until", CLI_TEXT, &f->until, "DATE", "claims of this date or earlier"},
        {0, "relation", CLI_LIST, &s->relations, "NAMES", "only these relations (supports,arms)"},
        {0, "class", CLI_LIST, &s->classes, "NAMES", "only these classes of relations (support,conflict)"},
        {0, "kind", CLI_LIST, &s->kinds, "NAMES", "only actors of these kinds (state,armed_group)"},
        {0, "source", CLI_TEXT, &f->source, "WORDS", "only articles of this publisher or path"},
        {0, "speaker", CLI_TEXT, &f->speaker, "ACTOR", "only what this actor says"},
        {0, "polarity", CLI_TEXT, &f->polarity, "WORD", "affirmed or denied"},
        {0, "certainty", CLI_TEXT, &f->certainty, "WORD", "at least this sure: stated, reported, possible"},
        {0, "min-weight", CLI_NUMBER, &f->min_weight, "N", "ties of at least so many independent articles"},
        {0, "min-confidence", CLI_DECIMAL, &f->min_confidence, "X", "claims of at least this confidence (0..1)"},
        {0, "around", CLI_TEXT, &f->around, "ACTOR", "only what lies near this actor"},
        {0, "hops", CLI_NUMBER, &f->hops, "N", "how near: ties away from it (1)"},
        CLI_OPTION_END};
    add_options(set, "Which claims (all of these together; names in a list are joined by \"or\"):", selection);
  }
  const cli_option json[] = {{0, "json", CLI_FLAG, &c->json, NULL, "JSON for programs"}, CLI_OPTION_END};
  const cli_option store[] = {{'d', "store", CLI_TEXT, &c->store_path, "STORE", "the store (dossier.db)"},
                              CLI_OPTION_END};
  const cli_option all[] = {{0, "schema", CLI_TEXT, &c->schema, "DIR", "another ontology, frames and gazetteers"},
                            {0, "model", CLI_TEXT, &c->model, "FILE", "another language model"},
                            {0, "data", CLI_TEXT, &c->data, "DIR", "where schema/ and models/ lie"},
                            {'h', "help", CLI_FLAG, &c->help, NULL, "this help"},
                            CLI_OPTION_END};
  const char *title = "Everywhere:";
  if (needs & CLI_TAKES_JSON) {
    add_options(set, title, json);
    title = NULL;
  }
  if (needs & CLI_TAKES_STORE) {
    add_options(set, title, store);
    title = NULL;
  }
  add_options(set, title, all);
}

static void print_help(const option_set *set, const cli_help *help) {
  printf("usage: dossier %s\n\n%s\n\n", help->usage, help->summary);
  for (size_t i = 0; i < set->count; i++) {
    const cli_option *o = &set->items[i];
    char left[64];
    if (set->titles[i]) printf("%s%s\n", i ? "\n" : "", set->titles[i]);
    snprintf(left, sizeof left, "--%s%s%s", o->name, o->argument ? " " : "", o->argument ? o->argument : "");
    if (o->letter)
      printf("  -%c, %-24s %s\n", o->letter, left, o->help);
    else
      printf("      %-24s %s\n", left, o->help);
  }
  printf("\nFor example:\n%s\n", help->example);
}

dossier_status cli_usage(const cli *c, const char *command, const char *format, ...) {
  va_list arguments;
  va_start(arguments, format);
  fprintf(stderr, "%s %s: ", c->program, command);
  vfprintf(stderr, format, arguments);
  fprintf(stderr, "; see %s %s --help\n", c->program, command);
  va_end(arguments);
  return DOSSIER_USAGE;
}

static bool read_number(const char *text, unsigned *out) {
  uint32_t value;
  if (!ds_str_to_u32(ds_str_from(text), &value)) return false;
  *out = value;
  return true;
}

static bool read_decimal(const char *text, double *out) {
  char *end;
  errno = 0;
  *out = strtod(text, &end);
  return *text && !*end && !errno;
}

static bool read_list(const char *text, cli_list *list) {
  if (list->owned_count == sizeof list->owned / sizeof *list->owned) return false;
  char *copy = strdup(text);
  if (!copy) return false;
  list->owned[list->owned_count++] = copy;
  for (char *save = NULL, *part = strtok_r(copy, ",", &save); part; part = strtok_r(NULL, ",", &save)) {
    if (list->count == sizeof list->items / sizeof *list->items) return false;
    list->items[list->count++] = part;
  }
  return true;
}

/* min_weight is a size_t in the public header, the other numbers are unsigned. */
static bool set_value(const cli_option *option, const char *value, const cli_selection *s) {
  switch (option->type) {
    case CLI_FLAG: *(bool *)option->target = true; return true;
    case CLI_TEXT: *(const char **)option->target = value; return true;
    case CLI_DECIMAL: return read_decimal(value, option->target);
    case CLI_LIST: return read_list(value, option->target);
    case CLI_NUMBER: {
      unsigned number;
      if (!read_number(value, &number)) return false;
      if (s && option->target == &s->selection.min_weight)
        *(size_t *)option->target = number;
      else
        *(unsigned *)option->target = number;
      return true;
    }
  }
  return false;
}

static const cli_option *find_option(const option_set *set, const char *word, const char **value) {
  *value = NULL;
  for (size_t i = 0; i < set->count; i++) {
    const cli_option *o = &set->items[i];
    size_t size = strlen(o->name);
    if (word[1] == '-' && !strncmp(word + 2, o->name, size) && (!word[2 + size] || word[2 + size] == '=')) {
      *value = word[2 + size] ? word + 3 + size : NULL;
      return o;
    }
    if (word[1] != '-' && o->letter && word[1] == o->letter) {
      *value = word[2] ? word + 2 : NULL;
      return o;
    }
  }
  return NULL;
}

static dossier_status read_words(cli *c, int argc, char **argv, const option_set *set, const cli_selection *selection) {
  bool options = true;
  for (int i = 1; i < argc; i++) {
    const char *word = argv[i], *value;
    if (!options || word[0] != '-' || !word[1]) {
      c->arguments[c->argument_count++] = word;
      continue;
    }
    if (!strcmp(word, "--")) {
      options = false;
      continue;
    }
    const cli_option *option = find_option(set, word, &value);
    if (!option) return cli_usage(c, argv[0], "there is no option %s", word);
    if (option->type == CLI_FLAG && value) return cli_usage(c, argv[0], "--%s takes no value", option->name);
    if (option->type != CLI_FLAG && !value) value = i + 1 < argc ? argv[++i] : NULL;
    if (option->type != CLI_FLAG && !value)
      return cli_usage(c, argv[0], "--%s needs %s", option->name, option->argument);
    if (!set_value(option, value, selection))
      return cli_usage(c, argv[0], "'%s' is no value for --%s", value ? value : "", option->name);
  }
  return DOSSIER_OK;
}

dossier_status cli_options(cli *c, int argc, char **argv, const cli_option *options, int needs,
                           cli_selection *selection, const cli_help *help) {
  option_set set = {.count = 0};
  add_options(&set, NULL, options);
  add_shared(&set, c, needs, selection);
  c->arguments = calloc((size_t)argc + 1, sizeof *c->arguments);
  if (!c->arguments) {
    fprintf(stderr, "dossier: out of memory\n");
    return DOSSIER_SYSTEM;
  }
  dossier_status status = read_words(c, argc, argv, &set, selection);
  if (status == DOSSIER_OK && c->help) {
    print_help(&set, help);
    return DOSSIER_NONE;
  }
  if (status == DOSSIER_OK && selection) {
    dossier_selection *s = &selection->selection;
    if (s->hops && !s->around) return cli_usage(c, argv[0], "--hops needs --around ACTOR");
    s->relations = selection->relations.items;
    s->relation_count = selection->relations.count;
    s->classes = selection->classes.items;
    s->class_count = selection->classes.count;
    s->kinds = selection->kinds.items;
    s->kind_count = selection->kinds.count;
  }
  return status;
}

static void free_list(cli_list *list) {
  for (size_t i = 0; i < list->owned_count; i++) free(list->owned[i]);
}

void cli_selection_free(cli_selection *selection) {
  free_list(&selection->relations);
  free_list(&selection->classes);
  free_list(&selection->kinds);
}
