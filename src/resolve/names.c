#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "resolve/internal.h"

/* ---- word lists, sorted by bytes ---- */

/* Words that many bodies have in their names and that tell no one from another. */
static const char *const generic[] = {"administration",
                                      "affairs",
                                      "agency",
                                      "air",
                                      "and",
                                      "anti",
                                      "appeal",
                                      "appeals",
                                      "armed",
                                      "army",
                                      "assembly",
                                      "attorney",
                                      "authority",
                                      "bank",
                                      "board",
                                      "border",
                                      "branch",
                                      "bureau",
                                      "cabinet",
                                      "center",
                                      "central",
                                      "centre",
                                      "chamber",
                                      "chiefs",
                                      "city",
                                      "civil",
                                      "coast",
                                      "command",
                                      "commerce",
                                      "commission",
                                      "committee",
                                      "congress",
                                      "constitutional",
                                      "consulate",
                                      "corruption",
                                      "council",
                                      "counter",
                                      "court",
                                      "customs",
                                      "defence",
                                      "defense",
                                      "department",
                                      "deputies",
                                      "development",
                                      "directorate",
                                      "district",
                                      "economic",
                                      "economy",
                                      "education",
                                      "election",
                                      "elections",
                                      "electoral",
                                      "embassy",
                                      "energy",
                                      "executive",
                                      "external",
                                      "federal",
                                      "finance",
                                      "for",
                                      "force",
                                      "forces",
                                      "foreign",
                                      "general",
                                      "government",
                                      "guard",
                                      "guards",
                                      "health",
                                      "high",
                                      "home",
                                      "hospital",
                                      "house",
                                      "human",
                                      "immigration",
                                      "independent",
                                      "industry",
                                      "information",
                                      "institute",
                                      "intelligence",
                                      "interior",
                                      "internal",
                                      "international",
                                      "joint",
                                      "justice",
                                      "labor",
                                      "labour",
                                      "law",
                                      "legislative",
                                      "legislature",
                                      "local",
                                      "lower",
                                      "marine",
                                      "military",
                                      "ministry",
                                      "municipality",
                                      "national",
                                      "navy",
                                      "of",
                                      "office",
                                      "oil",
                                      "on",
                                      "operations",
                                      "opposition",
                                      "order",
                                      "parliament",
                                      "party",
                                      "people",
                                      "police",
                                      "presidency",
                                      "press",
                                      "prosecution",
                                      "prosecutor",
                                      "province",
                                      "provincial",
                                      "public",
                                      "regional",
                                      "representatives",
                                      "republican",
                                      "reserve",
                                      "rights",
                                      "ruling",
                                      "security",
                                      "senate",
                                      "service",
                                      "services",
                                      "special",
                                      "staff",
                                      "state",
                                      "statistics",
                                      "supreme",
                                      "tax",
                                      "the",
                                      "trade",
                                      "transitional",
                                      "transport",
                                      "treasury",
                                      "tribunal",
                                      "union",
                                      "university",
                                      "upper",
                                      "water",
                                      "welfare"};

static const char *const titles[] = {
    "adm",      "admiral",    "ambassador", "archbishop", "ayatollah",    "bishop",    "brig",      "brigadier",
    "cap",      "capt",       "captain",    "cardinal",   "chief",        "col",       "colonel",   "commander",
    "corporal", "dame",       "dr",         "father",     "gen",          "general",   "gov",       "governor",
    "grand",    "haj",        "haji",       "hajji",      "hojatoleslam", "imam",      "justice",   "king",
    "lady",     "lieutenant", "lord",       "lt",         "maj",          "major",     "maulana",   "maulvi",
    "mawlawi",  "minister",   "miss",       "molavi",     "mr",           "mrs",       "ms",        "mufti",
    "mullah",   "pope",       "president",  "prince",     "princess",     "prof",      "professor", "queen",
    "rear",     "rep",        "rev",        "reverend",   "sayed",        "secretary", "sen",       "senator",
    "sergeant", "sgt",        "sheikh",     "sir",        "vice"};

static const char *const legal_forms[] = {"ag",  "bv",  "co", "corp", "gmbh", "inc", "llc",
                                          "llp", "ltd", "nv", "plc",  "sa",   "spa"};

