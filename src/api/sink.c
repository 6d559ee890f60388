#include "api/internal.h"

#include <string.h>

dossier_status ds_sink_write(const dossier_sink *sink, ds_str bytes, dossier_error *err) {
  if (!bytes.len) return DOSSIER_OK;
  int code = sink->write(sink->context, bytes.ptr, bytes.len);
  if (code == 0) return DOSSIER_OK;
  char reason[128];
  return ds_fail(err, DOSSIER_SYSTEM, "cannot write the output: %s", strerror_r(code, reason, sizeof reason));
}
