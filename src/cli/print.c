#include "cli/cli.h"

#include "base/utf8.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

void cli_paint(const cli *c, ds_buf *out, const char *code, const char *text) {
  if (c->color)
    ds_buf_printf(out, "\033[%sm%s\033[0m", code, text);
  else
    ds_buf_appendz(out, text);
}

/* Of the whole run: a cut answer must not look like a whole one. */
static bool lost;

void cli_lost(void) {
  lost = true;
}

bool cli_has_lost(void) {
  return lost;
}

void cli_put(const ds_buf *out) {
  if (out->failed) lost = true;
  if (out->len) fwrite(out->data, 1, out->len, stdout);
}

void cli_one_line(ds_buf *out, ds_str text) {
  bool blank = false;
  text = ds_str_trim(text);
  for (size_t i = 0; i < text.len; i++) {
    bool space = text.ptr[i] == ' ' || text.ptr[i] == '\n' || text.ptr[i] == '\t';
    if (space && blank) continue;
    ds_buf_byte(out, space ? ' ' : text.ptr[i]);
    blank = space;
  }
}

/* Characters that a word takes on the screen: colours take none. */
static int screen_width(ds_str word) {
  int width = 0;
  for (size_t i = 0; i < word.len; i++) {
    if (word.ptr[i] == '\033')
      while (i < word.len && word.ptr[i] != 'm') i++;
    else
      width += ((unsigned char)word.ptr[i] & 0xC0) != 0x80;
  }
  return width;
}

void cli_wrap(const cli *c, ds_buf *out, ds_str text, int indent, int column) {
  ds_str word;
  bool first = true;
  while (ds_str_split(&text, ' ', &word)) {
    int size = screen_width(word);
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

struct cli_table {
  const cli_column *columns;
  size_t column_count;
  char **cells;
  size_t count, capacity;
  bool failed;
};

cli_table *cli_table_new(const cli_column *columns, size_t count) {
  cli_table *table = calloc(1, sizeof *table);
  if (!table) return NULL;
  table->columns = columns;
  table->column_count = count;
  for (size_t i = 0; i < count; i++) cli_table_cell(table, columns[i].title);
  return table;
}

void cli_table_cell(cli_table *table, const char *text) {
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

void cli_table_cellf(cli_table *table, const char *format, ...) {
  char text[512];
  va_list arguments;
  va_start(arguments, format);
  vsnprintf(text, sizeof text, format, arguments);
  va_end(arguments);
  cli_table_cell(table, text);
}

/* On a very narrow terminal the rightmost flexible columns but the first are left out. */
static void hide_columns(const cli_table *table, int width, int total, int *sizes) {
  size_t first = 0;
  while (first < table->column_count && !table->columns[first].flexible) first++;
  for (size_t i = table->column_count; total > width && i-- > first + 1;) {
    if (!table->columns[i].flexible) continue;
    total -= sizes[i] + 2;
    sizes[i] = -1;
  }
  /* What was gained goes back to the first. */
  for (size_t at = first; first < table->column_count && at < table->count; at += table->column_count) {
    int size = (int)ds_utf8_count(ds_str_from(table->cells[at])), more = size - sizes[first];
    if (more > width - total) more = width - total;
    if (more > 0) {
      sizes[first] += more;
      total += more;
    }
  }
}

static void measure_columns(const cli_table *table, int width, int *sizes) {
  int total = 0;
  for (size_t i = 0; i < table->column_count; i++) {
    sizes[i] = 0;
    for (size_t at = i; at < table->count; at += table->column_count) {
      int size = (int)ds_utf8_count(ds_str_from(table->cells[at]));
      if (size > sizes[i]) sizes[i] = size;
    }
    total += sizes[i] + (i ? 2 : 0);
  }
  /* The widest flexible column gives way, a character at a time, down to 12. */
  for (; total > width; total--) {
    size_t widest = table->column_count;
    for (size_t i = 0; i < table->column_count; i++)
      if (table->columns[i].flexible && sizes[i] > 12 && (widest == table->column_count || sizes[i] >= sizes[widest]))
        widest = i;
    if (widest == table->column_count) break;
    sizes[widest]--;
  }
  hide_columns(table, width, total, sizes);
}

/* The cell in `size` characters; one that is too long ends with an ellipsis. */
static void put_cell(ds_buf *out, ds_str cell, int size, bool right, bool last) {
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

static void put_rows(const cli *c, const cli_table *table, const int *sizes, ds_buf *out) {
  ds_buf line;
  ds_buf_init(&line);
  for (size_t at = 0; at + table->column_count <= table->count; at += table->column_count) {
    ds_buf_clear(&line);
    for (size_t i = 0; i < table->column_count; i++) {
      if (sizes[i] < 0) continue;
      if (i) ds_buf_appendz(&line, "  ");
      put_cell(&line, ds_str_from(table->cells[at + i]), sizes[i], table->columns[i].right,
               i + 1 == table->column_count);
    }
    while (line.len && line.data[line.len - 1] == ' ') line.data[--line.len] = 0;
    if (at)
      ds_buf_append(out, ds_buf_str(&line));
    else
      cli_paint(c, out, CLI_DIM, line.data ? line.data : "");
    ds_buf_byte(out, '\n');
  }
  ds_buf_release(&line);
}

dossier_status cli_table_print(const cli *c, cli_table *table) {
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

const char *cli_s(size_t count) {
  return count == 1 ? "" : "s";
}
