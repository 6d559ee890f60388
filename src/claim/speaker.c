#include "claim/finder.h"

#define DEEPEST 40 /* steps from a token to its root */

static const speaker NOBODY = {DS_NO_ENTITY, DS_NO_HEAD};

/* Who a nominal names as speaking. */
static speaker speaker_from(const finder *f, uint32_t token, bool owner) {
  actor_refs refs = {.count = 0};
  if (token != DS_NO_HEAD) who_is(f, token, owner, &refs);
  if (!refs.count) return NOBODY;
  return (speaker){refs.items[0].entity, f->layers->actors->mentions[refs.items[0].mention].head};
}

/* The subject of a verb of saying. */
static speaker sayer(const finder *f, uint32_t verb) {
  const tree *t = &f->t;
  uint32_t subject = DS_NO_HEAD;
  if (tree_is_passive(t, verb)) {
    EACH_CHILD(t, verb, c)
      if (tree_rel(t, c) == DS_DEPREL_OBL_AGENT || (tree_base(t, c) == DS_DEPREL_OBL && ds_str_eq(tree_case(t, c), DS_STR("by")))) subject = c;
  } else {
    subject = tree_subject(t, verb);
  }
  return speaker_from(f, subject, false);
}

static bool speaks(const finder *f, uint32_t verb, ds_str link) {
  const tree *t = &f->t;
  if (!tree_is_verb(t, verb)) return false;
  ds_str lemma = tree_verb_lemma(t, verb);
  const effect *e = NULL;
  if (link.len) {
    ds_str both = ds_arena_printf(f->arena, "%.*s %.*s", DS_STR_ARG(lemma), DS_STR_ARG(link));
    if (both.ptr) e = frames_effect(f->frames, &f->frames->clause_effects, both);
  }
  if (!e) e = frames_effect(f->frames, &f->frames->clause_effects, lemma);
  return e && e->speaks;
}

/* Speakers that stand beside a node: "..., X said", "according to X". */
static speaker beside(const finder *f, uint32_t node, uint32_t from) {
  const tree *t = &f->t;
  EACH_CHILD(t, node, c) {
    if (c == from) continue;
    speaker found = NOBODY;
    if (tree_base(t, c) == DS_DEPREL_PARATAXIS && speaks(f, c, DS_STR(""))) found = sayer(f, c);
    if (tree_base(t, c) == DS_DEPREL_OBL && ds_str_eq(tree_case(t, c), DS_STR("according to")))
      found = speaker_from(f, c, true);
    if (found.entity != DS_NO_ENTITY) return found;
  }
  return NOBODY;
}

/* Whether a clause is what its governor says: a complement, or "accused Y of arming". */
static bool is_said(const finder *f, uint32_t node, uint32_t head) {
  ds_deprel base = tree_base(&f->t, node);
  ds_str mark = tree_mark(&f->t, node);
  if (base == DS_DEPREL_CCOMP || base == DS_DEPREL_PARATAXIS || base == DS_DEPREL_XCOMP) return speaks(f, head, mark);
  return base == DS_DEPREL_ADVCL && ds_str_eq(mark, DS_STR("of")) && speaks(f, head, mark);
}

speaker speaker_of(const finder *f, uint32_t token) {
  const tree *t = &f->t;
  speaker out = NOBODY;
  uint32_t from = DS_NO_HEAD, node = token;
  for (int depth = 0; depth < DEEPEST && node != DS_NO_HEAD; depth++) {
    speaker found = beside(f, node, from);
    uint32_t head = tree_head(t, node);
    if (found.entity != DS_NO_ENTITY) out = found;
    if (head != DS_NO_HEAD && is_said(f, node, head)) {
      found = sayer(f, head);
      if (found.entity != DS_NO_ENTITY) out = found;
    }
    from = node;
    node = head;
  }
  if (out.entity == DS_NO_ENTITY && f->quotation[token]) out.entity = f->said_by[t->sentence[token]];
  return out;
}

static bool is_open(ds_str form) {
  return ds_str_eq(form, DS_STR("\xE2\x80\x9C")) || ds_str_eq(form, DS_STR("``")) || ds_str_eq(form, DS_STR("\xC2\xAB")) || ds_str_eq(form, DS_STR("\xE2\x80\x9E"));
}

static bool is_close(ds_str form) {
  return ds_str_eq(form, DS_STR("\xE2\x80\x9D")) || ds_str_eq(form, DS_STR("''")) || ds_str_eq(form, DS_STR("\xC2\xBB"));
}

/* Numbers the quotations. One that is not closed ends with its paragraph. */
static void find_quotations(finder *f) {
  const ds_text *text = f->t.text;
  uint32_t number = 0, paragraph = UINT32_MAX;
  bool inside = false;
  for (size_t s = 0; s < text->sentence_count; s++) {
    const ds_sentence *sentence = &text->sentences[s];
    if (sentence->paragraph != paragraph) inside = false;
    paragraph = sentence->paragraph;
    for (uint32_t i = sentence->first; i < sentence->first + sentence->count; i++) {
      ds_str form = text->tokens[i].form;
      if (form.len > 3) { /* no quotation mark is longer */
        if (inside) f->quotation[i] = number;
        continue;
      }
      bool straight = ds_str_eq(form, DS_STR("\""));
      if (is_open(form) || (straight && !inside)) {
        inside = true;
        number++;
      } else if (is_close(form) || straight) {
        inside = false;
      } else if (inside) {
        f->quotation[i] = number;
      }
    }
  }
}

/* Whom a sentence names as speaking, by its first verb of saying outside the quotation. */
static uint32_t sentence_speaker(const finder *f, const ds_sentence *sentence) {
  for (uint32_t i = sentence->first; i < sentence->first + sentence->count; i++) {
    if (f->quotation[i] || !speaks(f, i, DS_STR(""))) continue;
    uint32_t found = sayer(f, i).entity;
    if (found != DS_NO_ENTITY) return found;
  }
  return DS_NO_ENTITY;
}

void speaker_prepare(finder *f) {
  const ds_text *text = f->t.text;
  find_quotations(f);
  uint32_t last = DS_NO_ENTITY, paragraph = 0;
  for (size_t s = 0; s < text->sentence_count; s++) {
    const ds_sentence *sentence = &text->sentences[s];
    bool quoted = false;
    for (uint32_t i = 0; i < sentence->count && !quoted; i++) quoted = f->quotation[sentence->first + i] != 0;
    uint32_t own = sentence_speaker(f, sentence);
    if (own != DS_NO_ENTITY) {
      last = own;
    } else if (!quoted || sentence->paragraph > paragraph + 1) {
      last = DS_NO_ENTITY;
    }
    paragraph = sentence->paragraph;
    f->said_by[s] = last;
  }
}
