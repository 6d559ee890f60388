/* When two personal names are spellings of one name. English newspapers write names of other scripts as they hear them: Qassem,
 * Qasem, Ghasem. What stays is the order of consonants and, roughly, the vowels between; both must agree, since consonants
 * alone would make Hassan and Hussein one. Names of one syllable are compared as they are written: Wang is not Weng. */
#include <string.h>

#include "resolve/internal.h"

#define MAX_SOUNDS 24
#define MAX_WORDS 8

enum { VOWEL_A = 1, VOWEL_E = 2, VOWEL_I = 4, VOWEL_U = 8 };

typedef struct sounds {
  char consonants[MAX_SOUNDS];
  uint8_t vowels[MAX_SOUNDS + 1]; /* before each consonant, and behind the last: a bit set, 0 for none */
  size_t count;
  size_t runs;  /* of vowels: the syllables */
  uint8_t last; /* the last letter's vowel, 0 for a consonant: Mario is not Maria */
  bool whole;   /* everything was read */
} sounds;

static bool is_vowel(char c) {
  return c != '\0' && strchr("aeiouy", c) != NULL;
}

static uint8_t vowel_bits(char c) {
  return c == 'a' ? VOWEL_A : c == 'e' ? VOWEL_E : c == 'o' || c == 'u' ? VOWEL_U : VOWEL_I;
}

/* The run of vowels at s: "ee" sounds like i, "oo" and "ou" like u, others like any of their letters. */
static uint8_t take_vowels(const char *s, size_t length, size_t *taken) {
  uint8_t bits = 0;
  size_t i = 0;
  for (; i < length && is_vowel(s[i]); i++) bits |= vowel_bits(s[i]);
  *taken = i;
  if (i == 2 && s[0] == 'e' && s[1] == 'e') return VOWEL_I;
  return bits;
}

/* The consonant at s as a code of one letter, 0 for one that is not heard; *taken: its letters. */
static char take_consonant(const char *s, size_t length, bool first, size_t *taken) {
  static const struct {
    const char letters[3];
    char code;
  } pairs[] = {{"gh", 'k'}, {"kh", 'x'}, {"sh", 'S'}, {"ch", 'C'}, {"th", 't'},
               {"ph", 'f'}, {"dh", 'd'}, {"zh", 'z'}, {"ck", 'k'}, {"dj", 'j'}};
  char next = length > 1 ? s[1] : '\0';
  *taken = 2;
  for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++)
    if (s[0] == pairs[i].letters[0] && next == pairs[i].letters[1]) return pairs[i].code;
  *taken = 1;
  switch (s[0]) {
    case 'q': return 'k';
    case 'c': return next == 'e' || next == 'i' ? 's' : 'k';
    case 'w': return 'v';
    case 'h': return first || is_vowel(next) ? 'h' : 0;
    default: return s[0];
  }
}

static sounds hear(ds_str word) {
  sounds out = {.whole = true};
  for (size_t i = 0, taken; i < word.len; i += taken) {
    const char *at = word.ptr + i;
    size_t left = word.len - i;
    if (is_vowel(*at) && !(i == 0 && *at == 'y')) {
      uint8_t bits = take_vowels(at, left, &taken);
      if (i + taken == word.len) out.last = vowel_bits(at[taken - 1]);
      out.runs += out.vowels[out.count] == 0;
      out.vowels[out.count] |= bits;
      continue;
    }
    char code = take_consonant(at, left, i == 0, &taken);
    bool twice = out.count > 0 && out.consonants[out.count - 1] == code && out.vowels[out.count] == 0;
    if (code == 0 || twice) continue;
    if ((unsigned char)code >= 0x80 || out.count == MAX_SOUNDS) return out.whole = false, out;
    out.consonants[out.count++] = code;
  }
  return out;
}

static bool vowels_alike(uint8_t a, uint8_t b, bool surname) {
  if ((a == 0) != (b == 0)) return false;
  if (a & b || a == b) return true;
  uint8_t both = a | b;
  return (both & VOWEL_A && both & VOWEL_E) || (!surname && both & VOWEL_E && both & VOWEL_I);
}

