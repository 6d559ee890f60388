/* text/lex.c - lines to runs without blanks, runs to tokens */
#include "text/lex.h"

void ds_lexed_release(ds_lexed *lexed) {
  DS_VEC_RELEASE(lexed->tokens);
  DS_VEC_RELEASE(lexed->breaks);
}

static void scan_line(ds_scan *scan, ds_line line) {
  size_t size;
  for (size_t at = line.start; at < line.end && !scan->failed;) {
    if (ds_class_of(ds_char_at(scan->s, at, line.end, &size)) == DS_BLANK) {
      at += size;
      continue;
    }
    scan->end = at;
    do scan->end += size;
    while (ds_class_of(ds_char_at(scan->s, scan->end, line.end, &size)) != DS_BLANK && size);
    ds_scan_run(scan, at);
    if (!scan->failed) scan->out->tokens.items[scan->out->tokens.len - 1].space_after = true;
    at = scan->end;
  }
}

dossier_status ds_lex(ds_str text, ds_lexed *out, dossier_error *err) {
  ds_layout layout = ds_layout_of(text);
  ds_scan scan = {.out = out, .s = text.ptr, .len = text.len};
  ds_line last = {0, 0, 0};
  bool open = false; /* the line before has text */
  out->text = text;
  for (size_t at = 0; at < text.len && !scan.failed;) {
    ds_line line = ds_line_at(text, at);
    at = line.next;
    if (line.start == line.end) {
      scan.pending = DS_BREAK_EMPTY_LINE;
      open = false;
      continue;
    }
    if (open && ds_layout_breaks(&layout, text, last, line)) scan.pending = DS_BREAK_LINE;
    if (scan.pending) scan.single_open = false;
    scan_line(&scan, line);
    last = line;
    open = true;
  }
  return scan.failed ? ds_fail_memory(err) : DOSSIER_OK;
}
