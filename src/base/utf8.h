/* base/utf8.h - UTF-8: reading characters, repairing bytes, folding case
 *
 * All article text inside the library is valid UTF-8 without the control characters below U+0020 other than tab and
 * newline. Offsets are bytes of that text (invariant I1).
 */
#ifndef DS_BASE_UTF8_H
#define DS_BASE_UTF8_H

#include "base/buf.h"
#include "base/str.h"

/* The character at byte `at` and, in *size (may be NULL), its bytes. Broken bytes give U+FFFD and size 1. `at` < s.len. */
uint32_t ds_utf8_at(ds_str s, size_t at, size_t *size);
/* The start of the character before byte `at`; `at` > 0. */
size_t ds_utf8_before(ds_str s, size_t at);
bool ds_utf8_valid(ds_str s);
/* Appends s with every broken byte sequence replaced by one U+FFFD, with CR LF and CR as LF, without a byte order mark, and
 * with the characters that XML 1.0 does not allow dropped. */
void ds_utf8_repair(ds_str s, ds_buf *out);
size_t ds_utf8_count(ds_str s); /* characters */
/* The size of the longest start of s that has at most `max` bytes and ends between characters. */
size_t ds_utf8_cut(ds_str s, size_t max);

bool ds_cp_is_space(uint32_t cp);
bool ds_cp_is_alpha(uint32_t cp); /* letters of any script */
bool ds_cp_is_digit(uint32_t cp); /* 0-9 alone */
bool ds_cp_is_upper(uint32_t cp); /* Latin, Greek, Cyrillic, Armenian */
bool ds_cp_is_lower(uint32_t cp);
bool ds_cp_is_punct(uint32_t cp); /* punctuation and symbols, ASCII and Unicode's common ranges */
uint32_t ds_cp_lower(uint32_t cp);
uint32_t ds_cp_upper(uint32_t cp);
/* The base letter of a Latin letter with marks (e for an accented e), 0 for a combining mark, else cp itself. */
uint32_t ds_cp_strip_mark(uint32_t cp);
/* Lower case without marks, for comparing names: appends to out. Sharp s, thorn and tied letters become two letters (ss, th,
 * ae, oe, ij), final sigma becomes sigma. */
void ds_utf8_fold(ds_str s, ds_buf *out);

#endif
