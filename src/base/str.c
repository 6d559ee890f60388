#include "base/str.h"

#include <string.h>

ds_str ds_str_from(const char *zero_ended) {
  return zero_ended ? (ds_str){zero_ended, strlen(zero_ended)} : DS_STR_NONE;
}

bool ds_str_eq(ds_str a, ds_str b) {
  return a.len == b.len && (!a.len || !memcmp(a.ptr, b.ptr, a.len));
}

bool ds_str_eqz(ds_str a, const char *zero_ended) {
  return ds_str_eq(a, ds_str_from(zero_ended));
}

static char ascii_lower(char c) {
  return c >= 'A' && c <= 'Z' ? (char)(c + ('a' - 'A')) : c;
}

bool ds_str_eq_nocase(ds_str a, ds_str b) {
  if (a.len != b.len) return false;
  for (size_t i = 0; i < a.len; i++)
    if (ascii_lower(a.ptr[i]) != ascii_lower(b.ptr[i])) return false;
  return true;
}

int ds_str_cmp(ds_str a, ds_str b) {
  size_t common = a.len < b.len ? a.len : b.len;
  int order = common ? memcmp(a.ptr, b.ptr, common) : 0;
  return order ? order : (a.len > b.len) - (a.len < b.len);
}

bool ds_str_starts(ds_str s, ds_str prefix) {
  return s.len >= prefix.len && ds_str_eq((ds_str){s.ptr, prefix.len}, prefix);
}

bool ds_str_ends(ds_str s, ds_str suffix) {
  return s.len >= suffix.len && ds_str_eq(ds_str_sub(s, s.len - suffix.len, s.len), suffix);
}

bool ds_str_find(ds_str s, ds_str needle, size_t *at) {
  size_t place = 0;
  if (needle.len) {
    const char *found = s.len ? memmem(s.ptr, s.len, needle.ptr, needle.len) : NULL;
    if (!found) return false;
    place = (size_t)(found - s.ptr);
  }
  if (at) *at = place;
  return true;
}

ds_str ds_str_sub(ds_str s, size_t start, size_t end) {
  if (end > s.len) end = s.len;
  if (start > end) start = end;
  return s.ptr ? (ds_str){s.ptr + start, end - start} : s;
}

static bool is_blank(char c) {
  return c == ' ' || (c >= '\t' && c <= '\r');
}

ds_str ds_str_trim(ds_str s) {
  size_t start = 0, end = s.len;
  while (start < end && is_blank(s.ptr[start])) start++;
  while (end > start && is_blank(s.ptr[end - 1])) end--;
  return ds_str_sub(s, start, end);
}

bool ds_str_split(ds_str *rest, char separator, ds_str *part) {
  if (!rest->len) return false;
  const char *at = memchr(rest->ptr, separator, rest->len);
  size_t len = at ? (size_t)(at - rest->ptr) : rest->len;
  *part = (ds_str){rest->ptr, len};
  *rest = ds_str_sub(*rest, at ? len + 1 : len, rest->len);
  return true;
}

bool ds_str_to_u32(ds_str s, uint32_t *out) {
  uint64_t number = 0;
  if (!s.len) return false;
  for (size_t i = 0; i < s.len; i++) {
    if (s.ptr[i] < '0' || s.ptr[i] > '9') return false;
    number = number * 10 + (uint64_t)(s.ptr[i] - '0');
    if (number > UINT32_MAX) return false;
  }
  *out = (uint32_t)number;
  return true;
}

/* FNV-1a, then the finisher of MurmurHash3: FNV alone leaves the low bits, which hash maps use, poorly mixed. */
uint64_t ds_str_hash(ds_str s) {
  uint64_t h = 0xcbf29ce484222325u;
  for (size_t i = 0; i < s.len; i++) h = (h ^ (unsigned char)s.ptr[i]) * 0x100000001b3u;
  h ^= h >> 33;
  h *= 0xff51afd7ed558ccdu;
  h ^= h >> 33;
  h *= 0xc4ceb9fe1a85ec53u;
  return h ^ h >> 33;
}
