/* From bytes in whatever encoding to repaired UTF-8. */
#include "read/internal.h"

#include "base/utf8.h"

#include <errno.h>
#include <iconv.h>
#include <string.h>
#include <uchardet/uchardet.h>

#define DECLARED_WITHIN 4096            /* browsers look at the first 1,024 bytes; sites are later than that */
#define DETECT_WITHIN ((size_t)1 << 20) /* bytes shown to the detector */

/* Encodings whose names on the web stand for a larger set (WHATWG Encoding Standard, "names and labels"). */
static const char *const aliases[][2] = {
    {"iso-8859-1", "WINDOWS-1252"},
    {"iso8859-1", "WINDOWS-1252"},
    {"iso_8859-1", "WINDOWS-1252"},
    {"latin1", "WINDOWS-1252"},
    {"latin-1", "WINDOWS-1252"},
    {"ascii", "WINDOWS-1252"},
    {"us-ascii", "WINDOWS-1252"},
    {"cp1252", "WINDOWS-1252"},
    {"x-cp1252", "WINDOWS-1252"},
    {"ansi", "WINDOWS-1252"},
    {"iso-8859-9", "WINDOWS-1254"},
    {"latin5", "WINDOWS-1254"},
    {"iso-8859-11", "CP874"},
    {"tis-620", "CP874"},
    {"windows-874", "CP874"},
    {"gb2312", "GB18030"},
    {"gbk", "GB18030"},
    {"x-gbk", "GB18030"},
    {"shift_jis", "CP932"},
    {"shift-jis", "CP932"},
    {"sjis", "CP932"},
    {"x-sjis", "CP932"},
    {"windows-31j", "CP932"},
    {"euc-kr", "CP949"},
    {"ks_c_5601-1987", "CP949"},
    {"uhc", "CP949"},
    {"x-mac-roman", "MACINTOSH"},
    {"utf8", "UTF-8"},
    {"big5", "BIG5-HKSCS"},
};

static const char *find_alias(ds_str label) {
  for (size_t i = 0; i < sizeof aliases / sizeof *aliases; i++)
    if (ds_str_eq_nocase(label, ds_str_from(aliases[i][0]))) return aliases[i][1];
  return NULL;
}

/* ---- what the bytes say */

typedef struct shape {
  size_t controls, zeros; /* control characters that text does not have; zero bytes among them */
  size_t high;            /* bytes of 0x80 and above */
  size_t good, broken;    /* UTF-8 sequences of two bytes and more; bytes that are part of none */
  size_t escapes;
} shape;

static shape look(ds_str s) {
  shape seen = {0};
  for (size_t at = 0, size; at < s.len; at += size) {
    unsigned char c = (unsigned char)s.ptr[at];
    size = 1;
    if (c < 0x80) {
      seen.zeros += c == 0;
      seen.escapes += c == 0x1b;
      seen.controls += (c < 0x20 && !(c >= '\t' && c <= '\r') && c != 0x1a && c != 0x1b) || c == 0x7f;
      continue;
    }
    if (ds_utf8_at(s, at, &size) == 0xFFFD && size == 1) {
      /* The last character of a file that was cut is no sign of another encoding. */
      if (s.len - at >= 4 || c < 0xC2) seen.broken++;
    } else {
      seen.good++;
    }
    seen.high += size;
  }
  return seen;
}

static const char *by_mark(ds_str s, size_t *skip) {
  static const struct {
    const char *mark;
    size_t len;
    const char *name;
  } marks[] = {{"\xEF\xBB\xBF", 3, "UTF-8"},
               {"\xFF\xFE\0\0", 4, "UTF-32LE"},
               {"\0\0\xFE\xFF", 4, "UTF-32BE"},
               {"\xFF\xFE", 2, "UTF-16LE"},
               {"\xFE\xFF", 2, "UTF-16BE"}};
  for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
    *skip = marks[i].len;
    if (ds_str_starts(s, (ds_str){marks[i].mark, marks[i].len})) return marks[i].name;
  }
  *skip = 0;
  return NULL;
}

static ds_str lower_head(ds_str s, char *room, size_t cap) {
  s = ds_str_sub(s, 0, cap);
  for (size_t i = 0; i < s.len; i++) room[i] = s.ptr[i] >= 'A' && s.ptr[i] <= 'Z' ? (char)(s.ptr[i] + 32) : s.ptr[i];
  return (ds_str){room, s.len};
}

