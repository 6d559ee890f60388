#include "when/scan.h"

#include "base/buf.h"
#include "base/utf8.h"
#include "base/vec.h"

#include <string.h>

typedef DS_VEC(dw_atom) atom_vec;
static void read_numbers(dw_scan *scan);

/* ---- atoms ---- */

static char type_of(uint32_t cp) {
  if (ds_cp_is_digit(cp)) return '0';
  if (ds_cp_is_alpha(cp)) return 'w';
  if (cp == '-' || (cp >= 0x2010 && cp <= 0x2015) || cp == 0x2212) return '-';
  if (cp == '\'' || cp == 0x2018 || cp == 0x2019 || cp == 0x02BC || cp == '`') return '\'';
  return cp < 0x80 ? (char)cp : '*';
}

static bool fold_atom(ds_arena *arena, ds_str form, dw_atom *atom) {
  if (atom->type != 'w') {
    atom->low = form;
    return true;
  }
  ds_buf low;
  ds_buf_init(&low);
  ds_utf8_fold(form, &low);
  atom->low = ds_arena_str(arena, ds_buf_str(&low));
  bool fine = !low.failed && atom->low.ptr;
  ds_buf_release(&low);
  atom->class = dw_lexicon(atom->low, &atom->number);
  return fine;
}

static bool is_address(ds_str form) {
  size_t at;
  return ds_str_find(form, DS_STR("://"), &at) || ds_str_find(form, DS_STR("@"), &at) ||
         ds_str_starts(form, DS_STR("www."));
}

static bool cut_token(ds_arena *arena, const ds_text *text, dw_atom like, atom_vec *atoms) {
  const ds_token *token = &text->tokens[like.token];
  ds_str all = ds_str_sub(text->text, token->start, token->end);
  if (is_address(all)) {
    like.start = token->start, like.end = token->end, like.type = '*', like.low = all;
    return DS_PUSH(*atoms, like);
  }
  for (size_t at = 0; at < all.len;) {
    size_t size, from = at;
    uint32_t cp = ds_utf8_at(all, at, &size);
    dw_atom atom = like;
    atom.type = type_of(cp);
    atom.upper = ds_cp_is_upper(cp);
    for (at += size; at < all.len && (atom.type == 'w' || atom.type == '0'); at += size)
      if (type_of(ds_utf8_at(all, at, &size)) != atom.type) break;
    atom.start = token->start + (uint32_t)from;
    atom.end = token->start + (uint32_t)at;
    atom.glued = atoms->len > 0 && atoms->items[atoms->len - 1].end == atom.start;
    if (!fold_atom(arena, ds_str_sub(all, from, at), &atom) || !DS_PUSH(*atoms, atom)) return false;
  }
  return true;
}

dossier_status dw_scan_make(ds_arena *arena, const ds_text *text, const ds_parse *parse, dw_scan *out,
                            dossier_error *err) {
  atom_vec atoms = {0};
  bool fine = true;
  for (size_t s = 0; s < text->sentence_count && fine; s++) {
    const ds_sentence *sentence = &text->sentences[s];
    dw_atom like = {.sentence = (uint32_t)s, .paragraph = sentence->paragraph};
    like.heading = sentence->kind == DS_SENTENCE_HEADING;
    for (uint32_t t = 0; t < sentence->count && fine; t++) {
      like.token = sentence->first + t;
      fine = cut_token(arena, text, like, &atoms);
    }
  }
  *out = (dw_scan){.arena = arena, .text = text, .parse = parse, .count = atoms.len};
  out->atoms = fine ? DS_NEW_ARRAY(arena, dw_atom, atoms.len) : NULL;
  fine = fine && out->atoms;
  if (fine && atoms.len) memcpy(out->atoms, atoms.items, atoms.len * sizeof *out->atoms);
  DS_VEC_RELEASE(atoms);
  if (!fine) return ds_fail_memory(err);
  read_numbers(out);
  return DOSSIER_OK;
}

bool dw_scan_together(const dw_scan *scan, uint32_t a, uint32_t b) {
  return a < scan->count && b < scan->count && scan->atoms[a].sentence == scan->atoms[b].sentence;
}

