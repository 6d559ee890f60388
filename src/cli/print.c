#include "cli/cli.h"

#include "base/utf8.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

void cli_paint(const cli *c, ds_buf *out, const char *code, const char *text)
{
  if (c->color)
    ds_buf_printf(out, "\033[%sm%s\033[0m", code, text);
  else
    ds_buf_appendz(out, text);
}

void cli_put(const ds_buf *out)
{
  if (out->len) fwrite(out->data, 1, out->len, stdout);
}

void cli_one_line(ds_buf *out, ds_str text)
{
  bool blank = false;
  text = ds_str_trim(text);
  for (size_t i = 0; i < text.len; i++) {
    bool space = text.ptr[i] == ' ' || text.ptr[i] == '\n' || text.ptr[i] == '\t';
    if (space && blank) continue;
    ds_buf_byte(out, space ? ' ' : text.ptr[i]);
    blank = space;
  }
}

void cli_wrap(const cli *c, ds_buf *out, ds_str text, int indent, int column)
{
  ds_str word;
  bool first = true;
  while (ds_str_split(&text, ' ', &word)) {
    int size = (int)ds_utf8_count(word);
    if (!first && column + 1 + size > c->width) {
      ds_buf_printf(out, "\n%*s", indent, "");
      column = indent;
    } else if (!first) {
      ds_buf_byte(out, ' ');
      column++;
    }
    ds_buf_append(out, word);
    column += size;
    first = false;
  }
  ds_buf_byte(out, '\n');
}

void cli_quote(const cli *c, ds_buf *out, const dossier_claim *claim, int indent)
{
  ds_buf line;
  ds_buf_init(&line);
  ds_buf_appendz(&line, "“");
  cli_one_line(&line, ds_str_from(claim->quote));
  ds_buf_appendz(&line, "”");
  ds_buf_printf(out, "%*s", indent, "");
  cli_wrap(c, out, ds_buf_str(&line), indent, indent);
  ds_buf_release(&line);
}

void cli_source_line(const cli *c, ds_buf *out, const dossier_claim *claim, int indent)
{
  const dossier_document *document = dossier_graph_document(c->graph, claim->document);
  ds_buf line;
  ds_buf_init(&line);
  ds_buf_printf(&line, "[%s]", claim->id);
  if (claim->date[0]) ds_buf_printf(&line, " %s%s", claim->date, strcmp(claim->date_basis, "published") ? "" : " (published)");
  if (claim->attribution != DOSSIER_NOBODY)
    ds_buf_printf(&line, ", says %s", dossier_graph_actor(c->graph, claim->attribution)->label);
  if (strcmp(claim->certainty, "stated")) ds_buf_printf(&line, ", %s", claim->certainty);
  if (!strcmp(claim->polarity, "denied")) ds_buf_appendz(&line, ", denied");
  ds_buf_printf(&line, ", %s", document->publisher[0] ? document->publisher : document->path);
  ds_buf_printf(out, "%*s", indent, "");
  cli_paint(c, out, CLI_DIM, line.data ? line.data : "");
  ds_buf_byte(out, '\n');
  ds_buf_release(&line);
}

void cli_tie_words(const cli *c, ds_buf *out, const dossier_tie *tie)
{
  bool denied = !strcmp(tie->polarity, "denied");
  cli_paint(c, out, CLI_BOLD, dossier_graph_actor(c->graph, tie->source)->label);
  ds_buf_byte(out, ' ');
  cli_paint(c, out, denied ? CLI_RED : CLI_CYAN, tie->label);
  ds_buf_byte(out, ' ');
  cli_paint(c, out, CLI_BOLD, dossier_graph_actor(c->graph, tie->target)->label);
  if (denied) cli_paint(c, out, CLI_RED, " (denied)");
  if (strcmp(tie->certainty, "stated")) {
    ds_buf_appendz(out, " (");
    cli_paint(c, out, CLI_YELLOW, tie->certainty);
    ds_buf_byte(out, ')');
  }
}

struct cli_table {
  const cli_column *columns;
  size_t column_count;
  char **cells;
  size_t count, capacity;
  bool failed;
};

cli_table *cli_table_new(const cli_column *columns, size_t count)
{
  cli_table *table = calloc(1, sizeof *table);
  if (!table) return NULL;
  table->columns = columns;
  table->column_count = count;
  for (size_t i = 0; i < count; i++) cli_table_cell(table, columns[i].title);
  return table;
}

