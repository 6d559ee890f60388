/* Places in the text that hold a name: the model's spans and the gazetteer's, cleaned and put together. */
#include "actor/finder.h"
#include "base/utf8.h"

typedef struct match {
  uint32_t first, count;
  const ds_uses *uses;
  const ds_known_use *use;
} match;

typedef struct matches {
  DS_VEC(match) list;
  uint32_t *name_at; /* of each token: index + 1 of the model's name that covers it, or 0 */
  ds_name *names;    /* the model's names, cleaned; count 0 where nothing is left or a match took its place */
  bool *titled;
  uint8_t *gender;
  ds_map surnames; /* last words of the model's full names of persons */
} matches;

/* Whether a sentence is written in capitals, so that "US" may be "us". */
static bool is_all_capitals(const ds_finder *f, const ds_sentence *s) {
  uint32_t words = 0;
  for (uint32_t t = s->first; t < s->first + s->count; t++) {
    ds_str form = ds_finder_form(f, t);
    for (size_t i = 0; i < form.len; i++)
      if (form.ptr[i] >= 'a' && form.ptr[i] <= 'z') return false;
    words += form.len > 1 && form.ptr[0] >= 'A' && form.ptr[0] <= 'Z';
  }
  return words >= 3;
}

/* "spoke in French" */
static bool is_language(const ds_finder *f, const match *m) {
  uint32_t head = m->first + m->count - 1, preposition = ds_finder_dependent(f, head, DS_DEPREL_CASE);
  return m->use->form == DS_FORM_ADJECTIVE && preposition != DS_NO_HEAD && ds_finder_is(f, preposition, "in");
}

/* A known name that the model did not see should at least not be tagged as a verb or the like. */
static bool looks_like_name(const ds_finder *f, const match *m) {
  if (m->use->exact) return true;
  for (uint32_t t = m->first; t < m->first + m->count; t++) {
    uint8_t upos = ds_finder_word(f, t)->upos;
    if (upos == DS_UPOS_PROPN || upos == DS_UPOS_NOUN || upos == DS_UPOS_ADJ) return true;
  }
  return false;
}

static bool find_matches(ds_finder *f, matches *all) {
  for (size_t i = 0; i < f->text->sentence_count; i++) {
    const ds_sentence *s = &f->text->sentences[i];
    uint32_t end = s->first + s->count;
    bool capitals = is_all_capitals(f, s);
    for (uint32_t t = s->first; t < end;) {
      match m = {.first = t};
      m.count = ds_gazetteer_match(f->gazetteer, f->text, t, end, &m.uses, &m.use);
      if (!m.count || (capitals && m.use->exact && !all->name_at[t])) {
        t++;
        continue;
      }
      if (!DS_PUSH(all->list, m)) return false;
      t += m.count;
    }
  }
  return true;
}

static bool is_blank_end(const ds_finder *f, uint32_t token) {
  const ds_word *w = ds_finder_word(f, token);
  ds_str form = ds_finder_form(f, token);
  if (w->upos == DS_UPOS_PUNCT || w->xpos == DS_XPOS_POS || w->upos == DS_UPOS_CCONJ) return true;
  return ds_str_eq_nocase(form, DS_STR("'s")) || ds_str_eq_nocase(form, DS_STR("\xE2\x80\x99s"));
}

static bool has_open_bracket(const ds_finder *f, uint32_t first, uint32_t count) {
  for (uint32_t i = 0; i < count; i++)
    if (ds_str_eqz(ds_finder_form(f, first + i), "(")) return true;
  return false;
}

/* Cuts determiners, quotes, possessive marks, and before a person titles and offices. */
static void clean(const ds_finder *f, ds_name *name, bool *titled, uint8_t *gender) {
  while (name->count && (is_blank_end(f, name->first) || ds_finder_word(f, name->first)->upos == DS_UPOS_DET)) {
    name->first++;
    name->count--;
  }
  while (name->count) {
    uint32_t last = name->first + name->count - 1;
    if (!is_blank_end(f, last)) break;
    if (ds_str_eqz(ds_finder_form(f, last), ")") && has_open_bracket(f, name->first, name->count)) break;
    name->count--;
  }
  while (name->kind == DS_NAME_PERSON && name->count > 1) {
    uint64_t value;
    uint32_t end = name->first + name->count;
    uint32_t n = ds_phrases_from(&f->gazetteer->titles, f->text, f->parse, name->first, end, &value);
    if (n)
      *gender = value ? (uint8_t)value : *gender;
    else
      n = ds_gazetteer_office(f->gazetteer, f->text, f->parse, name->first, end, NULL);
    if (!n || n >= name->count) break;
    *titled = true;
    name->first += n;
    name->count -= n;
  }
  for (uint32_t i = 0; i < name->count; i++) {
    ds_str form = ds_finder_form(f, name->first + i);
    size_t at;
    if (ds_str_find(form, DS_STR("$"), &at) || ds_str_find(form, DS_STR("http"), &at) ||
        ds_str_find(form, DS_STR("@"), &at))
      name->count = 0;
  }
}

