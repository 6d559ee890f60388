/* "Iranian forces", "the parliament", "Hamas militants": a common noun that stands for an actor or is a body of one. */
#include "actor/finder.h"
#include "base/utf8.h"

/* A noun phrase of parts.tsv and what its dependents say of its owner. */
typedef struct part {
  uint32_t first, last; /* tokens of the phrase; last heads it */
  const ds_part *row;
  uint32_t owner;   /* spot, or DS_NO_SPOT */
  uint32_t pronoun; /* token of "its" in "its army", or DS_NO_HEAD */
  bool preposed;    /* the owner stands before the noun: "Iranian forces", "Iran's forces" */
} part;

static bool takes_owner(const ds_finder *f, uint32_t token) {
  switch (ds_finder_word(f, token)->deprel) {
    case DS_DEPREL_AMOD:
    case DS_DEPREL_COMPOUND:
    case DS_DEPREL_NMOD_POSS:
    case DS_DEPREL_NMOD_DESC:
    case DS_DEPREL_NMOD_UNMARKED:
    case DS_DEPREL_FLAT: return true;
    case DS_DEPREL_NMOD: {
      uint32_t preposition = ds_finder_dependent(f, token, DS_DEPREL_CASE);
      return preposition != DS_NO_HEAD && (ds_finder_is(f, preposition, "of") || ds_finder_is(f, preposition, "from"));
    }
    default: return false;
  }
}

/* The spot of a state if there is one, else of any actor, that depends on the noun as its owner. */
static void find_owner(const ds_finder *f, part *p) {
  p->owner = DS_NO_SPOT;
  p->pronoun = DS_NO_HEAD;
  for (uint32_t c = f->child[p->last]; c != DS_NO_HEAD; c = f->next[c]) {
    if (!takes_owner(f, c)) continue;
    if (ds_finder_word(f, c)->upos == DS_UPOS_PRON) p->pronoun = c;
    uint32_t s = f->spot_head[c];
    if (s == DS_NO_SPOT || (f->spots.items[s].nested && f->spot_at[c] != s)) continue;
    bool better = p->owner == DS_NO_SPOT || ds_finder_like(f, f->spots.items[s].kind) == DS_LIKE_STATE;
    if (!better) continue;
    p->owner = s;
    p->preposed = c < p->last;
  }
}

/* Whether the noun has "a", "some", "no", a numeral: then, without an owner, it points at nothing known. */
static bool is_indefinite(const ds_finder *f, uint32_t token) {
  for (uint32_t c = f->child[token]; c != DS_NO_HEAD; c = f->next[c]) {
    const ds_word *w = ds_finder_word(f, c);
    if (w->deprel == DS_DEPREL_NUMMOD) return true;
    if (w->deprel == DS_DEPREL_DET && !ds_finder_is(f, c, "the") && !ds_finder_is(f, c, "this") &&
        !ds_finder_is(f, c, "that"))
      return true;
  }
  return false;
}

static bool is_modified(const ds_finder *f, const part *p) {
  for (uint32_t c = f->child[p->last]; c != DS_NO_HEAD; c = f->next[c]) {
    if (c >= p->first && c < p->last) continue; /* "prosecutor" of "prosecutor's office" */
    ds_deprel base = ds_deprel_base((ds_deprel)ds_finder_word(f, c)->deprel);
    if (base == DS_DEPREL_NMOD || base == DS_DEPREL_ACL) return true;
  }
  return false;
}

static ds_spot part_spot(const ds_finder *f, const part *p) {
  ds_spot spot = {.first = p->first,
                  .count = p->last - p->first + 1,
                  .head = p->last,
                  .model = DS_NO_NAME,
                  .kind = p->row->kind,
                  .owner = DS_NO_SPOT,
                  .same_as = DS_NO_SPOT,
                  .form = DS_MENTION_DESCRIPTION,
                  .pronoun = p->pronoun,
                  .holder = DS_NO_SPOT};
  return spot;
}

/* The span from the owner's first word to the noun, where the owner stands before it. */
static void include_owner(const ds_finder *f, const part *p, ds_spot *spot) {
  const ds_spot *owner = &f->spots.items[p->owner];
  if (!p->preposed || owner->first >= p->first) return;
  spot->first = owner->first;
  spot->count = p->last - owner->first + 1;
}

/* A single word that only the model took for an organization: "the Bush administration". */
static bool is_bare(const ds_finder *f, const ds_spot *spot) {
  ds_str form = ds_finder_form(f, spot->first);
  return spot->model == DS_NAME_ORGANIZATION && !spot->known && spot->count == 1 && form.len > 1 &&
         spot->kind == f->gazetteer->model_kinds[DS_NAME_ORGANIZATION] && !(form.ptr[1] >= 'A' && form.ptr[1] <= 'Z');
}