/* The next atom in a pattern: the same sentence, or none. */
static const dw_atom *atom_at(const dw_scan *scan, uint32_t first, uint32_t at) {
  return dw_scan_together(scan, first, at) ? &scan->atoms[at] : NULL;
}

static bool is_one_of(const dw_atom *atom, const char *words, size_t length) {
  ds_str rest = {words, length}, word;
  if (length == 1 && atom->type == *words) return true;
  while (ds_str_split(&rest, '|', &word))
    if (ds_str_eq(word, atom->low) || (word.len == 1 && *word.ptr == atom->type)) return true;
  return false;
}

bool dw_scan_is(const dw_scan *scan, uint32_t at, const char *words) {
  return at < scan->count && is_one_of(&scan->atoms[at], words, strlen(words));
}

/* ---- numbers ---- */

static const dw_atom *glued_at(const dw_scan *scan, uint32_t first, uint32_t at, char type) {
  const dw_atom *atom = atom_at(scan, first, at);
  return atom && atom->glued && atom->type == type ? atom : NULL;
}

static uint32_t digits_number(const dw_scan *scan, uint32_t at, double *n) {
  const dw_atom *atom = &scan->atoms[at];
  uint32_t part;
  if (atom->low.len > 6 || !ds_str_to_u32(atom->low, &part)) return 0;
  *n = part;
  uint32_t end = at + 1;
  while (glued_at(scan, at, end, ',')) {
    atom = glued_at(scan, at, end + 1, '0');
    if (!atom || atom->low.len != 3 || !ds_str_to_u32(atom->low, &part)) break;
    *n = *n * 1000 + part;
    end += 2;
  }
  if (glued_at(scan, at, end, '.') && (atom = glued_at(scan, at, end + 1, '0')) && atom->low.len <= 2) {
    ds_str_to_u32(atom->low, &part);
    *n += part / (atom->low.len == 1 ? 10.0 : 100.0);
    end += 2;
  }
  return end;
}

static uint32_t spelled_number(const dw_scan *scan, uint32_t at, double *n) {
  uint32_t end = at;
  double sum = 0, last = 0;
  for (const dw_atom *atom; (atom = atom_at(scan, at, end)) && atom->class == DW_CARDINAL; end++) {
    bool times = atom->number == 100 || atom->number == 1000;
    if (end > at && !times && !(last >= 20 && atom->number < (last >= 100 ? 100 : 10))) break;
    sum = times ? (sum ? sum : 1) * atom->number : sum + atom->number;
    last = atom->number;
    const dw_atom *next = atom_at(scan, at, end + 2);
    if (!times && last >= 20 && dw_scan_is(scan, end + 1, "-") && next && next->class == DW_CARDINAL &&
        next->number < 10)
      end++;
    if (times && dw_scan_is(scan, end + 1, "and") && next && next->class == DW_CARDINAL && next->number < 100) end++;
  }
  *n = sum;
  return end > at ? end : 0;
}

static uint32_t vague_number(const dw_scan *scan, uint32_t at, double *n, bool *vague) {
  if (!dw_scan_is(scan, at, "a|an|the|half|quite|hundreds|dozens|thousands|tens|several|few|many|some|couple"))
    return 0;
  static const char *const patterns[] = {"a couple of",
                                         "a couple",
                                         "a dozen",
                                         "half a|an",
                                         "a half",
                                         "a few",
                                         "the few",
                                         "quite a few",
                                         "a number of",
                                         "hundreds of",
                                         "dozens of",
                                         "thousands of",
                                         "tens of thousands of",
                                         "several",
                                         "few",
                                         "many",
                                         "some",
                                         "a|an",
                                         "couple of"};
  static const double values[] = {2, 2, 12, .5, .5, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 2};
  dw_got got;
  for (size_t i = 0; i < sizeof patterns / sizeof *patterns; i++) {
    if (!dw_scan_match(scan, at, patterns[i], &got)) continue;
    *n = values[i];
    *vague = values[i] == 0;
    return got.end;
  }
  return 0;
}

