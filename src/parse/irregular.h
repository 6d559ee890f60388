/* parse/irregular.h - past forms of strong verbs */
#ifndef DS_PARSE_IRREGULAR_H
#define DS_PARSE_IRREGULAR_H

#include "base/str.h"

/* Whether a form in lower case is the past or participle of a strong verb: prefix and lemma, joined, are its base form ("with" and
 * "hold"). Only for tokens tagged as such: "found" is also a verb of its own. */
bool ds_irregular_lemma(ds_str form, ds_str *prefix, ds_str *lemma);

#endif
