#include "claim/finder.h"

#include <string.h>

/* ---- quotes: the shortest run of tokens that covers subject, predicate and object ---- */

typedef struct span {
  uint32_t first, last; /* tokens, both inside */
} span;

static void cover(span *s, uint32_t token) {
  if (token == DS_NO_HEAD) return;
  if (token < s->first) s->first = token;
  if (token > s->last) s->last = token;
}

static void cover_mention(const finder *f, span *s, uint32_t mention) {
  const ds_mention *m = &f->layers->actors->mentions[mention];
  if (f->t.sentence[m->first] != f->t.sentence[s->first]) return; /* the state at hand, named elsewhere */
  cover(s, m->first);
  cover(s, m->first + m->count - 1);
}

static void make_claim(finder *f, const actor_ref *subject, const actor_ref *object, const statement *what) {
  const ds_mention *mentions = f->layers->actors->mentions;
  span s = {what->predicate, what->predicate};
  cover(&s, what->light);
  cover_mention(f, &s, subject->mention);
  cover_mention(f, &s, object->mention);
  float confidence = what->rule->confidence;
  const actor_ref *both[] = {subject, object};
  for (int i = 0; i < 2; i++) {
    if (both[i]->through) confidence *= 0.9f;
    if (mentions[both[i]->mention].form >= DS_MENTION_DESCRIPTION) confidence *= 0.9f;
  }
  ds_claim claim = {.subject = subject->entity,
                    .object = object->entity,
                    .subject_mention = subject->mention,
                    .object_mention = object->mention,
                    .relation = what->relation,
                    .polarity = what->modality.polarity,
                    .certainty = what->modality.certainty,
                    .speaker = what->modality.speaker.entity,
                    .role = what->role,
                    .start = f->t.text->tokens[s.first].start,
                    .end = f->t.text->tokens[s.last].end,
                    .proposition = what->proposition,
                    .confidence = confidence,
                    .rule = what->rule->id};
  if (what->said) claim.speaker = DS_NO_ENTITY; /* the saying itself is the article's */
  if (!DS_PUSH(f->claims, claim)) f->failed = true;
}

/* ---- patterns ---- */

static uint8_t kind_of(const finder *f, uint32_t entity) { return f->layers->actors->entities[entity].kind; }

static void keep_kinds(const finder *f, uint64_t kinds, actor_refs *refs) {
  size_t kept = 0;
  for (size_t i = 0; i < refs->count; i++)
    if (kinds >> kind_of(f, refs->items[i].entity) & 1) refs->items[kept++] = refs->items[i];
  refs->count = kept;
}

/* Whoever the actor belongs to by its very name ("Iranian parliament"), with the words inside the name where there are. */
static void fill_owner(const finder *f, uint32_t head, actor_refs *out) {
  const ds_actors *actors = f->layers->actors;
  uint32_t mention = actors->mention_of_head[head], entity = who_entity(f, head);
  if (entity == DS_NO_ENTITY || actors->entities[entity].owner == DS_NO_ENTITY) return;
  actor_ref ref = {.entity = actors->entities[entity].owner, .mention = mention};
  for (uint32_t m = mention + 1; m < actors->mention_count && actors->mentions[m].end <= actors->mentions[mention].end; m++)
    if (actors->mentions[m].entity == ref.entity) ref.mention = m;
  if (ref.mention == mention) return; /* the words themselves do not say so: "parliament" alone */
  if (out->count < MOST_ACTORS) out->items[out->count++] = ref;
}

static void fill_below(const finder *f, uint32_t head, const slot *s, actor_refs *out) {
  arguments below;
  if (tree_is_verb(&f->t, head)) {
    arguments_of_verb(f, head, &below);
  } else {
    arguments_of_noun(f, head, &below);
  }
  for (size_t k = 0; k < below.count; k++)
    if (ds_str_eq(below.items[k].role, s->below)) who_is(f, below.items[k].head, s->owner, out);
}

static void fill_slot(const finder *f, const arguments *args, const slot *s, actor_refs *out) {
  if (ds_str_eq(s->name, DS_STR("owner"))) {
    uint32_t self = arguments_find(args, DS_STR("self"));
    if (self != DS_NO_HEAD) fill_owner(f, self, out);
    return;
  }
  for (size_t i = 0; i < args->count; i++) {
    if (!ds_str_eq(args->items[i].role, s->name)) continue;
    if (s->below.len) {
      fill_below(f, args->items[i].head, s, out);
    } else {
      who_is(f, args->items[i].head, s->owner, out);
    }
  }
}

/* The actors of the first place that is filled. */
static void fill_side(const finder *f, const arguments *args, const slot *slots, size_t count, uint64_t kinds, actor_refs *out) {
  out->count = 0;
  for (size_t i = 0; i < count && !out->count; i++) {
    fill_slot(f, args, &slots[i], out);
    keep_kinds(f, kinds, out);
  }
}