/* A number phrase from atom `at` on ("two", "twenty-five", "1,500", "2.5", "a few", "half a"): its end, 0 for none. */
static uint32_t read_number(const dw_scan *scan, uint32_t at, double *n, bool *vague) {
  *vague = false;
  if (scan->atoms[at].type == '0') {
    if (scan->atoms[at].glued && at > 0 && (scan->atoms[at - 1].type == ',' || scan->atoms[at - 1].type == '.'))
      return 0;
    return digits_number(scan, at, n);
  }
  uint32_t end = spelled_number(scan, at, n);
  if (end && (dw_scan_is(scan, end, "and") && dw_scan_is(scan, end + 1, "a") && dw_scan_is(scan, end + 2, "half"))) {
    *n += .5;
    return end + 3;
  }
  return end ? end : vague_number(scan, at, n, vague);
}

static void read_numbers(dw_scan *scan) {
  for (uint32_t at = 0; at < scan->count; at++) {
    dw_atom *atom = &scan->atoms[at];
    double n = 0;
    bool vague = false;
    uint32_t end = atom->type == '0' || atom->type == 'w' ? read_number(scan, at, &n, &vague) : 0;
    atom->number_end = end;
    atom->n = n;
    atom->vague = vague;
    atom->tens = atom->type == 'w' && ds_str_ends(atom->low, DS_STR("ties"));
  }
}

/* ---- elements: each gives the end of what it took, 0 for no match ---- */

typedef uint32_t element_fn(const dw_scan *scan, uint32_t at, dw_got *got);

static bool has_class(const dw_atom *atom, dw_class class) {
  return atom->class == class;
}

static uint32_t take_month(const dw_scan *scan, uint32_t at, dw_got *got) {
  const dw_atom *atom = &scan->atoms[at];
  if (!has_class(atom, DW_MONTH) || !atom->upper) return 0;
  got->month = atom->number;
  bool point = at + 1 < scan->count && scan->atoms[at + 1].type == '.' && scan->atoms[at + 1].token == atom->token;
  return at + 1 + (atom->low.len <= 4 && point);
}

static bool small_number(const dw_scan *scan, uint32_t at, uint32_t low, uint32_t high, size_t digits, int *out) {
  const dw_atom *atom = &scan->atoms[at];
  uint32_t n;
  if (atom->type != '0' || atom->low.len > 2 || (digits && atom->low.len != digits) || !ds_str_to_u32(atom->low, &n))
    return false;
  *out = (int)n;
  return n >= low && n <= high;
}

/* Whether the number that ends before atom `end` goes on there: 20,000 or 5:30 or 2.5 or 20%. */
static bool number_goes_on(const dw_scan *scan, uint32_t at, uint32_t end) {
  const dw_atom *mark = atom_at(scan, at, end);
  if (!mark || !mark->glued) return false;
  if (mark->type == '%') return true;
  return (mark->type == ',' || mark->type == '.' || mark->type == ':') && glued_at(scan, at, end + 1, '0');
}

static uint32_t take_day(const dw_scan *scan, uint32_t at, dw_got *got) {
  if (!small_number(scan, at, 1, 31, 0, &got->day)) return 0;
  uint32_t end = at + 1;
  if (glued_at(scan, at, end, 'w')) return dw_scan_is(scan, end, "st|nd|rd|th") ? end + 1 : 0;
  return number_goes_on(scan, at, end) ? 0 : end;
}

static uint32_t take_day1(const dw_scan *scan, uint32_t at, dw_got *got) {
  int day = got->day;
  got->mid = take_day(scan, at, got);
  got->ordinal = got->day;
  got->day = day;
  return got->mid;
}

static uint32_t take_mm(const dw_scan *scan, uint32_t at, dw_got *got) {
  return small_number(scan, at, 1, 12, 0, &got->month) ? at + 1 : 0;
}

static uint32_t take_dd(const dw_scan *scan, uint32_t at, dw_got *got) {
  return small_number(scan, at, 1, 31, 0, &got->day) ? at + 1 : 0;
}

