/* Pronouns and descriptions, and "the government" of the state at hand: in order of the text. */
#include "actor/finder.h"
#include "actor/weights.h"
#include "base/utf8.h"

#define MOST_OFFICES 6

/* What was seen of a group so far. */
typedef struct seen {
  uint32_t count, token, sentence; /* token: head of its last mention */
  float weight;                    /* fades from sentence to sentence */
  bool subject, plural, agent;     /* of the last mention; agent: subject, or by an adjective */
  uint8_t gender;
  uint32_t offices[MOST_OFFICES]; /* hashes of the words by which it was called: "president" */
  uint32_t office_count;
  uint32_t state; /* of a person: group of the state that it was called by ("U.S. President"), or DS_NO_SPOT */
} seen;

typedef struct walk {
  ds_finder *f;
  seen *groups;
  uint32_t *group_of;               /* of each token that heads a mention: its group, else DS_NO_SPOT */
  uint32_t acting, acting_sentence; /* group of the state of the last person that was a subject, and where */
} walk;

static float faded(const seen *s, uint32_t sentence) {
  float weight = s->weight;
  for (uint32_t i = s->sentence; i < sentence && weight > 1e-4f; i++) weight *= W_FADE;
  return weight;
}

static uint8_t gender_of(const ds_finder *f, const ds_group *group) {
  if (group->gender) return group->gender;
  ds_str rest = group->key, first;
  uint64_t gender;
  if (group->word_count < 2 || !ds_str_split(&rest, ' ', &first)) return DS_GENDER_UNKNOWN;
  if (ds_phrases_get(&f->gazetteer->given, group->key, &gender)) return (uint8_t)gender;
  return ds_phrases_get(&f->gazetteer->given, first, &gender) ? (uint8_t)gender : DS_GENDER_UNKNOWN;
}

static uint32_t hash_lower(ds_str word) {
  char key[DS_KEY_SIZE];
  return (uint32_t)ds_str_hash((ds_str){key, ds_name_key(word, key)});
}

/* Hash of the key of tokens [first, last], the last one by its lemma. */
static uint32_t hash_phrase(const ds_finder *f, uint32_t first, uint32_t last) {
  uint32_t hash = hash_lower(ds_finder_word(f, last)->lemma);
  for (uint32_t t = last; t-- > first;)
    if (ds_finder_word(f, t)->upos != DS_UPOS_PUNCT) hash = hash * 31 + hash_lower(ds_finder_form(f, t));
  return hash;
}

/* Notes the office that ends with this token, whole and by its last word: "foreign minister", "minister". */
static void note_office(const ds_finder *f, seen *s, uint32_t last) {
  uint64_t at;
  uint32_t n = ds_phrases_to(&f->gazetteer->offices, f->text, f->parse, ds_finder_begin(f, last), last, &at);
  if (!n || s->office_count + 2 > MOST_OFFICES) return;
  s->offices[s->office_count++] = hash_phrase(f, last + 1 - n, last);
  if (n > 1) s->offices[s->office_count++] = hash_lower(ds_finder_word(f, last)->lemma);
}

/* "President Bush", "Dupont, the foreign minister", "the minister, Dupont". */
static void note_offices(const ds_finder *f, seen *s, uint32_t first, uint32_t head) {
  const ds_word *w = ds_finder_word(f, head);
  if (first > ds_finder_begin(f, head)) {
    note_office(f, s, first - 1);
    if (s->office_count < MOST_OFFICES) s->offices[s->office_count++] = hash_lower(ds_finder_word(f, first - 1)->lemma);
  }
  uint32_t appos = ds_finder_dependent(f, head, DS_DEPREL_APPOS);
  if (appos != DS_NO_HEAD) note_office(f, s, appos);
  if (w->deprel == DS_DEPREL_APPOS && w->head != DS_NO_HEAD) note_office(f, s, w->head);
}

/* The group of a state's spot at this token, or DS_NO_SPOT. */
static uint32_t state_at(const ds_finder *f, uint32_t token) {
  uint32_t s = f->spot_at[token];
  while (s != DS_NO_SPOT && s + 1 < f->spots.len && f->spots.items[s + 1].first <= token &&
         f->spots.items[s + 1].first + f->spots.items[s + 1].count > token)
    s++; /* the innermost one */
  if (s == DS_NO_SPOT || f->spots.items[s].group == DS_NO_SPOT) return DS_NO_SPOT;
  uint32_t group = f->spots.items[s].group;
  return ds_finder_like(f, f->groups.items[group].kind) == DS_LIKE_STATE ? group : DS_NO_SPOT;
}

