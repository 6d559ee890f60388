/* Unpacking .gz files with zlib, bounded, and with damage told apart from a short read. */
#include "read/internal.h"

#include <limits.h>
#include <zlib.h>

bool ds_gzip_is(ds_str bytes) {
  return bytes.len >= 3 && (unsigned char)bytes.ptr[0] == 0x1f && (unsigned char)bytes.ptr[1] == 0x8b &&
         bytes.ptr[2] == Z_DEFLATED;
}

static dossier_status fail(z_stream *stream, int code, const char *name, dossier_error *err) {
  if (code == Z_MEM_ERROR) return ds_fail_memory(err);
  if (code == Z_BUF_ERROR || code == Z_OK)
    return ds_fail_at(err, DOSSIER_INPUT, name, 0, -1, "the compressed file is cut off; fetch it again");
  return ds_fail_at(err, DOSSIER_INPUT, name, 0, -1, "the compressed file is damaged (%s)",
                    stream->msg ? stream->msg : "unknown zlib error");
}

/* One member, from stream->next_in on. */
static dossier_status unpack_member(z_stream *stream, const char *name, size_t limit, ds_buf *out, dossier_error *err) {
  char chunk[32768];
  for (;;) {
    stream->next_out = (Bytef *)chunk;
    stream->avail_out = sizeof chunk;
    int code = inflate(stream, Z_NO_FLUSH);
    size_t got = sizeof chunk - stream->avail_out;
    if (got > limit - out->len)
      return ds_fail_at(err, DOSSIER_INPUT, name, 0, -1,
                        "the compressed file unpacks to more than %zu MiB; unpack it first", limit >> 20);
    ds_buf_append(out, (ds_str){chunk, got});
    if (out->failed) return ds_fail_memory(err);
    if (code == Z_STREAM_END) return DOSSIER_OK;
    if (code != Z_OK || (got == 0 && stream->avail_in == 0)) return fail(stream, code, name, err);
  }
}

dossier_status ds_gzip_unpack(ds_str bytes, const char *name, size_t limit, ds_buf *out, dossier_error *err) {
  z_stream stream = {0};
  if (bytes.len > UINT_MAX) return ds_fail_at(err, DOSSIER_INPUT, name, 0, -1, "the compressed file is too large");
  if (out->len > limit) return ds_fail_at(err, DOSSIER_INPUT, name, 0, -1, "the compressed file is too large");
  if (inflateInit2(&stream, 15 + 16) != Z_OK) return ds_fail_memory(err);
  stream.next_in = (Bytef *)(uintptr_t)bytes.ptr;
  stream.avail_in = (uInt)bytes.len;
  dossier_status status;
  do {
    status = unpack_member(&stream, name, limit, out, err);
    /* Padding or garbage behind the last member is ignored, as gzip does; another member goes on. */
  } while (status == DOSSIER_OK && ds_gzip_is((ds_str){(const char *)stream.next_in, stream.avail_in}) &&
           inflateReset(&stream) == Z_OK);
  inflateEnd(&stream);
  return status;
}