static uint32_t take_year(const dw_scan *scan, uint32_t at, dw_got *got) {
  const dw_atom *atom = &scan->atoms[at];
  uint32_t n;
  if (atom->type != '0' || atom->low.len < 3 || atom->low.len > 4 || !ds_str_to_u32(atom->low, &n) || n < 100) return 0;
  if (number_goes_on(scan, at, at + 1) || glued_at(scan, at, at + 1, 'w')) return 0;
  got->year = (int)n;
  dw_got same;
  if (dw_scan_match(scan, at + 1, "bc|bce", &same) || dw_scan_match(scan, at + 1, "b +. +c +.?", &same)) {
    if (!dw_scan_together(scan, at, same.end - 1)) return 0;
    got->bc = true;
    return same.end;
  }
  return n >= 1000 && n < 2200 ? at + 1 : 0;
}

static uint32_t take_year2(const dw_scan *scan, uint32_t at, dw_got *got) {
  int n;
  if (!small_number(scan, at, 0, 99, 2, &n)) return 0;
  got->day = n;
  return glued_at(scan, at, at + 1, 'w') || number_goes_on(scan, at, at + 1) ? 0 : at + 1;
}

static uint32_t take_class(const dw_scan *scan, uint32_t at, dw_class class, int *out) {
  const dw_atom *atom = &scan->atoms[at];
  if (!has_class(atom, class)) return 0;
  *out = atom->number;
  return at + 1;
}

static uint32_t take_weekday(const dw_scan *scan, uint32_t at, dw_got *got) {
  const dw_atom *atom = &scan->atoms[at];
  if (!atom->upper || !take_class(scan, at, DW_WEEKDAY, &got->weekday)) return 0;
  got->plural = got->weekday > DW_PLURAL;
  got->weekday %= DW_PLURAL;
  bool point = at + 1 < scan->count && scan->atoms[at + 1].type == '.' && scan->atoms[at + 1].token == atom->token;
  bool short_form = atom->low.len <= 5;
  if (short_form && !point && at + 1 < scan->count && scan->atoms[at + 1].type == 'w' && scan->atoms[at + 1].upper &&
      scan->atoms[at + 1].class == DW_NOTHING)
    return 0; /* Sun Yat-sen */
  return at + 1 + point;
}

static uint32_t take_season(const dw_scan *scan, uint32_t at, dw_got *got) {
  return take_class(scan, at, DW_SEASON, &got->season);
}

static uint32_t take_unit(const dw_scan *scan, uint32_t at, dw_got *got) {
  int n;
  if (dw_scan_is(scan, at, "second")) return got->unit = DW_SECOND, at + 1;
  if (!take_class(scan, at, DW_UNIT, &n)) return 0;
  got->plural = n >= DW_PLURAL;
  got->unit = (dw_unit)(n % DW_PLURAL);
  return at + 1;
}

static uint32_t take_part(const dw_scan *scan, uint32_t at, dw_got *got) {
  int n;
  if (!take_class(scan, at, DW_DAYPART, &n)) return 0;
  got->plural = n >= DW_PLURAL;
  got->part = (dw_part)(n % DW_PLURAL);
  return at + 1;
}

static uint32_t take_shift(const dw_scan *scan, uint32_t at, dw_got *got) {
  return take_class(scan, at, DW_SHIFT, &got->shift);
}
static uint32_t take_step(const dw_scan *scan, uint32_t at, dw_got *got) {
  return take_class(scan, at, DW_STEP, &got->step);
}

static uint32_t take_often(const dw_scan *scan, uint32_t at, dw_got *got) {
  int unit;
  uint32_t end = take_class(scan, at, DW_OFTEN, &unit);
  if (end) got->unit = (dw_unit)unit;
  return end;
}

static uint32_t take_zone(const dw_scan *scan, uint32_t at, dw_got *got) {
  (void)got;
  const dw_atom *atom = &scan->atoms[at];
  return has_class(atom, DW_ZONE) && scan->text->text.ptr[atom->end - 1] < 'a' ? at + 1 : 0;
}

static uint32_t take_n(const dw_scan *scan, uint32_t at, dw_got *got) {
  got->n = scan->atoms[at].n;
  got->vague = scan->atoms[at].vague;
  return scan->atoms[at].number_end;
}

