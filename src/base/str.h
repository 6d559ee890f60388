/* base/str.h - slices of bytes that somebody else owns
 *
 * A ds_str is a pointer and a length. It need not end with a zero byte, may hold any byte, and is passed by value. Whoever
 * makes one says what owns the bytes (the article's text, an arena, a mapped file).
 */
#ifndef DS_BASE_STR_H
#define DS_BASE_STR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct ds_str {
  const char *ptr;
  size_t len; /* bytes */
} ds_str;

#define DS_STR(literal) ((ds_str){"" literal, sizeof(literal) - 1})
#define DS_STR_NONE ((ds_str){NULL, 0})
/* printf("%.*s", DS_STR_ARG(s)) */
#define DS_STR_ARG(s) (int)(s).len, (s).ptr ? (s).ptr : ""

ds_str ds_str_from(const char *zero_ended); /* NULL gives the empty slice */
bool ds_str_eq(ds_str a, ds_str b);
bool ds_str_eqz(ds_str a, const char *zero_ended);
bool ds_str_eq_nocase(ds_str a, ds_str b); /* ASCII letters only */
int ds_str_cmp(ds_str a, ds_str b);        /* byte order, shorter first; for sorting */
bool ds_str_starts(ds_str s, ds_str prefix);
bool ds_str_ends(ds_str s, ds_str suffix);
bool ds_str_find(ds_str s, ds_str needle, size_t *at); /* first place, by bytes; false where absent */
ds_str ds_str_sub(ds_str s, size_t start, size_t end); /* [start, end), cut to the slice */
ds_str ds_str_trim(ds_str s);                          /* without ASCII blanks at both ends */
/* Cuts the part before the next separator off *rest; false when nothing is left. "a,,b" gives a, "", b;
 * "a," gives a alone, as a file's last line ends with a newline. */
bool ds_str_split(ds_str *rest, char separator, ds_str *part);
/* Decimal digits alone to a number; false for anything else or overflow. */
bool ds_str_to_u32(ds_str s, uint32_t *out);
uint64_t ds_str_hash(ds_str s); /* the same value on every machine and in every run */

#endif
