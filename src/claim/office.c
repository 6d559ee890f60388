#include "claim/finder.h"

#define FARTHEST 7 /* words between a post and the comma before its holder */

/* One post in the text: "foreign minister" in "France's former foreign minister, Jean Dupont". */
typedef struct post {
  uint32_t first, count; /* tokens of the office itself */
  uint32_t head;         /* the one that heads it in the tree */
  uint8_t relation;
  arguments args;
} post;

static uint32_t head_of_span(const finder *f, uint32_t first, uint32_t count) {
  for (uint32_t i = first; i < first + count; i++) {
    uint32_t head = tree_head(&f->t, i);
    if (head == DS_NO_HEAD || head < first || head >= first + count) return i;
  }
  return first + count - 1;
}

static bool in_span(const post *p, uint32_t token) { return token >= p->first && token < p->first + p->count; }

/* The head of the mention that covers a token, or DS_NO_HEAD. */
static uint32_t mention_head(const finder *f, uint32_t token) {
  uint32_t mention = f->mention_at[token];
  return mention == DS_NO_ENTITY ? DS_NO_HEAD : f->layers->actors->mentions[mention].head;
}

static bool is_person(const finder *f, uint32_t head) {
  uint32_t entity = head == DS_NO_HEAD ? DS_NO_ENTITY : who_entity(f, head);
  if (entity == DS_NO_ENTITY) return false;
  return f->ontology->kinds[f->layers->actors->entities[entity].kind].like == DS_LIKE_PERSON;
}

static void drop_role(arguments *args, ds_str role) {
  size_t kept = 0;
  for (size_t i = 0; i < args->count; i++)
    if (!ds_str_eq(args->items[i].role, role)) args->items[kept++] = args->items[i];
  args->count = kept;
}

/* The person whose name begins at a token, or DS_NO_HEAD. */
static uint32_t person_from(const finder *f, uint32_t token) {
  uint32_t mention = f->mention_at[token];
  if (mention == DS_NO_ENTITY || f->layers->actors->mentions[mention].first != token) return DS_NO_HEAD;
  uint32_t head = f->layers->actors->mentions[mention].head;
  return is_person(f, head) ? head : DS_NO_HEAD;
}

static bool is_comma(const finder *f, uint32_t token) { return ds_str_eq(f->t.text->tokens[token].form, DS_STR(",")); }

/* Nothing but a noun phrase lies there. */
static bool is_phrase_word(const finder *f, uint32_t token) {
  uint8_t upos = tree_word(&f->t, token)->upos;
  return upos != DS_UPOS_VERB && upos != DS_UPOS_AUX && upos != DS_UPOS_PUNCT && upos != DS_UPOS_SCONJ && upos != DS_UPOS_CCONJ;
}

/* A name that stands right behind the post holds it, whatever the tree says. */
static void add_adjacent_holder(const finder *f, post *p) {
  const ds_sentence *s = &f->t.text->sentences[f->t.sentence[p->head]];
  uint32_t end = p->first + p->count;
  uint32_t next = end < s->first + s->count ? person_from(f, end) : DS_NO_HEAD;
  if (next == DS_NO_HEAD) return;
  drop_role(&p->args, DS_STR("holder"));
  arguments_add(&p->args, DS_STR("holder"), next);
}

/* "X, the Y office ..." and "the office of Y, X": a name across a comma, where the tree gave none. */
static void add_holder_across_comma(const finder *f, post *p) {
  const ds_sentence *s = &f->t.text->sentences[f->t.sentence[p->head]];
  if (arguments_find(&p->args, DS_STR("holder")) != DS_NO_HEAD) return;
  uint32_t stop = s->first + s->count, at = p->first;
  for (int steps = 0; at > s->first + 1 && steps < FARTHEST && is_phrase_word(f, at - 1); steps++) at--;
  if (at > s->first + 1 && is_comma(f, at - 1) && is_person(f, mention_head(f, at - 2))) {
    arguments_add(&p->args, DS_STR("holder"), mention_head(f, at - 2));
    return;
  }
  at = p->first + p->count;
  for (int steps = 0; at < stop && steps < FARTHEST && is_phrase_word(f, at); steps++) at++;
  if (at + 1 < stop && is_comma(f, at)) arguments_add(&p->args, DS_STR("holder"), person_from(f, at + 1));
}