static int compare(const void *key, const void *item) {
  return ds_str_cmp(*(const ds_str *)key, ds_str_from(*(const char *const *)item));
}

#define IS_IN(word, list) (bsearch(&(word), list, sizeof(list) / sizeof *(list), sizeof *(list), compare) != NULL)

static bool in_order(const char *const *list, size_t count) {
  for (size_t i = 1; i < count; i++)
    if (strcmp(list[i - 1], list[i]) >= 0) return false;
  return true;
}

bool rs_lists_in_order(void) {
  return in_order(generic, sizeof generic / sizeof *generic) && in_order(titles, sizeof titles / sizeof *titles) &&
         in_order(legal_forms, sizeof legal_forms / sizeof *legal_forms);
}

/* ---- folding ---- */

/* What a character of a name becomes: a letter or digit, nothing (points and apostrophes), or a blank. */
static void fold_character(uint32_t cp, ds_buf *out) {
  if (ds_cp_is_alpha(cp) || ds_cp_is_digit(cp))
    ds_buf_codepoint(out, cp);
  else if (cp == '&')
    ds_buf_appendz(out, " and ");
  else if (cp != '.' && cp != '\'' && cp != '`' && (cp < 0x2018 || cp > 0x201B) && cp != 0x02BC && cp != 0x02BF)
    ds_buf_byte(out, ' ');
}

static bool ends_in_possessive(ds_str name, size_t *cut) {
  static const char *const endings[] = {"'s", "\xE2\x80\x99s", "s'", "s\xE2\x80\x99"};
  for (size_t i = 0; i < 4; i++)
    if (ds_str_ends(name, ds_str_from(endings[i]))) {
      *cut = name.len - strlen(endings[i]) + (endings[i][0] == 's');
      return true;
    }
  return false;
}

static ds_str last_word(ds_str folded) {
  size_t at = folded.len;
  while (at > 0 && folded.ptr[at - 1] != ' ') at--;
  return ds_str_sub(folded, at, folded.len);
}

static ds_str join_words(ds_arena *arena, ds_str text) {
  ds_buf out;
  ds_buf_init(&out);
  ds_buf_appendz(&out, "");
  for (ds_str word; ds_str_split(&text, ' ', &word);) {
    if (word.len == 0) continue;
    if (out.len) ds_buf_byte(&out, ' ');
    ds_buf_append(&out, word);
  }
  ds_str folded = out.failed ? DS_STR_NONE : ds_arena_str(arena, ds_buf_str(&out));
  ds_buf_release(&out);
  return folded;
}

ds_str rs_fold(ds_arena *arena, ds_str name) {
  ds_buf low, plain;
  size_t size, cut;
  ds_buf_init(&low);
  ds_buf_init(&plain);
  if (ends_in_possessive(name, &cut)) name.len = cut;
  ds_utf8_fold(name, &low);
  ds_str folded = ds_buf_str(&low);
  for (size_t at = 0; at < folded.len; at += size) fold_character(ds_utf8_at(folded, at, &size), &plain);
  bool failed = low.failed || plain.failed;
  ds_str result = failed ? DS_STR_NONE : join_words(arena, ds_buf_str(&plain));
  ds_buf_release(&low);
  ds_buf_release(&plain);
  if (!result.ptr) return result;
  if (ds_str_starts(result, DS_STR("the ")) && result.len > 4) result = ds_str_sub(result, 4, result.len);
  for (ds_str word = last_word(result); word.len < result.len && IS_IN(word, legal_forms); word = last_word(result))
    result.len -= word.len + 1;
  return result;
}

ds_str rs_fold_person(ds_arena *arena, ds_str name) {
  ds_str folded = rs_fold(arena, name);
  if (!folded.ptr) return folded;
  for (ds_str rest = folded, word; rs_word_count(folded) > 2 && ds_str_split(&rest, ' ', &word) && IS_IN(word, titles);)
    folded = rest;
  return folded;
}

bool rs_is_titled_surname(ds_str folded) {
  static const char *const regnal[] = {"king", "lady", "lord", "pope", "prince", "princess", "queen"};
  ds_str rest = folded, word;
  if (rs_word_count(folded) != 2 || !ds_str_split(&rest, ' ', &word)) return false;
  return IS_IN(word, titles) && !IS_IN(word, regnal);
}