static uint32_t take_ordinal(const dw_scan *scan, uint32_t at, dw_got *got) {
  uint32_t n;
  if (scan->atoms[at].type == '0') {
    if (!glued_at(scan, at, at + 1, 'w') || !dw_scan_is(scan, at + 1, "st|nd|rd|th")) return 0;
    if (!ds_str_to_u32(scan->atoms[at].low, &n) || n > 1000) return 0;
    got->ordinal = (int)n;
    return at + 2;
  }
  uint32_t end = take_class(scan, at, DW_ORDINAL, &got->ordinal);
  if (end) return end;
  int tens = scan->atoms[at].number; /* twenty-first */
  if (!has_class(&scan->atoms[at], DW_CARDINAL) || tens < 20 || tens > 90 || !dw_scan_is(scan, at + 1, "-")) return 0;
  if (!dw_scan_together(scan, at, at + 2) || !(end = take_class(scan, at + 2, DW_ORDINAL, &got->ordinal))) return 0;
  got->ordinal += tens;
  return end;
}

/* 1990s, 1990's, '90s, 90s, nineties */
static uint32_t take_decade(const dw_scan *scan, uint32_t at, dw_got *got) {
  static const char *const names[] = {"twenties", "thirties",  "forties",  "fifties",
                                      "sixties",  "seventies", "eighties", "nineties"};
  for (int i = 0; i < 8; i++)
    if (ds_str_eqz(scan->atoms[at].low, names[i])) return got->year = 1920 + 10 * i, got->decade_short = true, at + 1;
  uint32_t from = at, n;
  if (scan->atoms[at].type == '\'' && !(at = glued_at(scan, at, at + 1, '0') ? at + 1 : 0)) return 0;
  ds_str digits = scan->atoms[at].low;
  if (scan->atoms[at].type != '0' || (digits.len != 4 && digits.len != 2) || digits.ptr[digits.len - 1] != '0')
    return 0;
  uint32_t end = at + 1 + (glued_at(scan, from, at + 1, '\'') != NULL);
  if (!glued_at(scan, from, end, 'w') || !dw_scan_is(scan, end, "s") || !ds_str_to_u32(digits, &n)) return 0;
  got->decade_short = digits.len == 2;
  got->year = (int)n + (got->decade_short ? 1900 : 0);
  return end + 1;
}

static uint32_t take_half_of_day(const dw_scan *scan, uint32_t from, uint32_t at, int *hours) {
  const dw_atom *atom = atom_at(scan, from, at);
  if (!atom || atom->type != 'w') return 0;
  bool whole = dw_scan_is(scan, at, "am|pm");
  if (!whole && !(dw_scan_is(scan, at, "a|p") && glued_at(scan, from, at + 1, '.') && dw_scan_is(scan, at + 2, "m")))
    return 0;
  *hours = atom->low.ptr[0] == 'p' ? 12 : 0;
  if (whole) return at + 1;
  bool point = glued_at(scan, from, at + 3, '.') && scan->atoms[at + 3].token == scan->atoms[at + 2].token;
  return at + 3 + point;
}

