/* Pronouns and descriptions, and "the government" of the state at hand: in order of the text. */
#include "actor/finder.h"
#include "actor/weights.h"
#include "base/utf8.h"

#define MOST_OFFICES 6

/* What was seen of a group so far. */
typedef struct seen {
  uint32_t count, token, sentence; /* token: head of its last mention */
  float weight;                    /* fades from sentence to sentence */
  bool subject, plural;            /* of the last mention */
  uint8_t gender;
  uint32_t offices[MOST_OFFICES];  /* hashes of the words by which it was called: "president" */
  uint32_t office_count;
} seen;

typedef struct walk {
  ds_finder *f;
  seen *groups;
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

static void note_office(const ds_finder *f, seen *s, uint32_t token) {
  if (s->office_count == MOST_OFFICES || ds_finder_word(f, token)->upos == DS_UPOS_PUNCT) return;
  s->offices[s->office_count++] = hash_lower(ds_finder_word(f, token)->lemma);
}

/* "President Bush", "Khatib, the intelligence minister", "the minister, Khatib". */
static void note_offices(const ds_finder *f, seen *s, uint32_t first, uint32_t head) {
  const ds_phrases *offices = &f->gazetteer->offices;
  uint64_t at;
  uint32_t begin = ds_finder_begin(f, head);
  if (first > begin && ds_phrases_to(offices, f->text, f->parse, begin, first - 1, &at)) note_office(f, s, first - 1);
  uint32_t appos = ds_finder_dependent(f, head, DS_DEPREL_APPOS);
  if (appos != DS_NO_HEAD && ds_phrases_to(offices, f->text, f->parse, begin, appos, &at)) note_office(f, s, appos);
  const ds_word *w = ds_finder_word(f, head);
  if (w->deprel == DS_DEPREL_APPOS && ds_phrases_to(offices, f->text, f->parse, begin, w->head, &at))
    note_office(f, s, w->head);
}

static bool add_found(walk *w, ds_found found) {
  ds_finder *f = w->f;
  seen *s = &w->groups[found.group];
  const ds_group *group = &f->groups.items[found.group];
  uint32_t sentence = f->sentence[found.head];
  s->weight = faded(s, sentence) + 1;
  s->subject = ds_finder_is_subject(f, found.head);
  if (s->subject) s->weight += W_SUBJECT;
  s->plural = ds_finder_word(f, found.head)->morph.number == DS_NUMBER_PLUR;
  s->token = found.head;
  s->sentence = sentence;
  s->count++;
  if (!s->gender) s->gender = gender_of(f, group);
  if (ds_finder_like(f, group->kind) == DS_LIKE_PERSON && found.form == DS_MENTION_NAME)
    note_offices(f, s, found.first, found.head);
  return DS_PUSH(f->found, found);
}

/* The state that the text is about at this token, or DS_NO_SPOT. */
static uint32_t state_at_hand(const walk *w, uint32_t token) {
  const ds_finder *f = w->f;
  uint32_t best = DS_NO_SPOT;
  float most = 0;
  for (uint32_t g = 0; g < f->groups.len; g++) {
    const ds_group *group = &f->groups.items[g];
    if (group->parent != g || ds_finder_like(f, group->kind) != DS_LIKE_STATE) continue;
    float weight = faded(&w->groups[g], f->sentence[token]) + W_ARTICLE * (float)group->spot_count;
    if (weight <= most) continue;
    most = weight;
    best = g;
  }
  return best;
}

/* --- pronouns -------------------------------------------------------------------------------------------------------- */

typedef enum pronoun { PRONOUN_NONE, PRONOUN_HE, PRONOUN_SHE, PRONOUN_IT, PRONOUN_THEY } pronoun;

static pronoun which_pronoun(const ds_finder *f, uint32_t token) {
  static const struct {
    const char *form;
    pronoun which;
  } FORMS[] = {{"he", PRONOUN_HE},   {"him", PRONOUN_HE},     {"his", PRONOUN_HE},   {"himself", PRONOUN_HE},
               {"she", PRONOUN_SHE}, {"her", PRONOUN_SHE},    {"hers", PRONOUN_SHE}, {"herself", PRONOUN_SHE},
               {"it", PRONOUN_IT},   {"its", PRONOUN_IT},     {"itself", PRONOUN_IT}, {"they", PRONOUN_THEY},
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
  if (ds_finder_dependent(f, w->head, DS_DEPREL_CSUBJ) != DS_NO_HEAD) return true;
  return ds_finder_dependent(f, w->head, DS_DEPREL_COP) != DS_NO_HEAD &&
         ds_finder_dependent(f, w->head, DS_DEPREL_CCOMP) != DS_NO_HEAD;
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
  return add_found(w, (ds_found){.first = token, .count = 1, .head = token, .group = best, .spot = DS_NO_SPOT,
                                 .form = DS_MENTION_PRONOUN, .reason = DS_STR("pronoun")});
}

/* --- descriptions ---------------------------------------------------------------------------------------------------- */

static bool is_definite(const ds_finder *f, uint32_t token) {
  uint32_t det = ds_finder_dependent(f, token, DS_DEPREL_DET);
  return det != DS_NO_HEAD && (ds_finder_is(f, det, "the") || ds_finder_is(f, det, "this") || ds_finder_is(f, det, "that") ||
                               ds_finder_is(f, det, "these") || ds_finder_is(f, det, "those"));
}

/* "the group that ...", "the head of ...", "the group Hamas", "X is the leader": says itself who is meant, or says it of X. */
static bool is_told_otherwise(const ds_finder *f, uint32_t token) {
  const ds_word *w = ds_finder_word(f, token);
  if (w->deprel == DS_DEPREL_APPOS || w->deprel == DS_DEPREL_COMPOUND || w->deprel == DS_DEPREL_FLAT) return true;
  for (uint32_t c = f->child[token]; c != DS_NO_HEAD; c = f->next[c]) {
    switch (ds_deprel_base((ds_deprel)ds_finder_word(f, c)->deprel)) {
      case DS_DEPREL_NMOD:
      case DS_DEPREL_ACL:
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

/* The group that the noun points back to, or DS_NO_SPOT. */
static uint32_t point_back(const walk *w, uint32_t token, const ds_description *row, bool office) {
  const ds_finder *f = w->f;
  uint32_t sentence = f->sentence[token], best = DS_NO_SPOT, people = 0;
  uint32_t hash = hash_lower(ds_finder_word(f, token)->lemma);
  float most = 0;
  for (uint32_t g = 0; g < f->groups.len; g++) {
    const seen *s = &w->groups[g];
    const ds_group *group = &f->groups.items[g];
    if (!s->count || !(row->kinds >> group->kind & 1)) continue;
    bool person = ds_finder_like(f, group->kind) == DS_LIKE_PERSON;
    bool by_word = person ? has_office(s, hash) : has_word(group, hash);
    if (person && row->gender && s->gender && row->gender != s->gender) continue;
    if (person && office && !by_word) continue;
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

static bool resolve_description(walk *w, uint32_t token) {
  const ds_finder *f = w->f;
  const ds_gazetteer *g = f->gazetteer;
  uint32_t begin = ds_finder_begin(f, token), best = DS_NO_SPOT;
  uint64_t at;
  bool plural = ds_finder_word(f, token)->morph.number == DS_NUMBER_PLUR;
  uint32_t n = ds_phrases_to(&g->descriptions, f->text, f->parse, begin, token, &at);
  uint32_t office = plural ? 0 : ds_phrases_to(&g->offices, f->text, f->parse, begin, token, &(uint64_t){0});
  if ((!n && !office) || !is_definite(f, token) || is_told_otherwise(f, token)) return true;
  ds_description row = n ? g->description_rows.items[at] : (ds_description){.kinds = UINT64_C(1) << g->person_kind};
  if (office > n) n = office;
  if (n > token - begin + 1 || row.plural != plural) return true;
  if (row.plural && (row.kinds & (UINT64_C(1) << g->person_kind | UINT64_C(1) << g->state_kind))) return true;
  if (g->state_kind != DS_NO_KIND && row.kinds == UINT64_C(1) << g->state_kind)
    best = state_at_hand(w, token);
  else
    best = point_back(w, token, &row, office > 0);
  if (best == DS_NO_SPOT) return true;
  return add_found(w, (ds_found){.first = token + 1 - n, .count = n, .head = token, .group = best, .spot = DS_NO_SPOT,
                                 .form = DS_MENTION_DESCRIPTION, .reason = DS_STR("description")});
}

/* --- the walk -------------------------------------------------------------------------------------------------------- */

static bool meet_spot(walk *w, uint32_t s) {
  ds_finder *f = w->f;
  ds_spot *spot = &f->spots.items[s];
  uint32_t group = spot->group;
  if (spot->same_as != DS_NO_SPOT) group = f->spots.items[spot->same_as].group;
  if (spot->at_hand) {
    uint32_t state = state_at_hand(w, spot->head);
    if (group == DS_NO_SPOT)
      group = state;
    else if (f->groups.items[group].owner == DS_NO_SPOT && state != DS_NO_SPOT)
      f->groups.items[group].owner = f->groups.items[state].first_spot;
  }
  if (group == DS_NO_SPOT) return true;
  return add_found(w, (ds_found){.first = spot->first, .count = spot->count, .head = spot->head, .group = group, .spot = s,
                                 .form = spot->form, .reason = spot->reason});
}

bool ds_refer(ds_finder *f) {
  walk w = {.f = f, .groups = DS_NEW_ARRAY(f->arena, seen, f->groups.len)};
  if (!w.groups) return false;
  for (uint32_t t = 0; t < f->text->token_count; t++) {
    uint32_t s = f->spot_head[t];
    bool ok = true;
    if (s != DS_NO_SPOT) {
      ok = meet_spot(&w, s);
    } else if (f->spot_at[t] == DS_NO_SPOT) {
      pronoun which = which_pronoun(f, t);
      if (which != PRONOUN_NONE)
        ok = resolve_pronoun(&w, t, which);
      else if (ds_finder_word(f, t)->upos == DS_UPOS_NOUN)
        ok = resolve_description(&w, t);
    }
    if (!ok) return false;
  }
  return true;
}