/* "U.S. President George W. Bush", "France's foreign minister, Jean Dupont", "Xi, the Chinese president". */
static uint32_t find_state(const ds_finder *f, uint32_t first, uint32_t head) {
  uint32_t begin = ds_finder_begin(f, head), state = DS_NO_SPOT;
  for (uint32_t t = first, steps = 0; t-- > begin && steps < MOST_TITLE_TOKENS && state == DS_NO_SPOT; steps++) {
    uint8_t upos = ds_finder_word(f, t)->upos;
    state = state_at(f, t);
    if (state == DS_NO_SPOT && f->spot_at[t] != DS_NO_SPOT) break;
    bool comma = t + 1 == first && ds_str_eqz(ds_finder_form(f, t), ",");
    if (upos != DS_UPOS_NOUN && upos != DS_UPOS_PROPN && upos != DS_UPOS_ADJ && upos != DS_UPOS_PART && !comma) break;
  }
  uint32_t appos = ds_finder_dependent(f, head, DS_DEPREL_APPOS);
  if (state != DS_NO_SPOT || appos == DS_NO_HEAD) return state;
  for (uint32_t c = f->child[appos]; c != DS_NO_HEAD && state == DS_NO_SPOT; c = f->next[c]) state = state_at(f, c);
  return state;
}

static bool add_found(walk *w, ds_found found) {
  ds_finder *f = w->f;
  seen *s = &w->groups[found.group];
  const ds_group *group = &f->groups.items[found.group];
  uint32_t sentence = f->sentence[found.head];
  s->weight = faded(s, sentence) + 1;
  s->subject = ds_finder_is_subject(f, found.head);
  if (s->subject) s->weight += W_SUBJECT;
  s->agent = s->subject || found.form == DS_MENTION_DEMONYM;
  s->plural = ds_finder_word(f, found.head)->morph.number == DS_NUMBER_PLUR;
  s->token = found.head;
  s->sentence = sentence;
  s->count++;
  if (!s->gender) s->gender = gender_of(f, group);
  w->group_of[found.head] = found.group;
  if (ds_finder_like(f, group->kind) == DS_LIKE_PERSON && found.form == DS_MENTION_NAME) {
    note_offices(f, s, found.first, found.head);
    if (s->state == DS_NO_SPOT) s->state = find_state(f, found.first, found.head);
  }
  if (s->subject && s->state != DS_NO_SPOT) {
    w->acting = s->state;
    w->acting_sentence = sentence;
  }
  return DS_PUSH(f->found, found);
}

/* The state that the text is about at this token, or DS_NO_SPOT. Elsewhere: rather not one that acts in the same sentence:
 * "U.S. forces may leave the country". */
static uint32_t state_at_hand(const walk *w, uint32_t token, bool elsewhere) {
  const ds_finder *f = w->f;
  uint32_t best = DS_NO_SPOT;
  float most = 0;
  for (uint32_t g = 0; g < f->groups.len; g++) {
    const ds_group *group = &f->groups.items[g];
    if (group->parent != g || ds_finder_like(f, group->kind) != DS_LIKE_STATE) continue;
    const seen *s = &w->groups[g];
    float weight = faded(s, f->sentence[token]);
    bool acts = s->count && s->sentence == f->sentence[token] && s->agent;
    if (elsewhere && (acts || (w->acting == g && w->acting_sentence == f->sentence[token]))) weight *= W_AGENT;
    weight += W_ARTICLE * (float)group->spot_count;
    if (weight <= most) continue;
    most = weight;
    best = g;
  }
  return best;
}

/* The state that somebody's government is of: a person's, a state's own, else the one at hand. */
static uint32_t state_of(const walk *w, uint32_t group, uint32_t token, bool elsewhere) {
  const ds_finder *f = w->f;
  if (group != DS_NO_SPOT) {
    ds_kind_like like = ds_finder_like(f, f->groups.items[group].kind);
    if (like == DS_LIKE_STATE) return group;
    if (like == DS_LIKE_PERSON && w->groups[group].state != DS_NO_SPOT) return w->groups[group].state;
  }
  return state_at_hand(w, token, elsewhere);
}

