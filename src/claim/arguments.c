#include "claim/finder.h"

#include <stdio.h>

/* DS_STR for tables */
#define DS_STR_INIT(literal) {literal, sizeof(literal) - 1}

void arguments_add(arguments *out, ds_str role, uint32_t head) {
  if (head == DS_NO_HEAD || !role.len || out->count == MOST_ARGUMENTS) return;
  for (size_t i = 0; i < out->count; i++)
    if (out->items[i].head == head && ds_str_eq(out->items[i].role, role)) return;
  out->items[out->count++] = (ds_argument){role, head};
}

uint32_t arguments_find(const arguments *args, ds_str role) {
  for (size_t i = 0; i < args->count; i++)
    if (ds_str_eq(args->items[i].role, role)) return args->items[i].head;
  return DS_NO_HEAD;
}

/* Only where the slot is still empty. */
static void add_missing(arguments *out, ds_str role, uint32_t head) {
  if (arguments_find(out, role) == DS_NO_HEAD) arguments_add(out, role, head);
}

static bool is_preposition_slot(ds_str role) {
  static const ds_str others[] = {DS_STR_INIT("subject"),   DS_STR_INIT("object"),   DS_STR_INIT("indirect"), DS_STR_INIT("clause"),
                                  DS_STR_INIT("possessor"), DS_STR_INIT("modifier"), DS_STR_INIT("holder"),   DS_STR_INIT("self"),
                                  DS_STR_INIT("hyphen"),    DS_STR_INIT("comma"),    DS_STR_INIT("marked"),   DS_STR_INIT("modal"),
                                  DS_STR_INIT("speaker")};
  for (size_t i = 0; i < sizeof others / sizeof *others; i++)
    if (ds_str_eq(role, others[i])) return false;
  return true;
}

/* Phrases with a preposition that hang on a noun, where the predicate itself has none of that kind. */
static void add_phrases_of(const finder *f, uint32_t noun, bool all, arguments *out) {
  arguments lower = {.count = 0};
  EACH_CHILD(&f->t, noun, c) {
    if (tree_base(&f->t, c) != DS_DEPREL_NMOD || tree_rel(&f->t, c) == DS_DEPREL_NMOD_POSS) continue;
    ds_str role = tree_case(&f->t, c);
    if (!role.len || (!all && ds_str_eq(role, DS_STR("of")))) continue;
    arguments_add(&lower, role, c);
  }
  for (size_t i = 0; i < lower.count; i++) add_missing(out, lower.items[i].role, lower.items[i].head);
}

/* "US-backed", "Tehran-based": the words bound to a participle by a hyphen. */
static void add_hyphened(const finder *f, uint32_t verb, arguments *out) {
  if (verb < 2 || tree_word(&f->t, verb - 1)->upos != DS_UPOS_PUNCT || f->t.text->tokens[verb - 1].space_after) return;
  if (!ds_str_eq(f->t.text->tokens[verb - 1].form, DS_STR("-"))) return;
  uint32_t mention = f->mention_at[verb - 2];
  if (mention == DS_NO_ENTITY) return;
  uint32_t head = f->layers->actors->mentions[mention].head;
  arguments_add(out, DS_STR("hyphen"), head);
  add_missing(out, DS_STR("subject"), head);
}

/* The object that joined verbs share: "arrested and jailed X". */
static uint32_t shared_object(const finder *f, uint32_t verb) {
  const tree *t = &f->t;
  if (tree_rel(t, verb) == DS_DEPREL_CONJ) {
    uint32_t head = tree_head(t, verb);
    uint32_t object = tree_find(t, head, DS_DEPREL_OBJ);
    if (tree_is_verb(t, head) && object != DS_NO_HEAD && object > verb) return object;
    return DS_NO_HEAD;
  }
  EACH_CHILD(t, verb, c) {
    ds_deprel base = tree_base(t, c);
    if (c > verb && (base == DS_DEPREL_OBL || base == DS_DEPREL_CCOMP || base == DS_DEPREL_XCOMP)) return DS_NO_HEAD;
    if (base != DS_DEPREL_CONJ || !tree_is_verb(t, c) || tree_own_subject(t, c) != DS_NO_HEAD) continue;
    uint32_t object = tree_find(t, c, DS_DEPREL_OBJ);
    return object != DS_NO_HEAD && c < verb + 4 ? object : DS_NO_HEAD;
  }
  return DS_NO_HEAD;
}