static bool add_owned(ds_finder *f, const part *p) {
  const ds_part *row = p->row;
  ds_spot *owner = &f->spots.items[p->owner];
  ds_kind_like like = ds_finder_like(f, owner->kind);
  bool poss = ds_finder_word(f, owner->head)->deprel == DS_DEPREL_NMOD_POSS;
  ds_spot spot = part_spot(f, p);
  spot.reason = DS_STR("owner");
  if (like == DS_LIKE_PLACE && row->local != DS_NO_KIND) spot.kind = row->local;
  if (spot.kind != DS_NO_KIND) {
    if (like != DS_LIKE_STATE && like != DS_LIKE_PLACE) return true;
    spot.owner = p->owner;
    spot.body = true;
    spot.form = DS_MENTION_NAME;
    spot.reason = DS_STR("name");
    if (!ds_spot_name(f, &spot, p->first, p->last - p->first + 1)) return false;
    include_owner(f, p, &spot);
    owner->nested |= spot.first == owner->first;
    return ds_spot_add(f, spot, NULL);
  }
  if (like == DS_LIKE_PERSON || is_bare(f, owner)) {
    if (row->alone != DS_ALONE_OWNER || row->of_group) return true;
    spot.at_hand = true;
    spot.holder = p->owner;
    spot.reason = DS_STR("state at hand");
    return ds_spot_add(f, spot, NULL);
  }
  if (row->of_group ? like != DS_LIKE_ORGANIZATION : like == DS_LIKE_PLACE && row->alone != DS_ALONE_OWNER) return true;
  if (like == DS_LIKE_OTHER) return true;
  spot.same_as = p->owner;
  spot.kind = owner->kind;
  if (!poss) {
    include_owner(f, p, &spot);
    if (owner->form == DS_MENTION_DEMONYM) spot.form = DS_MENTION_DEMONYM;
    owner->nested |= spot.first == owner->first;
  }
  return ds_spot_add(f, spot, NULL);
}

static bool add_alone(ds_finder *f, const part *p) {
  const ds_part *row = p->row;
  bool pronoun = p->pronoun != DS_NO_HEAD;
  if (row->alone == DS_ALONE_NAMED && p->first == p->last) return true;
  if (row->alone == DS_ALONE_NOTHING && (!pronoun || row->of_group)) return true;
  if (!pronoun && is_indefinite(f, p->last)) return true;
  if (row->kind != DS_NO_KIND && is_modified(f, p)) return true;
  ds_spot spot = part_spot(f, p);
  spot.at_hand = true;
  spot.reason = DS_STR("state at hand");
  if (row->kind != DS_NO_KIND) {
    spot.body = true;
    spot.form = DS_MENTION_NAME;
    spot.reason = DS_STR("name");
  }
  return ds_spot_add(f, spot, NULL);
}

/* "side street": a modifier that means nothing alone tells little. */
static bool is_mere_modifier(const ds_finder *f, const part *p) {
  const ds_word *w = ds_finder_word(f, p->last);
  if (w->deprel != DS_DEPREL_COMPOUND && w->deprel != DS_DEPREL_AMOD) return false;
  return w->head != DS_NO_HEAD && p->row->alone == DS_ALONE_NOTHING;
}

/* "Iranian Foreign Ministry", "Parliament of Ghana", "Pakistan's Supreme Court": the owner of a body's name. */
static bool own_name(ds_finder *f, uint32_t s) {
  ds_spot *spot = &f->spots.items[s];
  uint32_t end = spot->first + spot->count;
  part p = {.first = spot->first, .last = spot->head};
  for (uint32_t n = s + 1; n < f->spots.len && f->spots.items[n].first < end; n++) {
    const ds_spot *inner = &f->spots.items[n];
    if (inner->known && inner->first == spot->first && ds_finder_like(f, inner->kind) == DS_LIKE_ORGANIZATION) {
      spot->kind = inner->kind; /* "EU Commission": a body of no state */
      return true;
    }
    if (ds_finder_like(f, inner->kind) != DS_LIKE_STATE) continue;
    uint32_t inner_end = inner->first + inner->count, first = spot->first, last = end;
    if (inner->first == spot->first && inner_end < end)
      first = inner_end;
    else if (inner_end == end && inner->first >= spot->first + 2)
      last = inner->first - 1; /* without "of" */
    else
      continue;
    while (first < last && ds_finder_word(f, first)->upos == DS_UPOS_PART) first++;
    while (last > first && ds_finder_word(f, last - 1)->upos == DS_UPOS_ADP) last--;
    if (first >= last) continue;
    spot->owner = n;
    return ds_spot_name(f, spot, first, last - first);
  }
  find_owner(f, &p);
  if (p.owner != DS_NO_SPOT && p.owner != s && ds_finder_like(f, f->spots.items[p.owner].kind) == DS_LIKE_STATE)
    spot->owner = p.owner;
  else
    spot->at_hand = true;
  return true;
}