/* --- pronouns -------------------------------------------------------------------------------------------------------- */

typedef enum pronoun { PRONOUN_NONE, PRONOUN_HE, PRONOUN_SHE, PRONOUN_IT, PRONOUN_THEY } pronoun;

static pronoun which_pronoun(const ds_finder *f, uint32_t token) {
  static const struct {
    const char *form;
    pronoun which;
  } FORMS[] = {{"he", PRONOUN_HE},     {"him", PRONOUN_HE},     {"his", PRONOUN_HE},         {"himself", PRONOUN_HE},
               {"she", PRONOUN_SHE},   {"her", PRONOUN_SHE},    {"hers", PRONOUN_SHE},       {"herself", PRONOUN_SHE},
               {"it", PRONOUN_IT},     {"its", PRONOUN_IT},     {"itself", PRONOUN_IT},      {"they", PRONOUN_THEY},
               {"them", PRONOUN_THEY}, {"their", PRONOUN_THEY}, {"themselves", PRONOUN_THEY}};
  if (ds_finder_word(f, token)->upos != DS_UPOS_PRON) return PRONOUN_NONE;
  for (size_t i = 0; i < sizeof FORMS / sizeof *FORMS; i++)
    if (ds_finder_is(f, token, FORMS[i].form)) return FORMS[i].which;
  return PRONOUN_NONE;
}

/* "It is clear that", "it rained": stands for nothing. */
static bool is_pleonastic(const ds_finder *f, uint32_t token) {
  const ds_word *w = ds_finder_word(f, token);
  if (w->deprel == DS_DEPREL_EXPL) return true;
  if (w->head == DS_NO_HEAD || ds_deprel_base((ds_deprel)w->deprel) != DS_DEPREL_NSUBJ) return false;
  if (ds_str_eqz(ds_finder_word(f, w->head)->lemma, "rain") || ds_str_eqz(ds_finder_word(f, w->head)->lemma, "snow"))
    return true;
  if (ds_finder_dependent(f, w->head, DS_DEPREL_CSUBJ) != DS_NO_HEAD) return true;
  return ds_finder_dependent(f, w->head, DS_DEPREL_COP) != DS_NO_HEAD &&
         ds_finder_dependent(f, w->head, DS_DEPREL_CCOMP) != DS_NO_HEAD;
}

/* Objects are too often things that have no name. */
static bool is_object(const ds_finder *f, uint32_t token) {
  ds_deprel base = ds_deprel_base((ds_deprel)ds_finder_word(f, token)->deprel);
  return base == DS_DEPREL_OBJ || base == DS_DEPREL_OBL || base == DS_DEPREL_IOBJ || base == DS_DEPREL_NMOD;
}

/* Subject and object of one verb are not the same unless the pronoun says so. */
static bool is_bound_apart(const ds_finder *f, uint32_t pronoun_token, uint32_t name) {
  const ds_word *p = ds_finder_word(f, pronoun_token), *n = ds_finder_word(f, name);
  if (p->morph.possessive || p->deprel == DS_DEPREL_NMOD_POSS || p->head == DS_NO_HEAD) return false;
  size_t at;
  if (ds_str_find(ds_finder_form(f, pronoun_token), DS_STR("sel"), &at)) return false;
  return p->head == n->head;
}

static bool agrees(const ds_finder *f, pronoun which, const ds_group *group, const seen *s) {
  ds_kind_like like = ds_finder_like(f, group->kind);
  switch (which) {
    case PRONOUN_HE: return like == DS_LIKE_PERSON && s->gender != DS_GENDER_SHE;
    case PRONOUN_SHE: return like == DS_LIKE_PERSON && s->gender != DS_GENDER_HE;
    case PRONOUN_IT: return like == DS_LIKE_STATE || like == DS_LIKE_ORGANIZATION;
    case PRONOUN_THEY: return like == DS_LIKE_ORGANIZATION || s->plural;
    default: return false;
  }
}