/* A title or an office right before the name: "Mr. Bush", "Prime Minister Modi". */
static void look_left(const ds_finder *f, ds_spot *spot) {
  uint32_t begin = ds_finder_begin(f, spot->first);
  if (spot->first == begin) return;
  uint64_t value;
  uint32_t n = ds_phrases_to(&f->gazetteer->titles, f->text, f->parse, begin, spot->first - 1, &value);
  if (n && ds_cp_is_upper(ds_utf8_at(ds_finder_form(f, spot->first - n), 0, NULL))) {
    spot->titled = true;
    if (value) spot->gender = (uint8_t)value;
  } else if (ds_phrases_to(&f->gazetteer->offices, f->text, f->parse, begin, spot->first - 1, &value)) {
    spot->titled = true;
  }
}

static bool add_name(ds_finder *f, const ds_name *name, bool titled, uint8_t gender) {
  ds_spot spot = {.first = name->first,
                  .count = name->count,
                  .model = (uint8_t)name->kind,
                  .kind = DS_NO_KIND,
                  .owner = DS_NO_SPOT,
                  .same_as = DS_NO_SPOT,
                  .pronoun = DS_NO_HEAD,
                  .holder = DS_NO_SPOT,
                  .titled = titled,
                  .gender = gender,
                  .reason = DS_STR("name")};
  spot.head = ds_finder_span_head(f, spot.first, spot.count);
  look_left(f, &spot);
  return ds_spot_add(f, spot, NULL);
}

/* The use that fits the model's opinion best. */
static const ds_known_use *choose_use(const ds_finder *f, const match *m, uint8_t model) {
  if (model == DS_NAME_ORGANIZATION)
    for (size_t i = 0; i < m->uses->count; i++)
      if (ds_finder_like(f, m->uses->items[i].row->kind) == DS_LIKE_ORGANIZATION && !m->uses->items[i].exact)
        return &m->uses->items[i];
  return m->use;
}

static bool add_match(ds_finder *f, const match *m, uint8_t model, bool nested) {
  const ds_known_use *use = choose_use(f, m, model);
  ds_spot spot = {.first = m->first,
                  .count = m->count,
                  .model = model,
                  .kind = use->row->kind,
                  .nested = nested,
                  .known = use->row,
                  .owner = DS_NO_SPOT,
                  .same_as = DS_NO_SPOT,
                  .pronoun = DS_NO_HEAD,
                  .holder = DS_NO_SPOT,
                  .reason = DS_STR("gazetteer")};
  spot.head = ds_finder_span_head(f, spot.first, spot.count);
  spot.form = use->form == DS_FORM_ADJECTIVE || use->form == DS_FORM_PEOPLE ? DS_MENTION_DEMONYM : DS_MENTION_NAME;
  look_left(f, &spot);
  return ds_spot_add(f, spot, NULL);
}

/* "Jordan" of "Mr. Jordan", "Victoria" whom the model takes for a person. */
static bool is_rather_person(const ds_finder *f, const matches *all, const match *m, const ds_name *name) {
  if (name->kind != DS_NAME_PERSON || ds_finder_like(f, m->use->row->kind) == DS_LIKE_PERSON) return false;
  bool inside = ds_finder_is_inside(f, m->first, m->count);
  if (m->count == 1 && !inside && ds_map_get(&all->surnames, ds_finder_form(f, m->first), NULL)) return true;
  ds_spot probe = {.first = m->first, .count = m->count};
  look_left(f, &probe);
  return m->use->weak || probe.titled;
}

/* Decides what a match and the model's names over the same tokens come to. */
static bool settle(ds_finder *f, matches *all, const match *m) {
  uint32_t end = m->first + m->count;
  ds_name *longest = NULL;
  bool covers = true;
  for (uint32_t t = m->first; t < end; t++) {
    if (!all->name_at[t]) continue;
    ds_name *name = &all->names[all->name_at[t] - 1];
    if (!name->count) continue;
    if (!longest || name->count > longest->count) longest = name;
    if (name->first < m->first || name->first + name->count > end) covers = false;
  }
  if (is_language(f, m)) {
    if (longest && longest->count == m->count) longest->count = 0;
    return true;
  }
  if (!longest) return m->use->weak || !looks_like_name(f, m) || add_match(f, m, DS_NO_NAME, false);
  if (!covers) {
    bool inside = longest->first <= m->first && longest->first + longest->count >= end;
    if (!inside) {
      if (m->use->weak || longest->count > m->count) return true;
    } else {
      if (longest->kind == DS_NAME_PERSON || m->use->weak) return true;
      return add_match(f, m, DS_NO_NAME, longest->kind != DS_NAME_MISC);
    }
  } else if (is_rather_person(f, all, m, longest) && longest->count == m->count) {
    return true;
  } else if (longest->kind == DS_NAME_MISC && m->use->form != DS_FORM_NAME && longest->count == m->count) {
    return true; /* a language */
  } else if (m->use->weak && longest->count < m->count) {
    return true;
  }
  uint8_t model = (uint8_t)longest->kind;
  for (uint32_t t = m->first; t < end; t++)
    if (all->name_at[t]) all->names[all->name_at[t] - 1].count = 0;
  return add_match(f, m, model, false);
}

