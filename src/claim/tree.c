#include "claim/tree.h"

#define DEEPEST 8 /* steps of inheritance before a subject is given up */

dossier_status tree_init(tree *t, ds_arena *arena, const ds_text *text, const ds_parse *parse, dossier_error *err) {
  size_t n = text->token_count;
  *t = (tree){arena, text, parse, DS_NEW_ARRAY(arena, uint32_t, n), DS_NEW_ARRAY(arena, uint32_t, n),
              DS_NEW_ARRAY(arena, uint32_t, n)};
  if (!t->child || !t->next || !t->sentence) return ds_fail_memory(err);
  for (size_t i = 0; i < n; i++) t->child[i] = t->next[i] = DS_NO_HEAD;
  for (size_t i = n; i-- > 0;) {
    uint32_t head = parse->words[i].head;
    if (head == DS_NO_HEAD || head >= n) continue;
    t->next[i] = t->child[head];
    t->child[head] = (uint32_t)i;
  }
  for (size_t s = 0; s < text->sentence_count; s++)
    for (uint32_t i = 0; i < text->sentences[s].count; i++) t->sentence[text->sentences[s].first + i] = (uint32_t)s;
  return DOSSIER_OK;
}

uint32_t tree_find(const tree *t, uint32_t token, ds_deprel rel) {
  EACH_CHILD(t, token, c)
    if (tree_rel(t, c) == rel) return c;
  return DS_NO_HEAD;
}

uint32_t tree_find_base(const tree *t, uint32_t token, ds_deprel base) {
  EACH_CHILD(t, token, c)
    if (tree_base(t, c) == base) return c;
  return DS_NO_HEAD;
}

/* a + " " + b, either of which may be empty */
static ds_str join(const tree *t, ds_str a, ds_str b) {
  if (!a.len) return b;
  if (!b.len) return a;
  return ds_arena_printf(t->arena, "%.*s %.*s", DS_STR_ARG(a), DS_STR_ARG(b));
}

/* Function words are compared by their lemma, which is in lower case whatever the form is; "according" keeps its form. */
static ds_str function_word(const tree *t, uint32_t token) {
  ds_str form = t->text->tokens[token].form;
  ds_str word = ds_str_eq(tree_lemma(t, token), DS_STR("accord")) ? DS_STR("according") : tree_lemma(t, token);
  if (!word.len) word = form;
  EACH_CHILD(t, token, c)
    if (tree_rel(t, c) == DS_DEPREL_FIXED) word = join(t, word, tree_lemma(t, c));
  return word;
}

ds_str tree_case(const tree *t, uint32_t token) {
  ds_str out = DS_STR("");
  EACH_CHILD(t, token, c) {
    if (tree_rel(t, c) != DS_DEPREL_CASE || tree_word(t, c)->xpos == DS_XPOS_POS) continue;
    out = join(t, out, function_word(t, c));
  }
  return out;
}

ds_str tree_mark(const tree *t, uint32_t token) {
  ds_str out = DS_STR("");
  EACH_CHILD(t, token, c)
    if (tree_rel(t, c) == DS_DEPREL_MARK) out = join(t, out, function_word(t, c));
  return out;
}

ds_str tree_verb_lemma(const tree *t, uint32_t token) {
  uint32_t particle = tree_find(t, token, DS_DEPREL_COMPOUND_PRT);
  if (particle == DS_NO_HEAD) return tree_lemma(t, token);
  return join(t, tree_lemma(t, token), tree_lemma(t, particle));
}

bool tree_is_verb(const tree *t, uint32_t token) { return tree_word(t, token)->upos == DS_UPOS_VERB; }

bool tree_is_nominal(const tree *t, uint32_t token) {
  uint8_t upos = tree_word(t, token)->upos;
  return upos == DS_UPOS_NOUN || upos == DS_UPOS_PROPN || upos == DS_UPOS_PRON || upos == DS_UPOS_NUM;
}

bool tree_is_relative(const tree *t, uint32_t token) {
  uint8_t xpos = tree_word(t, token)->xpos;
  if (xpos != DS_XPOS_WDT && xpos != DS_XPOS_WP && xpos != DS_XPOS_WPS) return false;
  return tree_antecedent(t, token) != token;
}