/* "Government of Ghana", "the Peruvian Government": a name that only says that it stands for the state. */
static void stand_for_owner(const ds_finder *f, ds_spot *spot) {
  uint64_t at;
  bool whole = ds_phrases_get(&f->gazetteer->parts, spot->key, &at);
  bool holder = !whole && spot->count == 2 && spot->owner == DS_NO_SPOT; /* "Bush Administration" */
  if (!whole && !(holder && ds_phrases_get(&f->gazetteer->parts, ds_finder_form(f, spot->first + 1), &at))) return;
  const ds_part *row = &f->gazetteer->part_rows.items[at];
  if (row->kind != DS_NO_KIND || row->alone != DS_ALONE_OWNER || row->local != DS_NO_KIND) return;
  spot->kind = DS_NO_KIND;
  spot->same_as = spot->owner;
  spot->owner = DS_NO_SPOT;
  spot->form = DS_MENTION_DESCRIPTION;
  spot->reason = spot->same_as != DS_NO_SPOT ? DS_STR("owner") : DS_STR("state at hand");
}

/* Kinds whose bodies belong to a state: those that parts.tsv makes bodies of. */
static uint64_t body_kinds(const ds_gazetteer *g) {
  uint64_t kinds = 0;
  for (size_t i = 0; i < g->part_rows.len; i++)
    if (g->part_rows.items[i].kind != DS_NO_KIND) kinds |= UINT64_C(1) << g->part_rows.items[i].kind;
  return kinds;
}

/* "culture ministry": nouns before the word belong to its name. */
static void include_modifiers(const ds_finder *f, part *p) {
  uint32_t begin = ds_finder_begin(f, p->last);
  while (p->row->alone == DS_ALONE_NAMED && p->first > begin && f->spot_at[p->first - 1] == DS_NO_SPOT) {
    const ds_word *w = ds_finder_word(f, p->first - 1);
    if (w->deprel != DS_DEPREL_COMPOUND || w->head < p->first || w->head > p->last) break;
    p->first--;
  }
}

bool ds_parts_find(ds_finder *f) {
  const ds_gazetteer *g = f->gazetteer;
  uint64_t bodies = body_kinds(g);
  for (uint32_t s = 0; s < f->spots.len; s++) {
    const ds_spot *spot = &f->spots.items[s];
    bool known = spot->known && spot->known->id.len;
    if (known || spot->form != DS_MENTION_NAME || !(bodies >> spot->kind & 1)) continue;
    if (!own_name(f, s)) return false;
    stand_for_owner(f, &f->spots.items[s]);
  }
  for (uint32_t t = 0; t < f->text->token_count; t++) {
    uint8_t upos = ds_finder_word(f, t)->upos;
    uint64_t at;
    if ((upos != DS_UPOS_NOUN && upos != DS_UPOS_PROPN) || f->spot_at[t] != DS_NO_SPOT) continue;
    uint32_t begin = ds_finder_begin(f, t);
    uint32_t n = ds_phrases_to(&g->parts, f->text, f->parse, begin, t, &at);
    while (n > 1 && f->spot_at[t + 1 - n] != DS_NO_SPOT) n--; /* never into a name */
    if (!n || (f->spot_at[t + 1 - n] != DS_NO_SPOT)) continue;
    part p = {.first = t + 1 - n, .last = t, .row = &g->part_rows.items[at]};
    if (t + 1 < ds_finder_end(f, t) && ds_finder_word(f, t)->head == t + 1 &&
        ds_finder_word(f, t + 1)->upos == DS_UPOS_NOUN) {
      uint32_t longer = ds_phrases_to(&g->parts, f->text, f->parse, begin, t + 1, &at);
      if (longer > 1) continue; /* the longer phrase is met next */
    }
    include_modifiers(f, &p);
    find_owner(f, &p);
    if (is_mere_modifier(f, &p)) continue;
    if (!(p.owner != DS_NO_SPOT ? add_owned(f, &p) : add_alone(f, &p))) return false;
  }
  return ds_spots_sort(f);
}