/* 5:34, 5:34:20, 17:30, 5.30 pm, 5 p.m., 1530 hours, with am or pm where it follows. */
static uint32_t take_clock(const dw_scan *scan, uint32_t at, dw_got *got) {
  uint32_t end = at + 1, half;
  int add;
  got->minute = got->second = -1;
  uint32_t n;
  if (has_class(&scan->atoms[at], DW_CARDINAL) && dw_scan_is(scan, end, "o") && glued_at(scan, at, end + 1, '\'') &&
      dw_scan_is(scan, end + 2, "clock")) {
    got->hour = scan->atoms[at].number;
    return got->hour <= 12 ? end + 3 : 0;
  }
  if (scan->atoms[at].type != '0' || (scan->atoms[at].glued && at > 0 && strchr("$.,:/", scan->atoms[at - 1].type)))
    return 0;
  if (scan->atoms[at].low.len == 4 && ds_str_to_u32(scan->atoms[at].low, &n) && n < 2400 && n % 100 < 60 &&
      dw_scan_is(scan, end, "hours|hrs|hr|gmt|utc|h")) {
    got->hour = (int)n / 100, got->minute = (int)n % 100;
    return end + !dw_scan_is(scan, end, "gmt|utc");
  }
  if (!small_number(scan, at, 0, 24, 0, &got->hour)) return 0;
  bool colon = glued_at(scan, at, end, ':') != NULL;
  if ((colon || glued_at(scan, at, end, '.')) && glued_at(scan, at, end + 1, '0') &&
      small_number(scan, end + 1, 0, 59, 2, &got->minute)) {
    end += 2;
    if (glued_at(scan, at, end, ':') && glued_at(scan, at, end + 1, '0') &&
        small_number(scan, end + 1, 0, 59, 2, &got->second))
      end += 2;
  } else {
    colon = false;
  }
  if ((half = take_half_of_day(scan, at, end, &add)) && got->hour <= 12) {
    got->hour = got->hour % 12 + add;
    return half;
  }
  if (dw_scan_is(scan, end, "o") && glued_at(scan, at, end + 1, '\'') && dw_scan_is(scan, end + 2, "clock"))
    return end + 3;
  if (!colon) return 0;
  return end + (dw_scan_together(scan, at, end) && dw_scan_is(scan, end, "hrs|hr|hours|h"));
}

static const struct {
  const char *name;
  element_fn *take;
} elements[] = {
    {"month", take_month},     {"day", take_day},     {"year", take_year},   {"weekday", take_weekday},
    {"season", take_season},   {"unit", take_unit},   {"part", take_part},   {"n", take_n},
    {"ordinal", take_ordinal}, {"shift", take_shift}, {"step", take_step},   {"decade", take_decade},
    {"clock", take_clock},     {"often", take_often}, {"zone", take_zone},   {"day1", take_day1},
    {"mm", take_mm},           {"dd", take_dd},       {"year2", take_year2},
};

/* ---- patterns ---- */

static uint32_t take_element(const dw_scan *scan, uint32_t at, const char *spec, size_t length, dw_got *got) {
  if (spec[0] != '{') return is_one_of(&scan->atoms[at], spec, length) ? at + 1 : 0;
  ds_str name = {spec + 1, length - 2};
  for (size_t i = 0; i < sizeof elements / sizeof *elements; i++)
    if (ds_str_eqz(name, elements[i].name)) return elements[i].take(scan, at, got);
  return 0;
}

static bool match_rest(const dw_scan *scan, uint32_t first, uint32_t at, const char *pattern, bool inside,
                       dw_got *got) {
  if (*pattern == '\0') {
    if (inside) got->end = at;
    return got->end > got->first;
  }
  bool glue = *pattern == '+', context = *pattern == '~';
  const char *spec = pattern + (glue || context);
  size_t length = strcspn(spec, " ");
  const char *next = spec + length + (spec[length] == ' ');
  bool optional = length > 1 && spec[length - 1] == '?';
  length -= optional;
  const dw_atom *atom = atom_at(scan, first, at);
  uint32_t end = 0;
  dw_got saved = *got;
  if (atom && (!glue || atom->glued)) end = take_element(scan, at, spec, length, got);
  if (end > scan->count || (end && !dw_scan_together(scan, first, end - 1))) end = 0;
  if (end && context && inside && at > got->first) {
    got->end = at;
    inside = false;
  } else if (end && context) {
    got->first = end;
  }
  if (end && match_rest(scan, first, end, next, inside, got)) return true;
  *got = saved;
  return optional && match_rest(scan, first, at, next, inside, got);
}

bool dw_scan_match(const dw_scan *scan, uint32_t at, const char *pattern, dw_got *got) {
  *got = (dw_got){.year = -1,
                  .month = -1,
                  .day = -1,
                  .weekday = -1,
                  .season = -1,
                  .ordinal = -1,
                  .hour = -1,
                  .minute = -1,
                  .second = -1,
                  .shift = INT32_MIN,
                  .step = INT32_MIN,
                  .unit = DW_NO_UNIT,
                  .first = at};
  return at < scan->count && match_rest(scan, at, at, pattern, true, got);
}