static bool resolve_pronoun(walk *w, uint32_t token, pronoun which) {
  const ds_finder *f = w->f;
  bool person = which == PRONOUN_HE || which == PRONOUN_SHE;
  uint32_t sentence = f->sentence[token], best = DS_NO_SPOT;
  uint32_t reach = person ? MOST_DISTANCE : NEAR_DISTANCE;
  float most = -1e9f, second = -1e9f;
  if (which == PRONOUN_IT && is_pleonastic(f, token)) return true;
  if (!person && is_object(f, token) && ds_finder_word(f, token)->deprel != DS_DEPREL_NMOD_POSS) return true;
  for (uint32_t g = 0; g < f->groups.len; g++) {
    const seen *s = &w->groups[g];
    const ds_group *group = &f->groups.items[g];
    if (!s->count || s->sentence + reach < sentence || !agrees(f, which, group, s)) continue;
    if (is_bound_apart(f, token, s->token)) continue;
    uint32_t distance = sentence - s->sentence;
    uint32_t count = s->count < 5 ? s->count : 5;
    float score = -W_DISTANCE * (float)distance + (s->subject ? W_SUBJECT : 0) + W_COUNT * (float)count;
    if (person && s->gender) score += W_GENDER;
    if (score > most) {
      second = most;
      most = score;
      best = g;
    } else if (score > second) {
      second = score;
    }
  }
  if (best == DS_NO_SPOT || most - second < W_MARGIN) return true;
  return add_found(w, (ds_found){.first = token,
                                 .count = 1,
                                 .head = token,
                                 .group = best,
                                 .spot = DS_NO_SPOT,
                                 .form = DS_MENTION_PRONOUN,
                                 .reason = DS_STR("pronoun")});
}

/* --- descriptions ---------------------------------------------------------------------------------------------------- */

static bool is_definite(const ds_finder *f, uint32_t token) {
  uint32_t det = ds_finder_dependent(f, token, DS_DEPREL_DET);
  return det != DS_NO_HEAD &&
         (ds_finder_is(f, det, "the") || ds_finder_is(f, det, "this") || ds_finder_is(f, det, "that") ||
          ds_finder_is(f, det, "these") || ds_finder_is(f, det, "those"));
}

/* "the group that ...", "the head of ...", "the group Hamas", "X is the leader": says itself who is meant, or says it of X. */
static bool is_told_otherwise(const ds_finder *f, uint32_t token) {
  const ds_word *w = ds_finder_word(f, token);
  if (w->deprel == DS_DEPREL_APPOS || w->deprel == DS_DEPREL_COMPOUND || w->deprel == DS_DEPREL_FLAT) return true;
  for (uint32_t c = f->child[token]; c != DS_NO_HEAD; c = f->next[c]) {
    switch (ds_deprel_base((ds_deprel)ds_finder_word(f, c)->deprel)) {
      case DS_DEPREL_ACL: /* "the rebels, who ..." says more of them, but not which ones */
        if (c < token || !ds_str_eqz(ds_finder_form(f, token + 1), ",")) return true;
        break;
      case DS_DEPREL_NMOD:
        if (ds_finder_word(f, c)->upos == DS_UPOS_PRON) break;
        return true;
      case DS_DEPREL_APPOS:
      case DS_DEPREL_FLAT:
      case DS_DEPREL_COP: return true;
      case DS_DEPREL_COMPOUND:
        if (f->spot_at[c] != DS_NO_SPOT) return true;
        break;
      default: break;
    }
  }
  return false;
}

static bool has_word(const ds_group *group, uint32_t hash) {
  for (uint32_t i = 0; i < group->word_count; i++)
    if (group->words[i] == hash) return true;
  return false;
}

static bool has_office(const seen *s, uint32_t hash) {
  for (uint32_t i = 0; i < s->office_count; i++)
    if (s->offices[i] == hash) return true;
  return false;
}