/* The name behind `key`, which must be followed by = in a meta tag or an XML declaration. */
static ds_str declared(ds_str head, ds_str key) {
  size_t found;
  while (ds_str_find(head, key, &found)) {
    size_t at = found + key.len;
    while (at < head.len && strchr(" \t\r\n", head.ptr[at])) at++;
    head = ds_str_sub(head, at, head.len);
    if (head.len == 0 || head.ptr[0] != '=') continue;
    size_t start = 1;
    while (start < head.len && strchr(" \t\r\n\"'", head.ptr[start])) start++;
    size_t end = start;
    while (end < head.len && !strchr(" \t\r\n\"';>/?", head.ptr[end])) end++;
    if (end > start && end - start < 40) return ds_str_sub(head, start, end);
  }
  return DS_STR_NONE;
}

static ds_str by_declaration(ds_str bytes, char *room) {
  ds_str head = lower_head(bytes, room, DECLARED_WITHIN), name = DS_STR_NONE;
  if (ds_str_starts(head, DS_STR("<?xml"))) {
    size_t end;
    if (ds_str_find(head, DS_STR("?>"), &end)) name = declared(ds_str_sub(head, 0, end), DS_STR("encoding"));
  }
  return name.len ? name : declared(head, DS_STR("charset"));
}

/* What uchardet takes the bytes for, in room; "" where it cannot say or memory ran out. */
static void by_detection(ds_str bytes, char room[64]) {
  room[0] = 0;
  uchardet_t detector = uchardet_new();
  if (!detector) return;
  if (uchardet_handle_data(detector, bytes.ptr, bytes.len < DETECT_WITHIN ? bytes.len : DETECT_WITHIN) == 0) {
    uchardet_data_end(detector);
    ds_str found = ds_str_from(uchardet_get_charset(detector));
    if (found.len < 64) memcpy(room, found.ptr, found.len), room[found.len] = 0;
  }
  uchardet_delete(detector);
}

static bool is_multibyte(ds_str name) {
  static const char *const starts[] = {"GB", "BIG5", "EUC", "SHIFT", "ISO-2022", "UHC", "HZ", "CP9", "JOHAB"};
  for (size_t i = 0; i < sizeof starts / sizeof *starts; i++)
    if (ds_str_starts(name, ds_str_from(starts[i]))) return true;
  return false;
}

/* ---- conversion */

static bool convert(ds_str bytes, const char *from, ds_buf *out) {
  iconv_t cd = iconv_open("UTF-8", from);
  if (cd == (iconv_t)-1) return false;
  char chunk[8192], *in = (char *)(uintptr_t)bytes.ptr;
  size_t left = bytes.len;
  bool wide = strncmp(from, "UTF-16", 6) == 0, wider = strncmp(from, "UTF-32", 6) == 0;
  size_t unit = wider ? 4 : wide ? 2 : 1;
  while (left > 0) {
    char *to = chunk;
    size_t room = sizeof chunk;
    size_t code = iconv(cd, &in, &left, &to, &room);
    int reason = errno;
    ds_buf_append(out, (ds_str){chunk, sizeof chunk - room});
    if (code != (size_t)-1 || reason == E2BIG) continue;
    /* A byte that the encoding does not have, or a character cut off at the end. */
    ds_buf_codepoint(out, 0xFFFD);
    size_t skip = unit < left ? unit : left;
    in += skip;
    left -= skip;
  }
  iconv_close(cd);
  return true;
}

/* Pages that were converted as ISO 8859-1 hold windows-1252's quotes and dashes as control characters U+0080 to U+009F. */
static void mend_controls(ds_str s, ds_buf *out) {
  size_t copied = 0;
  for (size_t i = 0; i < s.len; i++) {
    unsigned char c = (unsigned char)s.ptr[i], next = i + 1 < s.len ? (unsigned char)s.ptr[i + 1] : 0;
    bool control = c == 0xC2 && next >= 0x80 && next <= 0x9F;
    if (!control && c != 0x7F) continue;
    ds_buf_append(out, ds_str_sub(s, copied, i));
    uint32_t meant = control ? ds_windows_meant(next) : 0;
    if (meant) ds_buf_codepoint(out, meant);
    copied = i + (control ? 2 : 1);
  }
  ds_buf_append(out, ds_str_sub(s, copied, s.len));
}

/* ---- choosing */