/* Names after "Mr." and the like that nobody saw. */
static bool find_titled(ds_finder *f) {
  for (uint32_t t = 0; t < f->text->token_count; t++) {
    uint64_t gender;
    uint32_t end = ds_finder_end(f, t);
    if (f->spot_at[t] != DS_NO_SPOT || !ds_cp_is_upper(ds_utf8_at(ds_finder_form(f, t), 0, NULL))) continue;
    uint32_t n = ds_phrases_from(&f->gazetteer->titles, f->text, f->parse, t, end, &gender);
    if (!n || !gender) continue;
    uint32_t first = t + n, last = first;
    while (last < end && f->spot_at[last] == DS_NO_SPOT && ds_finder_word(f, last)->upos == DS_UPOS_PROPN &&
           ds_cp_is_upper(ds_utf8_at(ds_finder_form(f, last), 0, NULL)))
      last++;
    if (last == first) continue;
    ds_name name = {first, last - first, DS_NAME_PERSON, 0};
    if (!add_name(f, &name, true, (uint8_t)gender)) return false;
    t = last - 1;
  }
  return true;
}

/* "National Commission" "on" "Human Rights": a body's head word, a preposition and a name that depends on it are one name. */
static bool is_continued(const ds_finder *f, const ds_name *a, const ds_name *b) {
  static const char *const WORDS[] = {"of", "for", "on", "against"};
  uint32_t last = a->first + a->count - 1;
  uint64_t at;
  if (!a->count || !b->count || a->kind != DS_NAME_ORGANIZATION || b->kind == DS_NAME_PERSON || b->first != last + 2)
    return false;
  bool preposition = false;
  for (size_t i = 0; i < sizeof WORDS / sizeof *WORDS; i++) preposition |= ds_finder_is(f, last + 1, WORDS[i]);
  if (!preposition || !ds_phrases_get(&f->gazetteer->kind_words, ds_finder_form(f, last), &at)) return false;
  const ds_uses *uses;
  const ds_known_use *use;
  if (ds_gazetteer_match(f->gazetteer, f->text, b->first, b->first + b->count, &uses, &use) == b->count &&
      ds_finder_like(f, use->row->kind) == DS_LIKE_STATE)
    return false;
  return ds_finder_word(f, ds_finder_span_head(f, b->first, b->count))->head == last;
}

static void join_names(const ds_finder *f, ds_name *names, size_t count) {
  for (size_t i = 0; i + 1 < count; i++) {
    if (!is_continued(f, &names[i], &names[i + 1])) continue;
    names[i + 1].count += names[i].count + 1;
    names[i + 1].first = names[i].first;
    names[i + 1].kind = names[i].kind;
    names[i].count = 0;
  }
}

static bool prepare(ds_finder *f, matches *all) {
  size_t names = f->parse->name_count;
  all->name_at = DS_NEW_ARRAY(f->arena, uint32_t, f->text->token_count);
  all->names = DS_NEW_ARRAY(f->arena, ds_name, names);
  all->titled = DS_NEW_ARRAY(f->arena, bool, names);
  all->gender = DS_NEW_ARRAY(f->arena, uint8_t, names);
  if (!all->name_at || !all->names || !all->titled || !all->gender) return false;
  for (uint32_t i = 0; i < names; i++) {
    all->names[i] = f->parse->names[i];
    clean(f, &all->names[i], &all->titled[i], &all->gender[i]);
  }
  join_names(f, all->names, names);
  for (uint32_t i = 0; i < names; i++) {
    const ds_name *name = &all->names[i];
    if (name->kind == DS_NAME_PERSON && name->count > 1 &&
        !ds_map_put(&all->surnames, ds_finder_form(f, name->first + name->count - 1), 0))
      return false;
    for (uint32_t t = 0; t < all->names[i].count; t++) all->name_at[all->names[i].first + t] = i + 1;
  }
  return true;
}

bool ds_spots_find(ds_finder *f) {
  matches all = {0};
  bool ok = prepare(f, &all) && find_matches(f, &all);
  for (size_t i = 0; ok && i < all.list.len; i++) ok = settle(f, &all, &all.list.items[i]);
  for (size_t i = 0; ok && i < f->parse->name_count; i++)
    if (all.names[i].count) ok = add_name(f, &all.names[i], all.titled[i], all.gender[i]);
  DS_VEC_RELEASE(all.list);
  ds_map_release(&all.surnames);
  return ok && ds_spots_sort(f) && find_titled(f) && ds_spots_sort(f);
}