void match_pattern(finder *f, const arguments *args, const pattern *p, const statement *what) {
  const ds_relation *relation = &f->ontology->relations[what->relation];
  actor_refs from, to;
  fill_side(f, args, p->from, p->from_count, what->rule->subject_kinds & relation->subject_kinds, &from);
  if (!from.count) return;
  /* "President X and Prime Minister Y": one post has one holder */
  bool single = tree_word(&f->t, what->predicate)->morph.number != DS_NUMBER_PLUR;
  if (single && ds_str_eq(p->from->name, DS_STR("holder"))) from.count = 1;
  if (p->pairs) {
    for (size_t i = 0; i < from.count; i++)
      for (size_t k = i + 1; k < from.count; k++) make_claim(f, &from.items[i], &from.items[k], what);
    return;
  }
  fill_side(f, args, p->to, p->to_count, what->rule->object_kinds & relation->object_kinds, &to);
  for (size_t i = 0; i < from.count; i++)
    for (size_t k = 0; k < to.count; k++)
      if (from.items[i].entity != to.items[k].entity) make_claim(f, &from.items[i], &to.items[k], what);
}

/* ---- rules ---- */

static bool has_lemma(const finder *f, const arguments *args, const condition *c) {
  for (size_t i = 0; i < args->count; i++) {
    if (!ds_str_eq(args->items[i].role, c->slot)) continue;
    ds_str lemma = tree_lemma(&f->t, args->items[i].head);
    for (size_t w = 0; w < c->word_count; w++)
      if (ds_str_eq(lemma, c->words[w])) return true;
  }
  return false;
}

static bool fits(const finder *f, const arguments *args, const rule *r) {
  if (r->alone && arguments_find(args, DS_STR("object")) != DS_NO_HEAD) return false;
  for (size_t i = 0; i < r->when_count; i++)
    if (!has_lemma(f, args, &r->when[i])) return false;
  for (size_t i = 0; i < r->unless_count; i++)
    if (has_lemma(f, args, &r->unless[i])) return false;
  return true;
}

/* A rule whose meaning lies in the object noun: "cut ties". */
static bool asks_object(const rule *r) {
  for (size_t i = 0; i < r->when_count; i++)
    if (ds_str_eq(r->when[i].slot, DS_STR("object"))) return true;
  return false;
}

static void match_rules(finder *f, uint32_t link, const arguments *args, statement *what) {
  const modality plain = what->modality;
  for (; link != FRAMES_NONE; link = f->frames->links.items[link].next) {
    const rule *r = &f->frames->rules.items[f->frames->links.items[link].rule];
    if (!fits(f, args, r)) continue;
    if (r->plain && (plain.polarity == DS_DENIED || plain.certainty == DS_POSSIBLE)) continue;
    what->rule = r;
    what->relation = r->relation;
    what->modality = plain;
    if (r->polarity == DS_DENIED) what->modality.polarity = plain.polarity == DS_DENIED ? DS_AFFIRMED : DS_DENIED;
    if (r->certainty > plain.certainty) what->modality.certainty = r->certainty;
    if (what->ends && asks_object(r)) what->modality.polarity = DS_DENIED;
    for (size_t i = 0; i < r->pattern_count; i++) {
      what->said = ds_str_eq(r->patterns[i].from->name, DS_STR("speaker"));
      if (what->said) what->modality = (modality){r->polarity, r->certainty, plain.speaker};
      match_pattern(f, args, &r->patterns[i], what);
    }
  }
}

/* ---- propositions ---- */

static ds_str surface(const finder *f, uint32_t token, const arguments *args) {
  uint32_t first = token, last = token;
  if (args->light != DS_NO_HEAD) {
    if (args->light < first) first = args->light;
    if (args->light > last) last = args->light;
  }
  uint32_t particle = tree_find(&f->t, token, DS_DEPREL_COMPOUND_PRT);
  if (particle != DS_NO_HEAD && particle > last) last = particle;
  return ds_str_sub(f->t.text->text, f->t.text->tokens[first].start, f->t.text->tokens[last].end);
}

bool match_proposition(finder *f, uint32_t token, const arguments *args, const modality *m) {
  span s = {token, token};
  for (size_t i = 0; i < args->count; i++) cover(&s, args->items[i].head);
  ds_proposition out = {.predicate = token,
                        .relation = surface(f, token, args),
                        .lemma = tree_verb_lemma(&f->t, token),
                        .arguments = DS_NEW_ARRAY(f->arena, ds_argument, args->count),
                        .argument_count = args->count,
                        .polarity = m->polarity,
                        .certainty = m->certainty,
                        .speaker = m->speaker.entity,
                        .sentence = f->t.sentence[token],
                        .first = s.first,
                        .count = s.last - s.first + 1};
  if (out.arguments) memcpy(out.arguments, args->items, args->count * sizeof *args->items);
  if (!out.arguments || !DS_PUSH(f->propositions, out)) f->failed = true;
  return !f->failed;
}

void match_predicate(finder *f, uint32_t token, rule_part part, arguments *args) {
  modality m = modality_of(f, token, args);
  if (!match_proposition(f, token, args, &m)) return;
  arguments_add(args, DS_STR("speaker"), m.speaker.token);
  statement what = {.modality = m,
                    .role = DS_STR(""),
                    .predicate = token,
                    .light = args->light,
                    .proposition = (uint32_t)f->propositions.len - 1};
  ds_str lemma = part == RULE_VERB ? tree_verb_lemma(&f->t, token) : tree_lemma(&f->t, token);
  const light *ending = part == RULE_VERB ? frames_light(f->frames, lemma, DS_STR("")) : NULL;
  what.ends = ending && ending->denies;
  if (part != RULE_NAME) match_rules(f, frames_first(f->frames, part, lemma), args, &what);
  size_t before = f->claims.len;
  match_rules(f, f->frames->all[part], args, &what);
  if (part == RULE_NAME && f->claims.len == before) f->propositions.len--; /* a name alone says nothing */
}
