/* text/special.h - inside text/: addresses, names of hosts and files, tags, smileys, units */
#ifndef DS_TEXT_SPECIAL_H
#define DS_TEXT_SPECIAL_H

#include "text/lex.h"

/* Bytes of the address, tag or smiley that starts at `at` of the run that starts at `start`; 0 where there is none. */
size_t ds_special(const ds_scan *scan, size_t start, size_t at);

/* Whether letters are cut from the number that they follow: 40|km, 7:30|PM, 4.2|bn; not 5th, 1990s, 330i. */
bool ds_cuts_unit(ds_str number, ds_str letters);

#endif
