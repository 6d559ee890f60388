/* base/sha256.h - SHA-256 (FIPS 180-4): what makes an article the same article (invariant I4) */
#ifndef DS_BASE_SHA256_H
#define DS_BASE_SHA256_H

#include "base/str.h"

/* The digest in lower-case hexadecimal, ended by a zero byte. */
void ds_sha256_hex(ds_str data, char out[65]);

#endif