void cli_table_cell(cli_table *table, const char *text)
{
  if (!table || table->failed) return;
  if (table->count == table->capacity) {
    size_t capacity = table->capacity ? table->capacity * 2 : 64;
    char **cells = realloc(table->cells, capacity * sizeof *cells);
    if (!cells) {
      table->failed = true;
      return;
    }
    table->cells = cells;
    table->capacity = capacity;
  }
  ds_buf line;
  ds_buf_init(&line);
  cli_one_line(&line, ds_str_from(text));
  table->cells[table->count] = line.data ? line.data : strdup("");
  if (line.failed || !table->cells[table->count])
    table->failed = true;
  else
    table->count++;
}

void cli_table_cellf(cli_table *table, const char *format, ...)
{
  char text[512];
  va_list arguments;
  va_start(arguments, format);
  vsnprintf(text, sizeof text, format, arguments);
  va_end(arguments);
  cli_table_cell(table, text);
}

static void measure_columns(const cli_table *table, int width, int *sizes)
{
  int total = 0;
  size_t flexible = table->column_count;
  for (size_t i = 0; i < table->column_count; i++) {
    sizes[i] = 0;
    for (size_t at = i; at < table->count; at += table->column_count) {
      int size = (int)ds_utf8_count(ds_str_from(table->cells[at]));
      if (size > sizes[i]) sizes[i] = size;
    }
    total += sizes[i] + (i ? 2 : 0);
  }
  /* The rightmost flexible column gives way first, then the others, down to 12 characters. */
  while (total > width && flexible-- > 0) {
    if (!table->columns[flexible].flexible) continue;
    int least = sizes[flexible] < 12 ? sizes[flexible] : 12, give = total - width;
    if (sizes[flexible] - give < least) give = sizes[flexible] - least;
    sizes[flexible] -= give;
    total -= give;
  }
}

/* The cell in `size` characters; one that is too long ends with an ellipsis. */
static void put_cell(ds_buf *out, ds_str cell, int size, bool right, bool last)
{
  int count = (int)ds_utf8_count(cell);
  if (right) ds_buf_printf(out, "%*s", size > count ? size - count : 0, "");
  if (count <= size) {
    ds_buf_append(out, cell);
  } else {
    size_t at = 0, step;
    for (int i = 0; i < size - 1; i++) {
      ds_utf8_at(cell, at, &step);
      at += step;
    }
    ds_buf_append(out, ds_str_sub(cell, 0, at));
    ds_buf_appendz(out, "…");
  }
  if (!right && !last && count < size) ds_buf_printf(out, "%*s", size - count, "");
}

static void put_rows(const cli *c, const cli_table *table, const int *sizes, ds_buf *out)
{
  ds_buf line;
  ds_buf_init(&line);
  for (size_t at = 0; at + table->column_count <= table->count; at += table->column_count) {
    ds_buf_clear(&line);
    for (size_t i = 0; i < table->column_count; i++) {
      if (i) ds_buf_appendz(&line, "  ");
      put_cell(&line, ds_str_from(table->cells[at + i]), sizes[i], table->columns[i].right, i + 1 == table->column_count);
    }
    cli_paint(c, out, at ? "0" : CLI_DIM, line.data ? line.data : "");
    ds_buf_byte(out, '\n');
  }
  ds_buf_release(&line);
}

dossier_status cli_table_print(const cli *c, cli_table *table)
{
  int sizes[16];
  bool good = table && !table->failed && table->column_count <= 16;
  if (good) {
    ds_buf out;
    ds_buf_init(&out);
    measure_columns(table, c->width, sizes);
    put_rows(c, table, sizes, &out);
    cli_put(&out);
    good = !out.failed;
    ds_buf_release(&out);
  }
  for (size_t i = 0; table && i < table->count; i++) free(table->cells[i]);
  if (table) free(table->cells);
  free(table);
  if (good) return DOSSIER_OK;
  fprintf(stderr, "dossier: out of memory\n");
  return DOSSIER_SYSTEM;
}

void cli_progress_start(cli_progress *progress, const char *what)
{
  *progress = (cli_progress){.on = isatty(STDERR_FILENO), .started = cli_now(), .what = what};
}

void cli_progress_show(cli_progress *progress, size_t done, size_t known)
{
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

void cli_progress_end(cli_progress *progress)
{
  if (progress->on && progress->shown > 0) fputs("\r\033[K", stderr);
}
