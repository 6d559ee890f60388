/* export/out.h - what all writers share: bytes to a sink, clean text, plain numbers
 *
 * A sink that failed takes no more bytes and is asked once, at the end (ds_out_end). Numbers are written the same in every
 * locale. Nothing here depends on a format.
 */
#ifndef DS_EXPORT_OUT_H
#define DS_EXPORT_OUT_H

#include <dossier/sink.h>

#include "base/buf.h"
#include "base/error.h"

typedef struct ds_out {
  const dossier_sink *sink;
  ds_buf pending; /* bytes not yet given to the sink: writers append here */
  ds_buf text;    /* the last ds_out_clean */
  int code;       /* the sink's value of errno, once it failed */
  bool failed;    /* memory ran out somewhere else */
} ds_out;

void ds_out_init(ds_out *out, const dossier_sink *sink);
/* Gives what is pending to the sink once it is much; call it now and then. */
void ds_out_flush(ds_out *out);
/* Whether going on makes sense. */
bool ds_out_good(const ds_out *out);
/* Gives the rest to the sink, frees the buffers and says how it went. */
dossier_status ds_out_end(ds_out *out, dossier_error *err);

/* The text with broken UTF-8 replaced and without characters that XML 1.0 forbids; ended by a zero byte and valid until the next
 * call. Article text has been cleaned long before; ids and labels of a user's own schema have not. */
ds_str ds_out_clean(ds_out *out, ds_str text);
/* Six significant digits (more before the decimal point if need be), always with a decimal point, never with an exponent:
 * "0.25", "1.0". What is not finite becomes 0.0. */
void ds_out_real(ds_buf *buf, double value);

#endif