static void add_child_of_verb(const finder *f, uint32_t c, bool passive, arguments *out) {
  const tree *t = &f->t;
  uint32_t head = tree_antecedent(t, c);
  switch (tree_base(t, c)) {
    case DS_DEPREL_OBJ: arguments_add(out, DS_STR("object"), head); break;
    case DS_DEPREL_IOBJ: arguments_add(out, DS_STR("indirect"), head); break;
    case DS_DEPREL_OBL:
    case DS_DEPREL_NMOD: {
      ds_str role = tree_case(t, c);
      bool agent = tree_rel(t, c) == DS_DEPREL_OBL_AGENT || (passive && ds_str_eq(role, DS_STR("by")));
      arguments_add(out, agent ? DS_STR("subject") : role, head);
      break;
    }
    case DS_DEPREL_XCOMP:
    case DS_DEPREL_CCOMP:
      arguments_add(out, DS_STR("clause"), c);
      arguments_add(out, DS_STR("marked"), tree_find(t, c, DS_DEPREL_MARK));
      break;
    case DS_DEPREL_AUX:
      if (tree_rel(t, c) == DS_DEPREL_AUX) arguments_add(out, DS_STR("modal"), c);
      break;
    default: break;
  }
}

void arguments_of_verb(const finder *f, uint32_t verb, arguments *out) {
  const tree *t = &f->t;
  *out = (arguments){.light = DS_NO_HEAD};
  bool passive = tree_is_passive(t, verb);
  uint32_t subject = tree_subject(t, verb);
  EACH_CHILD(t, verb, c) {
    add_child_of_verb(f, c, passive, out);
    /* A second subject behind the verb is an object that the parser mistook. */
    if (tree_rel(t, c) == DS_DEPREL_NSUBJ && c > verb && subject < verb && !passive) arguments_add(out, DS_STR("object"), c);
  }
  uint32_t object = arguments_find(out, DS_STR("object"));
  if (object == DS_NO_HEAD && !passive) {
    object = arguments_find(out, DS_STR("indirect"));
    arguments_add(out, DS_STR("object"), object);
  }
  if (passive) {
    arguments_add(out, object == DS_NO_HEAD ? DS_STR("object") : DS_STR("indirect"), subject);
  } else {
    arguments_add(out, DS_STR("subject"), subject);
    if (object == DS_NO_HEAD) arguments_add(out, DS_STR("object"), shared_object(f, verb));
    object = arguments_find(out, DS_STR("object"));
    uint32_t noun = tree_head(t, verb);
    bool gap = tree_rel(t, verb) == DS_DEPREL_ACL_RELCL && object == DS_NO_HEAD && noun != subject;
    if (gap && arguments_find(out, DS_STR("clause")) == DS_NO_HEAD) arguments_add(out, DS_STR("object"), noun);
  }
  add_hyphened(f, verb, out);
  object = arguments_find(out, DS_STR("object"));
  if (!passive && object != DS_NO_HEAD && object > verb && who_entity(f, object) == DS_NO_ENTITY)
    add_phrases_of(f, object, false, out);
}

/* "claim responsibility": a light verb with a noun of its own between it and the event. */
static const light *compound_light(const finder *f, uint32_t verb, uint32_t object, ds_str preposition) {
  if (object == DS_NO_HEAD) return NULL;
  char key[64];
  ds_str a = tree_verb_lemma(&f->t, verb), b = tree_lemma(&f->t, object);
  if (a.len + b.len + 2 > sizeof key) return NULL;
  int len = snprintf(key, sizeof key, "%.*s %.*s", DS_STR_ARG(a), DS_STR_ARG(b));
  return frames_light(f->frames, (ds_str){key, (size_t)len}, preposition);
}

/* The light verb over a noun that is its object, its subject in the passive, or behind a preposition. */
static const light *light_above(const finder *f, uint32_t noun, uint32_t *verb) {
  const tree *t = &f->t;
  uint32_t head = tree_head(t, noun);
  ds_deprel base = tree_base(t, noun);
  if (head == DS_NO_HEAD) return NULL;
  *verb = head;
  if (tree_is_verb(t, head)) {
    if (base == DS_DEPREL_OBJ || tree_rel(t, noun) == DS_DEPREL_NSUBJ_PASS)
      return frames_light(f->frames, tree_verb_lemma(t, head), DS_STR(""));
    if (base != DS_DEPREL_OBL) return NULL;
    ds_str preposition = tree_case(t, noun);
    const light *found = compound_light(f, head, tree_find(t, head, DS_DEPREL_OBJ), preposition);
    return found ? found : frames_light(f->frames, tree_verb_lemma(t, head), preposition);
  }
  if (base != DS_DEPREL_NMOD) return NULL;
  uint32_t above = tree_head(t, head);
  if (above == DS_NO_HEAD || !tree_is_verb(t, above) || tree_base(t, head) != DS_DEPREL_OBJ) return NULL;
  *verb = above;
  return compound_light(f, above, head, tree_case(t, noun));
}

