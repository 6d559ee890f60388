#include "base/buf.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void ds_buf_init(ds_buf *buf) {
  *buf = (ds_buf){0};
}

void ds_buf_release(ds_buf *buf) {
  free(buf->data);
  ds_buf_init(buf);
}

void ds_buf_clear(ds_buf *buf) {
  buf->len = 0;
  buf->failed = false;
  if (buf->data) buf->data[0] = '\0';
}

/* Room for `more` bytes and the zero byte behind them. */
static bool reserve(ds_buf *buf, size_t more) {
  if (buf->failed) return false;
  if (more < buf->cap - buf->len) return true; /* cap > len once there is data; both are 0 before */
  size_t cap = 0;
  if (more < SIZE_MAX / 2 - buf->len) {
    cap = buf->cap < 32 ? 64 : buf->cap * 2;
    if (cap < buf->len + more + 1) cap = buf->len + more + 1;
  }
  char *data = cap ? realloc(buf->data, cap) : NULL;
  if (!data) {
    buf->failed = true;
    return false;
  }
  buf->data = data;
  buf->cap = cap;
  return true;
}

void ds_buf_append(ds_buf *buf, ds_str s) {
  if (!reserve(buf, s.len)) return;
  if (s.len) memcpy(buf->data + buf->len, s.ptr, s.len);
  buf->len += s.len;
  buf->data[buf->len] = '\0';
}

void ds_buf_appendz(ds_buf *buf, const char *zero_ended) {
  ds_buf_append(buf, ds_str_from(zero_ended));
}

void ds_buf_byte(ds_buf *buf, char c) {
  if (!reserve(buf, 1)) return;
  buf->data[buf->len++] = c;
  buf->data[buf->len] = '\0';
}

void ds_buf_codepoint(ds_buf *buf, uint32_t cp) {
  char out[4];
  size_t len;
  if (cp > 0x10FFFF || (cp >= 0xD800 && cp <= 0xDFFF)) cp = 0xFFFD;
  if (cp < 0x80) {
    out[0] = (char)cp;
    len = 1;
  } else if (cp < 0x800) {
    out[0] = (char)(0xC0 | cp >> 6);
    out[1] = (char)(0x80 | (cp & 0x3F));
    len = 2;
  } else if (cp < 0x10000) {
    out[0] = (char)(0xE0 | cp >> 12);
    out[1] = (char)(0x80 | (cp >> 6 & 0x3F));
    out[2] = (char)(0x80 | (cp & 0x3F));
    len = 3;
  } else {
    out[0] = (char)(0xF0 | cp >> 18);
    out[1] = (char)(0x80 | (cp >> 12 & 0x3F));
    out[2] = (char)(0x80 | (cp >> 6 & 0x3F));
    out[3] = (char)(0x80 | (cp & 0x3F));
    len = 4;
  }
  ds_buf_append(buf, (ds_str){out, len});
}

void ds_buf_printf(ds_buf *buf, const char *format, ...) {
  va_list args;
  va_start(args, format);
  int len = vsnprintf(NULL, 0, format, args);
  va_end(args);
  if (len < 0) buf->failed = true;
  if (len < 0 || !reserve(buf, (size_t)len)) return;
  va_start(args, format);
  vsnprintf(buf->data + buf->len, (size_t)len + 1, format, args);
  va_end(args);
  buf->len += (size_t)len;
}

ds_str ds_buf_str(const ds_buf *buf) {
  return (ds_str){buf->data, buf->len};
}