size_t rs_word_count(ds_str folded) {
  size_t count = folded.len > 0;
  for (size_t i = 0; i < folded.len; i++) count += folded.ptr[i] == ' ';
  return count;
}

bool rs_is_generic(ds_str folded) {
  for (ds_str word; ds_str_split(&folded, ' ', &word);)
    if (!IS_IN(word, generic)) return false;
  return true;
}

static int compare_words(const void *a, const void *b) {
  return ds_str_cmp(*(const ds_str *)a, *(const ds_str *)b);
}

ds_str rs_generic_key(ds_arena *arena, ds_str folded) {
  static const char *const dropped[] = {"affairs", "and", "for", "of", "on", "the"};
  static const char *const spellings[][2] = {{"center", "centre"}, {"defense", "defence"}, {"labor", "labour"}};
  ds_str words[16];
  size_t count = 0;
  for (ds_str rest = folded, word; ds_str_split(&rest, ' ', &word);) {
    if (IS_IN(word, dropped)) continue;
    for (size_t i = 0; i < 3; i++)
      if (ds_str_eqz(word, spellings[i][0])) word = ds_str_from(spellings[i][1]);
    if (count == 16) return folded;
    words[count++] = word;
  }
  if (count == 0) return folded;
  qsort(words, count, sizeof *words, compare_words);
  ds_buf out;
  ds_buf_init(&out);
  for (size_t i = 0; i < count; i++) {
    if (i) ds_buf_byte(&out, ' ');
    ds_buf_append(&out, words[i]);
  }
  ds_str key = out.failed ? DS_STR_NONE : ds_arena_str(arena, ds_buf_str(&out));
  ds_buf_release(&out);
  return key;
}

/* ---- acronyms ---- */

bool rs_is_acronym(ds_str name) {
  size_t capitals = 0, size;
  for (size_t at = 0; at < name.len; at += size) {
    uint32_t cp = ds_utf8_at(name, at, &size);
    if (ds_cp_is_upper(cp))
      capitals++;
    else if (!ds_cp_is_digit(cp) && cp != '.' && cp != '-')
      return false;
  }
  return capitals >= 2 && name.len <= 12;
}

bool rs_acronym_fits(ds_str acronym, ds_str folded_name) {
  size_t at = 0, matched = 0;
  if (!acronym.len || !folded_name.len || acronym.ptr[0] != folded_name.ptr[0]) return false;
  for (size_t i = 0; i < acronym.len; i++) {
    while (at < folded_name.len && folded_name.ptr[at] != acronym.ptr[i]) at++;
    if (at == folded_name.len) return false;
    matched += at == 0 || folded_name.ptr[at - 1] == ' ';
    at++;
  }
  return matched * 2 > acronym.len;
}

/* ---- ids ---- */

ds_str rs_slug(ds_arena *arena, ds_str name) {
  ds_str folded = rs_fold(arena, name);
  char *slug = folded.ptr ? ds_arena_alloc(arena, folded.len + 16) : NULL;
  if (!slug) return DS_STR_NONE;
  size_t length = 0;
  bool letters = false;
  for (size_t i = 0; i < folded.len; i++) {
    char c = folded.ptr[i];
    bool fine = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
    letters = letters || fine;
    if (fine && length == 0 && c <= '9') slug[length++] = '_';
    if (fine)
      slug[length++] = c;
    else if ((unsigned char)c < 0x80 && length > 0 && slug[length - 1] != '-')
      slug[length++] = '-';
  }
  while (length > 0 && slug[length - 1] == '-') length--;
  if (!letters) return ds_arena_printf(arena, "x-%08x", (unsigned)(ds_str_hash(name) & 0xFFFFFFFF));
  return (ds_str){slug, length};
}

ds_str rs_unique(ds_arena *arena, ds_map *used, ds_str slug, bool *failed) {
  ds_str id = slug;
  for (unsigned n = 2; id.ptr && ds_map_get(used, id, NULL); n++)
    id = ds_arena_printf(arena, "%.*s-%u", DS_STR_ARG(slug), n);
  *failed = *failed || !id.ptr || !ds_map_put(used, id, 0);
  return id;
}