/* A title before a name: what stands before it belongs to it, though it may hang on the name. */
static void add_title_bodies(const finder *f, post *p) {
  uint32_t holder = arguments_find(&p->args, DS_STR("holder"));
  if (holder == DS_NO_HEAD || holder < p->first) return;
  EACH_CHILD(&f->t, holder, c) {
    if (c >= p->first) break;
    ds_deprel base = tree_base(&f->t, c);
    if (tree_rel(&f->t, c) == DS_DEPREL_NMOD_POSS) arguments_add(&p->args, DS_STR("possessor"), c);
    if (base == DS_DEPREL_AMOD || base == DS_DEPREL_COMPOUND || base == DS_DEPREL_NMOD) arguments_add(&p->args, DS_STR("modifier"), c);
  }
}

/* The actor right before the words of the post: "France's foreign minister", "rebel spokesman". */
static void add_adjacent_body(const finder *f, uint32_t start, post *p) {
  const ds_sentence *s = &f->t.text->sentences[f->t.sentence[p->head]];
  uint32_t at = start;
  while (at > s->first && tree_word(&f->t, at - 1)->xpos == DS_XPOS_POS) at--;
  if (at == s->first) return;
  uint32_t head = mention_head(f, at - 1);
  if (head != DS_NO_HEAD && !is_person(f, head)) arguments_add(&p->args, DS_STR("before"), head);
}

static bool belongs(const finder *f, uint32_t token, uint32_t head) {
  return tree_head(&f->t, token) == head && f->mention_at[token] == DS_NO_ENTITY;
}

/* Words before the office that say which: "foreign", "intelligence", "deputy". */
static uint32_t role_start(const finder *f, const post *p) {
  uint32_t start = p->first;
  const ds_sentence *s = &f->t.text->sentences[f->t.sentence[p->head]];
  while (start > s->first && belongs(f, start - 1, p->head)) {
    ds_deprel base = tree_base(&f->t, start - 1);
    if (base != DS_DEPREL_AMOD && base != DS_DEPREL_COMPOUND && base != DS_DEPREL_NMOD) break;
    if (tree_case(&f->t, start - 1).len) break;
    start--;
  }
  return start;
}

static bool holds_actor(const finder *f, uint32_t first, uint32_t end) {
  for (uint32_t i = first; i < end; i++)
    if (f->mention_at[i] != DS_NO_ENTITY) return true;
  return false;
}

/* "minister of water and energy": the phrase behind the office, where it names no actor. */
static uint32_t role_end(const finder *f, const post *p) {
  uint32_t end = p->first + p->count;
  EACH_CHILD(&f->t, p->head, c) {
    if (c < end || tree_base(&f->t, c) != DS_DEPREL_NMOD) continue;
    ds_str role = tree_case(&f->t, c);
    if (!ds_str_eq(role, DS_STR("of")) && !ds_str_eq(role, DS_STR("for"))) break;
    uint32_t last = c;
    while (last + 1 < f->t.text->token_count && f->t.sentence[last + 1] == f->t.sentence[c] &&
           ds_tree_dominates(f->t.parse, c, last + 1) && tree_word(&f->t, last + 1)->upos != DS_UPOS_PUNCT)
      last++;
    if (last > end + 6 || holds_actor(f, end, last + 1)) break;
    return last + 1;
  }
  return end;
}

/* A word before the post that changes what it says: "former", "deputy". */
static void shift(const finder *f, uint32_t start, post *p) {
  uint64_t relation;
  for (uint32_t i = start; i < p->first; i++) {
    if (!ds_map_get(&f->frames->shifts, tree_lemma(&f->t, i), &relation)) continue;
    p->relation = (uint8_t)relation;
    return;
  }
  /* "former" may hang on the name behind a title, "then-president" may be split, a body may stand between */
  for (uint32_t i = start, steps = 0; i-- > 0 && steps < 3; steps++) {
    if (f->t.sentence[i] != f->t.sentence[p->head]) return;
    if (ds_map_get(&f->frames->shifts, tree_lemma(&f->t, i), &relation)) p->relation = (uint8_t)relation;
    if (tree_word(&f->t, i)->upos == DS_UPOS_PUNCT && !ds_str_eq(f->t.text->tokens[i].form, DS_STR("-"))) return;
  }
}

static void drop_own_tokens(post *p) {
  size_t kept = 0;
  for (size_t i = 0; i < p->args.count; i++)
    if (!in_span(p, p->args.items[i].head)) p->args.items[kept++] = p->args.items[i];
  p->args.count = kept;
}

/* The statement that a post makes, once its arguments are complete. */
static statement statement_of(const finder *f, post *p) {
  uint32_t start = role_start(f, p), end = role_end(f, p);
  add_adjacent_body(f, start, p);
  shift(f, start, p);
  const ds_token *tokens = f->t.text->tokens;
  statement what = {.role = ds_str_sub(f->t.text->text, tokens[start].start, tokens[end - 1].end),
                    .relation = p->relation,
                    .modality = modality_of(f, p->head, &p->args),
                    .predicate = p->head,
                    .light = DS_NO_HEAD};
  what.modality.speaker.entity = DS_NO_ENTITY;
  return what;
}