/* The light verb of an event noun, and the way its subject takes part. */
static const light *find_light(const finder *f, uint32_t noun, uint32_t *verb) {
  const tree *t = &f->t;
  uint32_t first = noun;
  if (tree_base(t, noun) == DS_DEPREL_CONJ && tree_head(t, noun) != DS_NO_HEAD && !tree_is_verb(t, tree_head(t, noun)))
    first = tree_head(t, noun);
  const light *found = light_above(f, first, verb);
  if (found) return found;
  EACH_CHILD(t, noun, c) {
    ds_deprel rel = tree_rel(t, c);
    if (rel == DS_DEPREL_COP) {
      *verb = noun;
      return frames_light(f->frames, DS_STR("be"), tree_case(t, noun));
    }
    if ((rel != DS_DEPREL_ACL && rel != DS_DEPREL_ACL_RELCL) || !tree_is_verb(t, c)) continue;
    *verb = c;
    found = frames_light(f->frames, tree_verb_lemma(t, c), DS_STR(""));
    if (found) return found;
  }
  return NULL;
}

/* What the light verb's arguments are to the noun. */
static void undo_light(const finder *f, uint32_t noun, arguments *out) {
  uint32_t verb;
  const light *found = find_light(f, noun, &verb);
  if (!found) return;
  ds_str done_by = found->side == LIGHT_PATIENT ? DS_STR("object") : DS_STR("subject");
  out->light = verb;
  out->light_denies = found->denies;
  if (verb == noun) {
    arguments_add(out, done_by, tree_subject(&f->t, noun));
    return;
  }
  arguments verbal;
  arguments_of_verb(f, verb, &verbal);
  for (size_t i = 0; i < verbal.count; i++) {
    ds_str role = verbal.items[i].role;
    uint32_t head = verbal.items[i].head;
    if (head == noun) continue;
    if (ds_str_eqz(role, found->side == LIGHT_OBJECT ? "object" : "subject")) arguments_add(out, done_by, head);
    if (ds_str_eq(role, DS_STR("indirect")) && found->side != LIGHT_OBJECT) arguments_add(out, DS_STR("object"), head);
    if (is_preposition_slot(role)) add_missing(out, role, head);
  }
}

static void add_children_of_noun(const finder *f, uint32_t noun, arguments *out) {
  const tree *t = &f->t;
  EACH_CHILD(t, noun, c) {
    ds_deprel rel = tree_rel(t, c), base = tree_base(t, c);
    if (rel == DS_DEPREL_NMOD_POSS) {
      arguments_add(out, DS_STR("possessor"), tree_antecedent(t, c));
    } else if ((base == DS_DEPREL_NMOD || base == DS_DEPREL_OBL) && tree_case(t, c).len) {
      arguments_add(out, tree_case(t, c), tree_antecedent(t, c));
    } else if (base == DS_DEPREL_NMOD || base == DS_DEPREL_COMPOUND || base == DS_DEPREL_AMOD || rel == DS_DEPREL_FLAT) {
      if (c < noun) arguments_add(out, DS_STR("modifier"), c);
    }
  }
}

/* "support of France for the rebels": phrases that the parser hung one noun too low. */
static void add_nested_phrases(const finder *f, arguments *out) {
  size_t count = out->count;
  for (size_t i = 0; i < count; i++)
    if (is_preposition_slot(out->items[i].role) && who_entity(f, out->items[i].head) != DS_NO_ENTITY)
      add_phrases_of(f, out->items[i].head, false, out);
}