static bool words_alike(ds_str a, ds_str b, bool surname) {
  if (ds_str_eq(a, b)) return true;
  sounds x = hear(a), y = hear(b);
  if (!x.whole || !y.whole || x.count != y.count || x.count < 2 || x.runs < 2 || y.runs < 2) return false;
  if (!vowels_alike(x.last, y.last, surname)) return false;
  if (memcmp(x.consonants, y.consonants, x.count) != 0) return false;
  for (size_t i = 0; i <= x.count; i++)
    if (!vowels_alike(x.vowels[i], y.vowels[i], surname)) return false;
  return true;
}

static bool is_initial_of(ds_str a, ds_str b) {
  return a.len == 1 && b.len > 0 && a.ptr[0] == b.ptr[0];
}

/* A name cut into given names, surname and mark of generation; articles ("al") are left out. */
typedef struct person {
  ds_str given[MAX_WORDS];
  size_t count;
  ds_str surname, mark;
} person;

static bool is_one_of(ds_str word, const char *const *list, size_t count) {
  for (size_t i = 0; i < count; i++)
    if (ds_str_eqz(word, list[i])) return true;
  return false;
}

static bool cut_person(ds_str folded, person *out) {
  static const char *const articles[] = {"al", "el", "ul"}, *const marks[] = {"jr", "sr", "ii", "iii", "iv"};
  ds_str words[MAX_WORDS + 2];
  size_t count = 0;
  *out = (person){.mark = DS_STR("")};
  for (ds_str word; ds_str_split(&folded, ' ', &word);) {
    if (is_one_of(word, articles, 3)) continue;
    if (count == MAX_WORDS) return false;
    words[count++] = word;
  }
  if (count > 2 && is_one_of(words[count - 1], marks, 5)) out->mark = words[--count];
  if (count < 2) return false;
  out->surname = words[--count];
  out->count = count;
  memcpy(out->given, words, count * sizeof *words);
  return true;
}

static rs_likeness givens_alike(const person *a, const person *b) {
  rs_likeness result = a->count == b->count ? RS_SPELLING : RS_SHORTER;
  size_t at = 0;
  for (size_t i = 0; i < a->count; i++, at++) { /* a is the shorter */
    for (; at < b->count; at++) {
      bool weak = i > 0 && a->count < b->count && a->given[i].len < 3; /* George W. is not George H. W. */
      if (!weak && words_alike(a->given[i], b->given[at], false)) break;
      if (!weak && (is_initial_of(a->given[i], b->given[at]) || is_initial_of(b->given[at], a->given[i]))) {
        result = RS_SHORTER;
        break;
      }
      if (i == 0) return RS_UNLIKE; /* the first name is never left out */
    }
    if (at >= b->count) return RS_UNLIKE;
  }
  return result;
}

rs_likeness rs_persons_alike(ds_str folded_a, ds_str folded_b) {
  if (ds_str_eq(folded_a, folded_b)) return RS_SPELLING;
  person a, b;
  if (!cut_person(folded_a, &a) || !cut_person(folded_b, &b)) return RS_UNLIKE;
  if (!ds_str_eq(a.mark, b.mark) || !words_alike(a.surname, b.surname, true)) return RS_UNLIKE;
  return a.count <= b.count ? givens_alike(&a, &b) : givens_alike(&b, &a);
}

ds_str rs_person_key(ds_arena *arena, ds_str folded) {
  person p;
  if (!cut_person(folded, &p)) return ds_arena_str(arena, DS_STR(""));
  sounds surname = hear(p.surname), given = hear(p.given[0]);
  char first = given.vowels[0] || given.count == 0 ? '*' : given.consonants[0];
  if (!surname.whole) return ds_arena_printf(arena, "%.*s/%c", DS_STR_ARG(p.surname), first);
  return ds_arena_printf(arena, "%.*s/%c", (int)surname.count, surname.consonants, first);
}
