#include "claim/finder.h"

#include <string.h>

#define LONGEST 32 /* bytes of a form that is worth a try */

/* Endings of English verbs and nouns, and what stands for them in the lemma; "=" where a doubled letter goes too. */
typedef struct ending {
  const char *cut, *add;
  bool noun; /* plurals */
} ending;
static const ending endings[] = {{"ied", "y", false}, {"ies", "y", true},   {"ed", "e", false},  {"ed", "", false},  {"ed", "=", false},
                                 {"ing", "e", false}, {"ing", "", false},   {"ing", "=", false}, {"ying", "ie", false}, {"es", "", true},
                                 {"s", "", true}};

static bool is_known(const finder *f, ds_str word) { return ds_map_get(&f->frames->vocabulary, word, NULL); }

/* The lemma that an ending gives, in `out`; empty where it does not fit the form. */
static ds_str candidate(ds_str form, const ending *e, char out[LONGEST + 4]) {
  ds_str cut = ds_str_from(e->cut);
  if (!ds_str_ends(form, cut) || form.len < cut.len + 2) return DS_STR("");
  size_t len = form.len - cut.len;
  memcpy(out, form.ptr, len);
  if (e->add[0] == '=') {
    if (out[len - 1] != out[len - 2]) return DS_STR("");
    return (ds_str){out, len - 1};
  }
  size_t more = strlen(e->add);
  memcpy(out + len, e->add, more);
  return (ds_str){out, len + more};
}

/* A lemma that the frames do not know, though they know one that the form may have: the model took the wrong ending. */
static ds_str repair(finder *f, uint32_t token) {
  const ds_word *word = tree_word(&f->t, token);
  ds_str form = f->t.text->tokens[token].form;
  char lower[LONGEST], out[LONGEST + 4];
  if ((word->upos != DS_UPOS_VERB && word->upos != DS_UPOS_NOUN) || form.len > LONGEST) return word->lemma;
  bool left = word->xpos == DS_XPOS_VBG && ds_str_eq_nocase(word->lemma, form); /* "funding" for a verb */
  if (!left && is_known(f, word->lemma)) return word->lemma;
  for (size_t i = 0; i < form.len; i++) lower[i] = (char)(form.ptr[i] >= 'A' && form.ptr[i] <= 'Z' ? form.ptr[i] + 32 : form.ptr[i]);
  form.ptr = lower;
  for (size_t i = 0; i < sizeof endings / sizeof *endings; i++) {
    if (word->upos == DS_UPOS_NOUN && !endings[i].noun) continue;
    ds_str found = candidate(form, &endings[i], out);
    uint64_t index;
    if (found.len && ds_map_get(&f->frames->vocabulary, found, &index)) return f->frames->vocabulary.entries[index].key;
  }
  return word->lemma;
}

bool lemma_prepare(finder *f) {
  size_t n = f->t.text->token_count;
  ds_str *lemmas = DS_NEW_ARRAY(f->arena, ds_str, n);
  if (!lemmas) return false;
  for (uint32_t i = 0; i < n; i++) lemmas[i] = repair(f, i);
  f->t.lemma = lemmas;
  return true;
}