/* Whoever the noun is said of: by copula, apposition, "as", or as a title before the name. */
static void add_holders(const finder *f, uint32_t noun, arguments *out) {
  const tree *t = &f->t;
  const ds_str holder = DS_STR("holder");
  uint32_t head = tree_head(t, noun);
  ds_deprel rel = tree_rel(t, noun), base = tree_base(t, noun);
  bool cop = tree_find(t, noun, DS_DEPREL_COP) != DS_NO_HEAD;
  if (cop) arguments_add(out, holder, tree_subject(t, noun));
  EACH_CHILD(t, noun, c) {
    ds_deprel below = tree_rel(t, c);
    bool same = below == DS_DEPREL_APPOS || (c > noun && (below == DS_DEPREL_FLAT || below == DS_DEPREL_NMOD_DESC));
    if (same && who_entity(f, c) != DS_NO_ENTITY) arguments_add(out, holder, c);
  }
  if (head == DS_NO_HEAD) return;
  if (rel == DS_DEPREL_APPOS) arguments_add(out, holder, head);
  bool title = rel == DS_DEPREL_NMOD_DESC || base == DS_DEPREL_COMPOUND || base == DS_DEPREL_NMOD;
  if (title && noun < head && !tree_case(t, noun).len && who_entity(f, head) != DS_NO_ENTITY) arguments_add(out, holder, head);
  bool as = base == DS_DEPREL_OBL && ds_str_eq(tree_case(t, noun), DS_STR("as"));
  if ((base == DS_DEPREL_XCOMP && !cop) || as) {
    uint32_t object = tree_is_passive(t, head) ? DS_NO_HEAD : tree_find(t, head, DS_DEPREL_OBJ);
    arguments_add(out, holder, object != DS_NO_HEAD && object != noun ? tree_antecedent(t, object) : tree_subject(t, head));
  }
}

void arguments_of_noun(const finder *f, uint32_t noun, arguments *out) {
  const tree *t = &f->t;
  *out = (arguments){.light = DS_NO_HEAD};
  add_children_of_noun(f, noun, out);
  undo_light(f, noun, out);
  add_nested_phrases(f, out);
  add_holders(f, noun, out);
  if (tree_rel(t, noun) == DS_DEPREL_CONJ && tree_head(t, noun) != DS_NO_HEAD && tree_is_nominal(t, tree_head(t, noun))) {
    arguments first = {.light = DS_NO_HEAD};
    uint32_t head = tree_head(t, noun);
    add_children_of_noun(f, head, &first);
    add_holders(f, head, &first);
    for (size_t i = 0; i < first.count; i++) add_missing(out, first.items[i].role, first.items[i].head);
  }
}

void arguments_of_adjective(const finder *f, uint32_t adjective, arguments *out) {
  const tree *t = &f->t;
  *out = (arguments){.light = DS_NO_HEAD};
  ds_deprel base = tree_base(t, adjective);
  if (base == DS_DEPREL_AMOD || base == DS_DEPREL_ACL) {
    arguments_add(out, DS_STR("subject"), tree_own_subject(t, adjective) != DS_NO_HEAD ? tree_own_subject(t, adjective) : tree_head(t, adjective));
  } else {
    arguments_add(out, DS_STR("subject"), tree_subject(t, adjective));
  }
  EACH_CHILD(t, adjective, c) {
    ds_deprel below = tree_base(t, c);
    if (below == DS_DEPREL_OBL || below == DS_DEPREL_NMOD || below == DS_DEPREL_ADVMOD || below == DS_DEPREL_ADVCL)
      arguments_add(out, tree_case(t, c), tree_antecedent(t, c));
  }
  add_hyphened(f, adjective, out);
}

/* "Mashhad, Iran": the name that follows at once behind a comma, and is no member of a list. */
static uint32_t behind_comma(const finder *f, const ds_mention *mention) {
  uint32_t next = mention->first + mention->count;
  const ds_text *text = f->t.text;
  if (next + 1 >= text->token_count || f->t.sentence[next + 1] != f->t.sentence[mention->first]) return DS_NO_HEAD;
  if (!ds_str_eq(text->tokens[next].form, DS_STR(","))) return DS_NO_HEAD;
  uint32_t other = f->mention_at[next + 1];
  if (other == DS_NO_ENTITY || f->layers->actors->mentions[other].first != next + 1) return DS_NO_HEAD;
  uint32_t head = f->layers->actors->mentions[other].head;
  bool below = tree_head(&f->t, head) == mention->head;
  return below && tree_rel(&f->t, head) != DS_DEPREL_CONJ ? head : DS_NO_HEAD;
}

void arguments_of_name(const finder *f, uint32_t head, arguments *out) {
  *out = (arguments){.light = DS_NO_HEAD};
  const ds_mention *mention = &f->layers->actors->mentions[f->layers->actors->mention_of_head[head]];
  arguments_add(out, DS_STR("self"), head);
  add_children_of_noun(f, head, out);
  arguments_add(out, DS_STR("comma"), behind_comma(f, mention));
}