static dossier_status fail_binary(ds_str s, const char *name, dossier_error *err) {
  static const struct {
    const char *magic, *what;
  } known[] = {{"%PDF", "a PDF file"},
               {"PK\x03\x04", "a ZIP archive or an office document"},
               {"\x89PNG", "a picture"},
               {"\xFF\xD8\xFF", "a picture"},
               {"GIF8", "a picture"},
               {"RIFF", "a picture, sound or film"},
               {"\x7F"
                "ELF",
                "a program"},
               {"\xD0\xCF\x11\xE0", "an old office document"},
               {"SQLite format 3", "a database"},
               {"BZh", "compressed with bzip2"},
               {"\xFD"
                "7zXZ",
                "compressed with xz"},
               {"\x28\xB5\x2F\xFD", "compressed with zstd"}};
  for (size_t i = 0; i < sizeof known / sizeof *known; i++)
    if (ds_str_starts(s, ds_str_from(known[i].magic)))
      return ds_fail_at(err, DOSSIER_INPUT, name, 0, -1, "not text but %s; save it as .txt or .html", known[i].what);
  return ds_fail_at(err, DOSSIER_INPUT, name, 0, -1, "not text: the file holds binary data");
}

/* PDF files begin with text that would pass. */
static bool is_binary(ds_str s, const shape *seen) {
  return ds_str_starts(s, DS_STR("%PDF-")) || seen->controls > 8 + s.len / 100 ||
         (s.len < 800 && seen->controls > s.len / 20);
}

/* Everything that has no byte order mark. Appends UTF-8 to out. */
static void convert_unmarked(ds_str bytes, const shape *seen, bool html, ds_buf *out) {
  char head[DECLARED_WITHIN], found[64] = "";
  ds_str name = html ? by_declaration(bytes, head) : DS_STR_NONE;
  bool escaped = seen->escapes > 0 && ds_str_starts(name, DS_STR("iso-2022-"));
  if (!escaped && seen->good >= seen->broken) {
    ds_buf_append(out, bytes);
    return;
  }
  if (name.len && !ds_str_eq_nocase(name, DS_STR("utf-8")) && !ds_str_starts(name, DS_STR("utf-16"))) {
    const char *alias = find_alias(name);
    memcpy(found, name.ptr, name.len);
    found[name.len] = 0;
    if (convert(bytes, alias ? alias : found, out)) return;
  }
  by_detection(bytes, found);
  const char *alias = find_alias(ds_str_from(found)), *from = alias ? alias : found;
  /* English with a few high bytes has quotes, dashes and accents of windows-1252 in them: too little for a detector. */
  bool few = seen->high * 20 < bytes.len && !is_multibyte(ds_str_from(found));
  if (few || !*from || ds_str_eq_nocase(ds_str_from(from), DS_STR("utf-8"))) from = "WINDOWS-1252";
  if (!convert(bytes, from, out) && !convert(bytes, "WINDOWS-1252", out)) ds_buf_append(out, bytes);
}

dossier_status ds_decode(ds_str bytes, bool html, const char *name, ds_buf *out, dossier_error *err) {
  if (bytes.len > DS_READ_MAX_ARTICLE)
    return ds_fail_at(err, DOSSIER_INPUT, name, 0, -1, "too large for an article (over %zu MiB)",
                      DS_READ_MAX_ARTICLE >> 20);
  ds_buf text, mended;
  ds_buf_init(&text);
  ds_buf_init(&mended);
  size_t skip;
  const char *marked = by_mark(bytes, &skip);
  ds_str rest = ds_str_sub(bytes, skip, bytes.len);
  if (!marked || strcmp(marked, "UTF-8") == 0) {
    shape seen = look(rest);
    if (is_binary(rest, &seen)) return fail_binary(rest, name, err);
    if (marked)
      ds_buf_append(&text, rest);
    else
      convert_unmarked(rest, &seen, html, &text);
  } else if (!convert(rest, marked, &text)) {
    return ds_fail_at(err, DOSSIER_INPUT, name, 0, -1, "written in %s, which this system cannot convert", marked);
  }
  mend_controls(ds_buf_str(&text), &mended);
  ds_utf8_repair(ds_buf_str(&mended), out);
  bool failed = text.failed || mended.failed || out->failed;
  ds_buf_release(&text);
  ds_buf_release(&mended);
  return failed ? ds_fail_memory(err) : DOSSIER_OK;
}
