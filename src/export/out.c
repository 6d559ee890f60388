#include "export/out.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/utf8.h"

#define MUCH (64 * 1024)
#define DIGITS 6

void ds_out_init(ds_out *out, const dossier_sink *sink) {
  *out = (ds_out){.sink = sink};
}

static void drain(ds_out *out) {
  if (out->pending.len && ds_out_good(out))
    out->code = out->sink->write(out->sink->context, out->pending.data, out->pending.len);
  out->failed = out->failed || out->pending.failed; /* clearing forgets it */
  ds_buf_clear(&out->pending);
}

void ds_out_flush(ds_out *out) {
  if (out->pending.len >= MUCH) drain(out);
}

bool ds_out_good(const ds_out *out) {
  return !out->code && !out->failed && !out->pending.failed && !out->text.failed;
}

dossier_status ds_out_end(ds_out *out, dossier_error *err) {
  drain(out);
  int code = out->code;
  bool good = ds_out_good(out);
  ds_buf_release(&out->pending);
  ds_buf_release(&out->text);
  if (good) return DOSSIER_OK;
  char reason[128];
  return code ? ds_fail(err, DOSSIER_SYSTEM, "cannot write the output: %s", strerror_r(code, reason, sizeof reason))
              : ds_fail_memory(err);
}

ds_str ds_out_clean(ds_out *out, ds_str text) {
  out->failed = out->failed || out->text.failed;
  ds_buf_clear(&out->text);
  ds_utf8_repair(text, &out->text);
  return out->text.data && out->text.len ? ds_buf_str(&out->text) : DS_STR("");
}

/* The decimal point of the program's locale, whatever it is, becomes a point. */
static void append_plain(ds_buf *buf, const char *number) {
  bool pointed = false;
  for (const char *c = number; *c; c++) {
    bool plain = (*c >= '0' && *c <= '9') || *c == '-';
    if (!plain && pointed) continue;
    ds_buf_byte(buf, plain ? *c : '.');
    pointed = pointed || !plain;
  }
}

void ds_out_real(ds_buf *buf, double value) {
  char number[400];
  if (!isfinite(value) || fabs(value) < 1e-12) value = 0;
  int exponent = 0; /* of ten, after rounding */
  if (value != 0) {
    snprintf(number, sizeof number, "%.*e", DIGITS - 1, value);
    sscanf(strchr(number, 'e') + 1, "%d", &exponent);
  }
  int decimals = DIGITS - 1 - exponent;
  snprintf(number, sizeof number, "%.*f", decimals > 1 ? decimals : 1, value);
  size_t len = strlen(number);
  while (number[len - 1] == '0' && number[len - 2] >= '0' && number[len - 2] <= '9') number[--len] = 0;
  append_plain(buf, number);
}
