/* base/buf.h - a growing run of bytes
 *
 * Appending never reports failure at once: a buffer that ran out of memory remembers it (failed) and takes no more, so that
 * a writer checks once at its end. data always ends with a zero byte once anything was appended.
 */
#ifndef DS_BASE_BUF_H
#define DS_BASE_BUF_H

#include "base/str.h"

typedef struct ds_buf {
  char *data; /* owned, or NULL */
  size_t len, cap;
  bool failed;
} ds_buf;

void ds_buf_init(ds_buf *buf);
void ds_buf_release(ds_buf *buf);
void ds_buf_clear(ds_buf *buf); /* length 0, memory kept */
void ds_buf_append(ds_buf *buf, ds_str s);
void ds_buf_appendz(ds_buf *buf, const char *zero_ended);
void ds_buf_byte(ds_buf *buf, char c);
void ds_buf_codepoint(ds_buf *buf, uint32_t cp); /* as UTF-8; U+FFFD for what UTF-8 cannot hold */
void ds_buf_printf(ds_buf *buf, const char *format, ...) __attribute__((format(printf, 2, 3)));
ds_str ds_buf_str(const ds_buf *buf);

#endif
