#include "base/error.h"

#include "base/utf8.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

/* Copies text into a field of `size` bytes, cut between characters where it is too long. */
static void store(char *field, size_t size, const char *text) {
  size_t len = ds_utf8_cut(ds_str_from(text), size - 1);
  memmove(field, text, len);
  field[len] = '\0';
}

__attribute__((format(printf, 6, 0))) static void fill(dossier_error *err, dossier_status status, const char *file,
                                                       long line, long byte, const char *format, va_list args) {
  if (!err) return;
  /* Formatted beside the object, because the arguments may point into it; four bytes more, so that the cut sees whether
   * the last character is whole. */
  char message[sizeof err->message + 4];
  if (vsnprintf(message, sizeof message, format, args) < 0) store(message, sizeof message, format);
  store(err->message, sizeof err->message, message);
  store(err->file, sizeof err->file, file ? file : "");
  err->status = status;
  err->line = line;
  err->byte = byte;
}

dossier_status ds_fail(dossier_error *err, dossier_status status, const char *format, ...) {
  va_list args;
  va_start(args, format);
  fill(err, status, NULL, 0, -1, format, args);
  va_end(args);
  return status;
}

dossier_status ds_fail_at(dossier_error *err, dossier_status status, const char *file, long line, long byte,
                          const char *format, ...) {
  va_list args;
  va_start(args, format);
  fill(err, status, file, line, byte, format, args);
  va_end(args);
  return status;
}

dossier_status ds_fail_memory(dossier_error *err) {
  return ds_fail(err, DOSSIER_SYSTEM, "out of memory");
}