/* The group that the noun points back to, or DS_NO_SPOT. `state`: whose president it is, or DS_NO_SPOT. */
static uint32_t point_back(const walk *w, uint32_t first, uint32_t token, const ds_description *row, bool office,
                           uint32_t state) {
  const ds_finder *f = w->f;
  uint32_t sentence = f->sentence[token], best = DS_NO_SPOT, people = 0;
  uint32_t hash = office ? hash_phrase(f, first, token) : hash_lower(ds_finder_word(f, token)->lemma);
  float most = 0;
  for (uint32_t g = 0; g < f->groups.len; g++) {
    const seen *s = &w->groups[g];
    const ds_group *group = &f->groups.items[g];
    if (!s->count || !(row->kinds >> group->kind & 1)) continue;
    bool person = ds_finder_like(f, group->kind) == DS_LIKE_PERSON;
    bool by_word = person ? has_office(s, hash) : has_word(group, hash);
    if (person && row->gender && s->gender && row->gender != s->gender) continue;
    if (person && office && !by_word) continue;
    if (person && state != DS_NO_SPOT && s->state != state) continue;
    if (!by_word && s->sentence + DESCRIPTION_DISTANCE < sentence) continue;
    people += person && !by_word && s->sentence + NEAR_DISTANCE >= sentence;
    if (person && !by_word && s->sentence + NEAR_DISTANCE < sentence) continue;
    float weight = faded(s, sentence) + (by_word ? W_WORD : 0);
    if (weight <= most) continue;
    most = weight;
    best = g;
  }
  return people > 1 ? DS_NO_SPOT : best;
}

/* Whether a name of the group starts or ends with the word: one in the article, or one of its row. */
static bool has_outer_word(const ds_group *group, uint32_t hash) {
  if (group->word_count > 1 && (group->words[0] == hash || group->words[group->word_count - 1] == hash)) return true;
  for (size_t i = 0; group->known && i < group->known->name_count; i++) {
    char key[DS_KEY_SIZE];
    size_t len = ds_name_key(group->known->names[i], key), at = len;
    while (at && key[at - 1] != ' ') at--;
    if (at && (uint32_t)ds_str_hash((ds_str){key + at, len - at}) == hash) return true;
  }
  return false;
}

/* "The Guards": a noun with a capital that ends or starts the name of an organization or place met before. */
static uint32_t short_name(const walk *w, uint32_t token) {
  const ds_finder *f = w->f;
  uint32_t hash = hash_lower(ds_finder_form(f, token)), best = DS_NO_SPOT, when = 0;
  if (!ds_cp_is_upper(ds_utf8_at(ds_finder_form(f, token), 0, NULL)) || token == ds_finder_begin(f, token))
    return DS_NO_SPOT;
  for (uint32_t g = 0; g < f->groups.len; g++) {
    const ds_group *group = &f->groups.items[g];
    const seen *s = &w->groups[g];
    if (!s->count || ds_finder_like(f, group->kind) != DS_LIKE_ORGANIZATION || !has_outer_word(group, hash)) continue;
    if (best != DS_NO_SPOT && s->token < when) continue;
    best = g;
    when = s->token;
  }
  return best;
}

static bool resolve_description(walk *w, uint32_t token) {
  const ds_finder *f = w->f;
  const ds_gazetteer *g = f->gazetteer;
  uint32_t begin = ds_finder_begin(f, token), best = DS_NO_SPOT;
  uint64_t at;
  bool plural = ds_finder_word(f, token)->morph.number == DS_NUMBER_PLUR;
  uint32_t n = ds_phrases_to(&g->descriptions, f->text, f->parse, begin, token, &at);
  uint32_t office = plural ? 0 : ds_phrases_to(&g->offices, f->text, f->parse, begin, token, &(uint64_t){0});
  if (!n && !office) {
    best = is_definite(f, token) ? short_name(w, token) : DS_NO_SPOT;
    if (best == DS_NO_SPOT) return true;
    return add_found(w, (ds_found){.first = token,
                                   .count = 1,
                                   .head = token,
                                   .group = best,
                                   .spot = DS_NO_SPOT,
                                   .form = DS_MENTION_NAME,
                                   .reason = DS_STR("short form")});
  }
  if (is_told_otherwise(f, token)) return true;
  uint32_t owner = ds_finder_dependent(f, token, DS_DEPREL_NMOD_POSS);
  bool possessed = owner != DS_NO_HEAD && ds_finder_word(f, owner)->upos == DS_UPOS_PRON;
  uint32_t state = DS_NO_SPOT;
  for (uint32_t c = f->child[token]; c != DS_NO_HEAD && c < token && state == DS_NO_SPOT; c = f->next[c])
    state = state_at(f, c);
  bool owned = owner != DS_NO_HEAD && state != DS_NO_SPOT;
  if (!possessed && !owned && !is_definite(f, token)) return true;
  ds_description row = n ? g->description_rows.items[at] : (ds_description){.kinds = UINT64_C(1) << g->person_kind};
  if (office > n) n = office;
  if (n > token - begin + 1 || row.plural != plural) return true;
  if (row.plural && (row.kinds & (UINT64_C(1) << g->person_kind | UINT64_C(1) << g->state_kind))) return true;
  if (g->state_kind != DS_NO_KIND && row.kinds == UINT64_C(1) << g->state_kind)
    best = state_of(w, possessed ? w->group_of[owner] : DS_NO_SPOT, token, true);
  else if (!possessed)
    best = point_back(w, token + 1 - n, token, &row, office > 0, state);
  if (best == DS_NO_SPOT) return true;
  return add_found(w, (ds_found){.first = token + 1 - n,
                                 .count = n,
                                 .head = token,
                                 .group = best,
                                 .spot = DS_NO_SPOT,
                                 .form = DS_MENTION_DESCRIPTION,
                                 .reason = DS_STR("description")});
}