/* Tries the rules of a list, each until one of its patterns finds a body. */
static void match_list(finder *f, uint32_t link, const post *p, statement *what) {
  size_t none = f->claims.len;
  if (!match_proposition(f, p->head, &p->args, &what->modality)) return;
  what->proposition = (uint32_t)f->propositions.len - 1;
  for (; link != FRAMES_NONE; link = f->frames->links.items[link].next) {
    what->rule = &f->frames->rules.items[f->frames->links.items[link].rule];
    size_t before = f->claims.len;
    for (size_t i = 0; i < what->rule->pattern_count && f->claims.len == before; i++)
      match_pattern(f, &p->args, &what->rule->patterns[i], what);
  }
  if (f->claims.len == none) f->propositions.len--;
}

uint32_t office_context(const finder *f, uint32_t token) {
  const ds_actors *actors = f->layers->actors;
  uint32_t best = DS_NO_ENTITY, here = f->t.sentence[token];
  float most = 0;
  for (uint32_t m = 0; m < actors->mention_count; m++) {
    uint32_t entity = actors->mentions[m].entity;
    if (entity == DS_NO_ENTITY || f->ontology->kinds[actors->entities[entity].kind].like != DS_LIKE_STATE) continue;
    float sum = 0;
    for (uint32_t k = 0; k < actors->mention_count; k++) {
      if (actors->mentions[k].entity != entity) continue;
      uint32_t there = f->t.sentence[actors->mentions[k].first];
      sum += 1.0f / (float)(2 + (there > here ? there - here : here - there));
    }
    if (sum <= most) continue;
    most = sum;
    best = m;
  }
  return best;
}

/* Whether the holder's post was named in full somewhere. */
static bool is_known(const finder *f, uint32_t holder, size_t count) {
  uint32_t entity = who_entity(f, holder);
  for (size_t i = 0; i < count; i++)
    if (f->claims.items[i].subject == entity && f->claims.items[i].role.len) return true;
  return entity == DS_NO_ENTITY;
}

typedef DS_VEC(post) posts;

static void match_post(finder *f, post *p, posts *open) {
  drop_own_tokens(p);
  add_adjacent_holder(f, p);
  add_holder_across_comma(f, p);
  if (arguments_find(&p->args, DS_STR("holder")) == DS_NO_HEAD) return;
  add_title_bodies(f, p);
  statement what = statement_of(f, p);
  size_t before = f->claims.len;
  match_list(f, f->frames->all[RULE_OFFICE], p, &what);
  if (f->claims.len == before && !DS_PUSH(*open, *p)) f->failed = true;
}

/* Posts without a body: those of a state belong to the one at hand, where their holder's is nowhere named in full. */
static void match_open(finder *f, posts *open) {
  size_t count = f->claims.len;
  for (size_t i = 0; i < open->len; i++) {
    post *p = &open->items[i];
    if (is_known(f, arguments_find(&p->args, DS_STR("holder")), count)) continue;
    uint32_t context = office_context(f, p->head);
    if (context != DS_NO_ENTITY) arguments_add(&p->args, DS_STR("context"), f->layers->actors->mentions[context].head);
    statement what = statement_of(f, p);
    match_list(f, frames_first(f->frames, RULE_OFFICE, tree_lemma(&f->t, p->first + p->count - 1)), p, &what);
  }
}

void office_find(finder *f) {
  const ds_text *text = f->t.text;
  posts open = {0};
  for (size_t s = 0; s < text->sentence_count; s++) {
    uint32_t end = text->sentences[s].first + text->sentences[s].count;
    for (uint32_t i = text->sentences[s].first; i < end;) {
      ds_office office;
      uint8_t upos = tree_word(&f->t, i)->upos;
      bool may = upos == DS_UPOS_NOUN || upos == DS_UPOS_PROPN || upos == DS_UPOS_ADJ;
      uint32_t count = !may ? 0 : ds_gazetteer_office(f->gazetteer, text, f->t.parse, i, end, &office);
      if (!count) {
        i++;
        continue;
      }
      post p = {.first = i, .count = count, .head = head_of_span(f, i, count)};
      p.relation = ds_ontology_relation(f->ontology, office.relation);
      i += count;
      if (p.relation == DS_NO_RELATION) continue;
      arguments_of_noun(f, p.head, &p.args);
      match_post(f, &p, &open);
    }
  }
  match_open(f, &open);
  DS_VEC_RELEASE(open);
}