uint32_t tree_antecedent(const tree *t, uint32_t token) {
  uint8_t xpos = tree_word(t, token)->xpos;
  if (xpos != DS_XPOS_WDT && xpos != DS_XPOS_WP && xpos != DS_XPOS_WPS && xpos != DS_XPOS_WRB) return token;
  uint32_t at = token;
  for (int depth = 0; depth < DEEPEST && at != DS_NO_HEAD; depth++, at = tree_head(t, at)) {
    if (tree_rel(t, at) != DS_DEPREL_ACL_RELCL || at == token) continue;
    uint32_t head = tree_head(t, at);
    return head == DS_NO_HEAD ? token : head;
  }
  return token;
}

static bool has_auxiliary(const tree *t, uint32_t verb) { return tree_find_base(t, verb, DS_DEPREL_AUX) != DS_NO_HEAD; }

bool tree_is_passive(const tree *t, uint32_t verb) {
  for (int depth = 0; depth < DEEPEST; depth++) {
    if (tree_find(t, verb, DS_DEPREL_AUX_PASS) != DS_NO_HEAD || tree_find(t, verb, DS_DEPREL_NSUBJ_PASS) != DS_NO_HEAD) return true;
    if (tree_word(t, verb)->xpos != DS_XPOS_VBN || has_auxiliary(t, verb)) return false;
    ds_deprel rel = tree_rel(t, verb);
    if (tree_find(t, verb, DS_DEPREL_NSUBJ) != DS_NO_HEAD) return false;
    if (rel == DS_DEPREL_ACL || rel == DS_DEPREL_AMOD || rel == DS_DEPREL_ADVCL || rel == DS_DEPREL_XCOMP) return true;
    if (rel != DS_DEPREL_CONJ) return false;
    uint32_t head = tree_head(t, verb);
    if (head == DS_NO_HEAD || !tree_is_verb(t, head)) return false;
    verb = head;
  }
  return false;
}

uint32_t tree_own_subject(const tree *t, uint32_t predicate) {
  EACH_CHILD(t, predicate, c) {
    ds_deprel rel = tree_rel(t, c);
    if (rel != DS_DEPREL_NSUBJ && rel != DS_DEPREL_NSUBJ_PASS && rel != DS_DEPREL_NSUBJ_OUTER) continue;
    return tree_antecedent(t, c);
  }
  return DS_NO_HEAD;
}

/* "accused Y of arming": a clause marked so has the object of its governor as its subject. */
static bool is_object_control_mark(ds_str mark) {
  return ds_str_eq(mark, DS_STR("of")) || ds_str_eq(mark, DS_STR("from")) || ds_str_eq(mark, DS_STR("for")) || ds_str_eq(mark, DS_STR("into"));
}

/* One step up: where the missing subject of `at` is looked for. *final is the subject itself, or *up is a predicate whose
 * subject it shares. */
static void inherit(const tree *t, uint32_t at, uint32_t *final, uint32_t *up) {
  uint32_t head = tree_head(t, at);
  *final = *up = DS_NO_HEAD;
  if (head == DS_NO_HEAD) return;
  ds_deprel rel = tree_rel(t, at);
  if (rel == DS_DEPREL_ACL || rel == DS_DEPREL_AMOD || rel == DS_DEPREL_ACL_RELCL) {
    *final = head;
    return;
  }
  bool control = rel == DS_DEPREL_XCOMP || rel == DS_DEPREL_CCOMP;
  bool clause = rel == DS_DEPREL_ADVCL || (rel == DS_DEPREL_OBL && tree_is_verb(t, at));
  if (control || (clause && is_object_control_mark(tree_mark(t, at)))) {
    uint32_t object = tree_find(t, head, DS_DEPREL_OBJ);
    if (object == DS_NO_HEAD) object = tree_find(t, head, DS_DEPREL_IOBJ);
    if (object != DS_NO_HEAD && object != at && !tree_is_passive(t, head)) {
      *final = tree_antecedent(t, object);
      return;
    }
  }
  if (control || clause || rel == DS_DEPREL_CONJ || rel == DS_DEPREL_PARATAXIS) *up = head;
}

uint32_t tree_subject(const tree *t, uint32_t predicate) {
  for (int depth = 0; depth < DEEPEST; depth++) {
    uint32_t own = tree_own_subject(t, predicate), up;
    if (own != DS_NO_HEAD) return own;
    if (tree_rel(t, predicate) == DS_DEPREL_PARATAXIS && tree_is_verb(t, predicate) &&
        tree_word(t, predicate)->morph.verbform == DS_VERBFORM_FIN)
      return DS_NO_HEAD;
    inherit(t, predicate, &own, &up);
    if (own != DS_NO_HEAD || up == DS_NO_HEAD) return own;
    predicate = up;
  }
  return DS_NO_HEAD;
}