/* --- the walk -------------------------------------------------------------------------------------------------------- */

/* The group that a spot without a name of its own stands for or belongs to. */
static uint32_t stands_for(const walk *w, const ds_spot *spot) {
  const ds_finder *f = w->f;
  uint32_t holder = DS_NO_SPOT;
  if (spot->same_as != DS_NO_SPOT) {
    holder = f->spots.items[spot->same_as].group;
    bool person = holder != DS_NO_SPOT && ds_finder_like(f, f->groups.items[holder].kind) == DS_LIKE_PERSON;
    return person ? state_of(w, holder, spot->head, false) : holder;
  }
  if (spot->holder != DS_NO_SPOT) holder = f->spots.items[spot->holder].group;
  if (spot->pronoun != DS_NO_HEAD) holder = w->group_of[spot->pronoun];
  if (spot->pronoun != DS_NO_HEAD && holder != DS_NO_SPOT && spot->kind == DS_NO_KIND &&
      ds_finder_like(f, f->groups.items[holder].kind) == DS_LIKE_ORGANIZATION)
    return holder;
  return state_of(w, holder, spot->head, false);
}

static bool meet_spot(walk *w, uint32_t s) {
  ds_finder *f = w->f;
  ds_spot *spot = &f->spots.items[s];
  uint32_t group = spot->group;
  if (spot->same_as != DS_NO_SPOT || spot->at_hand) {
    uint32_t state = stands_for(w, spot);
    if (group == DS_NO_SPOT)
      group = state;
    else if (f->groups.items[group].owner == DS_NO_SPOT && state != DS_NO_SPOT && state != group)
      f->groups.items[group].owner = f->groups.items[state].first_spot;
  }
  if (group == DS_NO_SPOT) return true;
  return add_found(w, (ds_found){.first = spot->first,
                                 .count = spot->count,
                                 .head = spot->head,
                                 .group = group,
                                 .spot = s,
                                 .form = spot->form,
                                 .reason = spot->reason});
}

bool ds_refer(ds_finder *f) {
  walk w = {.f = f,
            .groups = DS_NEW_ARRAY(f->arena, seen, f->groups.len),
            .group_of = DS_NEW_ARRAY(f->arena, uint32_t, f->text->token_count)};
  if (!w.groups || !w.group_of) return false;
  w.acting = DS_NO_SPOT;
  for (size_t g = 0; g < f->groups.len; g++) w.groups[g].state = DS_NO_SPOT;
  for (size_t t = 0; t < f->text->token_count; t++) w.group_of[t] = DS_NO_SPOT;
  for (uint32_t t = 0; t < f->text->token_count; t++) {
    uint32_t s = f->spot_head[t];
    bool ok = true;
    if (s != DS_NO_SPOT) {
      ok = meet_spot(&w, s);
    } else if (f->spot_at[t] == DS_NO_SPOT) {
      pronoun which = which_pronoun(f, t);
      if (which != PRONOUN_NONE)
        ok = resolve_pronoun(&w, t, which);
      else if (ds_finder_word(f, t)->upos == DS_UPOS_NOUN || ds_finder_word(f, t)->upos == DS_UPOS_PROPN)
        ok = resolve_description(&w, t);
    }
    if (!ok) return false;
  }
  return true;
}
