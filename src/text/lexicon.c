/* text/lexicon.c - the word lists of the tokeniser, sorted by bytes, lower case unless case counts */
#include "text/lex.h"

#include <string.h>

#define COUNT(list) (sizeof(list) / sizeof *(list))

static const char *const abbreviations[] = {
    "a.m", "adm",  "al",   "ala",   "approx", "apr",  "ariz", "ark",    "arrv",  "assn", "asst", "attn",  "atty",
    "aug", "ave",  "bhd",  "bldg",  "blvd",   "brig", "bros", "ca",     "calif", "capt", "cf",   "cmdr",  "co",
    "col", "colo", "cols", "comdr", "conf",   "conn", "corp", "cpl",    "dec",   "dept", "dist", "div",   "dr",
    "drs", "e.g",  "ed",   "eds",   "eg",     "esp",  "esq",  "est",    "etc",   "ext",  "feb",  "fig",   "figs",
    "fla", "fri",  "ft",   "ga",    "gen",    "gens", "gov",  "govs",   "hon",   "hr",   "hrs",  "hwy",   "i.e",
    "ie",  "inc",  "incl", "insp",  "intl",   "jan",  "jr",   "jul",    "jun",   "kan",  "ky",   "la",    "lb",
    "lbs", "llc",  "lt",   "ltd",   "lts",    "maj",  "md",   "messrs", "mich",  "minn", "mins", "mlle",  "mme",
    "mon", "mont", "mr",   "mrs",   "ms",     "mt",   "natl", "neb",    "nev",   "nov",  "oct",  "okla",  "ont",
    "oz",  "p.m",  "pa",   "penn",  "ph",     "plc",  "pres", "prof",   "profs", "pte",  "pty",  "pvt",   "que",
    "rd",  "rep",  "reps", "resp",  "rev",    "rt",   "secs", "sen",    "sens",  "sep",  "sept", "sgt",   "spec",
    "sq",  "sr",   "st",   "sts",   "supt",   "tbsp", "tel",  "tenn",   "tex",   "thu",  "thur", "thurs", "tsp",
    "tue", "tues", "u.n",  "u.s",   "univ",   "va",   "viz",  "vol",    "vols",  "vs",   "vt",   "wed",   "wis",
    "wyo", "yr",   "yrs",
};

/* Titles and the like that are also words or initials: abbreviations only before a number. */
static const char *const number_abbreviations[] = {
    "art",  "arts", "c",  "ch", "eq",  "ext", "fig", "mar", "no",  "nos", "op",  "p",
    "para", "pg",   "pp", "rs", "sat", "sec", "ss",  "sun", "tel", "ver", "vol",
};

/* What follows these belongs to the same sentence. */
static const char *const titles[] = {
    "adm",  "atty", "brig",  "capt", "cf",   "cmdr", "col", "cpl",    "dr",   "drs",  "e.g", "eg",  "gen",
    "gens", "gov",  "govs",  "hon",  "i.e",  "lt",   "maj", "messrs", "mlle", "mme",  "mr",  "mrs", "ms",
    "pres", "prof", "profs", "rep",  "reps", "rev",  "sen", "sens",   "sgt",  "supt", "viz", "vs",
};

static const char *const openers[] = {
    "about",    "according", "after",   "against", "all",       "also",    "although", "among",        "an",
    "analysts", "and",       "another", "are",     "as",        "at",      "because",  "before",       "between",
    "both",     "but",       "by",      "can",     "could",     "critics", "despite",  "did",          "do",
    "does",     "during",    "each",    "earlier", "even",      "every",   "for",      "from",         "had",
    "has",      "have",      "he",      "her",     "here",      "his",     "how",      "however",      "if",
    "in",       "instead",   "into",    "is",      "it",        "its",     "just",     "last",         "later",
    "many",     "meanwhile", "might",   "more",    "moreover",  "most",    "my",       "nevertheless", "no",
    "nor",      "not",       "now",     "of",      "officials", "on",      "once",     "only",         "or",
    "other",    "our",       "over",    "police",  "several",   "she",     "should",   "since",        "so",
    "some",     "still",     "such",    "that",    "the",       "their",   "then",     "there",        "therefore",
    "these",    "they",      "this",    "those",   "though",    "thus",    "to",       "today",        "tomorrow",
    "under",    "unless",    "until",   "was",     "we",        "were",    "what",     "when",         "where",
    "whether",  "which",     "while",   "who",     "whose",     "why",     "with",     "without",      "would",
    "yes",      "yesterday", "yet",     "you",     "your",
};

static const char *const prefixes[] = {
    "anti",  "arch",  "bi",    "co",    "contra", "counter", "cross", "e",      "ex",     "extra", "hyper",
    "infra", "inter", "intra", "meta",  "micro",  "mid",     "mini",  "mis",    "multi",  "nano",  "neo",
    "non",   "over",  "pan",   "post",  "pre",    "pro",     "proto", "pseudo", "psycho", "re",    "semi",
    "socio", "sub",   "supra", "trans", "tri",    "ultra",   "un",    "uni",
};

static const char *const units[] = {
    "AM", "Am",  "GB",  "GHz",     "GW",  "GWh", "Gb",   "Hz", "K",   "KB",   "M",   "MB",  "MHz", "MM",  "MT",
    "MW", "MWh", "Mb",  "Mt",      "PM",  "Pm",  "TB",   "am", "b",   "bn",   "bpd", "bps", "cc",  "cm",  "ft",
    "gb", "ha",  "hp",  "hr",      "hrs", "k",   "kHz",  "kV", "kW",  "kWh",  "kb",  "kg",  "km",  "kmh", "kph",
    "lb", "lbs", "m",   "mL",      "mb",  "mcg", "mg",   "mi", "min", "mins", "ml",  "mm",  "mn",  "mph", "nm",
    "oz", "pc",  "pct", "percent", "pm",  "sec", "secs", "tn", "yo",  "yr",   "yrs",
};

static const char *const domain_ends[] = {
    "ae",  "af",   "ar",  "asp", "au",   "biz", "br",  "ca",  "ch",   "cl",  "cn",  "com", "csv", "cz",   "dk",
    "doc", "docx", "edu", "eg",  "eu",   "exe", "fm",  "fr",  "gh",   "gif", "gov", "gr",  "htm", "html", "info",
    "int", "io",   "ir",  "jp",  "jpeg", "jpg", "jsp", "ke",  "kr",   "mil", "mp3", "mp4", "mx",  "net",  "ng",
    "nl",  "nz",   "org", "pdf", "php",  "pk",  "pl",  "png", "ppt",  "pt",  "ru",  "sa",  "se",  "tr",   "tv",
    "txt", "tz",   "ua",  "ug",  "uk",   "url", "us",  "xls", "xlsx", "za",  "zip",
};

/* Contractions written without their apostrophe, with the bytes of the second part. "its", "lets", "id", "well" are left
 * alone: the other reading is the usual one in edited text. */
static const struct {
  const char *word;
  size_t second;
} bare_contractions[] = {
    {"aint", 2},   {"arent", 2},  {"arnt", 2},   {"cannot", 3},  {"cant", 2},     {"couldnt", 2}, {"didnt", 2},
    {"doesnt", 2}, {"dont", 2},   {"elses", 1},  {"gimme", 2},   {"gonna", 2},    {"gotta", 2},   {"hadnt", 2},
    {"hasnt", 2},  {"havent", 2}, {"heres", 1},  {"hes", 1},     {"im", 1},       {"isnt", 2},    {"itll", 2},
    {"ive", 2},    {"lemme", 2},  {"outta", 2},  {"shes", 1},    {"shouldnt", 2}, {"thats", 1},   {"theres", 1},
    {"theyll", 2}, {"theyre", 2}, {"theyve", 2}, {"wana", 1},    {"wanna", 2},    {"wasnt", 2},   {"werent", 2},
    {"weve", 2},   {"whats", 1},  {"wont", 2},   {"wouldnt", 2}, {"youll", 2},    {"youre", 2},   {"youve", 2},
};

enum { LONGEST = 12 };

static int compare(ds_str word, const char *entry) {
  size_t len = strlen(entry);
  int order = memcmp(word.ptr, entry, len < word.len ? len : word.len);
  return order ? order : (word.len > len) - (word.len < len);
}

static bool fold(ds_str word, char *out) {
  if (!word.len || word.len > LONGEST) return false;
  for (size_t i = 0; i < word.len; i++) {
    char c = word.ptr[i];
    out[i] = (char)(c >= 'A' && c <= 'Z' ? c | 32 : c);
  }
  return true;
}

static bool listed(ds_str word, const char *const *list, size_t count) {
  size_t low = 0, high = count;
  while (low < high) {
    size_t middle = (low + high) / 2;
    int order = compare(word, list[middle]);
    if (!order) return true;
    if (order < 0)
      high = middle;
    else
      low = middle + 1;
  }
  return false;
}

static bool listed_nocase(ds_str word, const char *const *list, size_t count) {
  char folded[LONGEST];
  return fold(word, folded) && listed((ds_str){folded, word.len}, list, count);
}

bool ds_is_abbreviation(ds_str word) {
  return listed_nocase(word, abbreviations, COUNT(abbreviations));
}
bool ds_is_number_abbreviation(ds_str word) {
  return listed_nocase(word, number_abbreviations, COUNT(number_abbreviations));
}
bool ds_is_title(ds_str word) {
  return listed_nocase(word, titles, COUNT(titles));
}
bool ds_is_opener(ds_str word) {
  return listed_nocase(word, openers, COUNT(openers));
}
bool ds_is_prefix(ds_str word) {
  return listed_nocase(word, prefixes, COUNT(prefixes));
}
bool ds_is_unit(ds_str word) {
  return listed(word, units, COUNT(units));
}
bool ds_is_domain_end(ds_str label) {
  return listed_nocase(label, domain_ends, COUNT(domain_ends));
}

size_t ds_bare_contraction(ds_str word) {
  char folded[LONGEST];
  if (word.len < 2 || word.len > 8 || !strchr("aeostlm", word.ptr[word.len - 1] | 32) || !fold(word, folded)) return 0;
  size_t low = 0, high = COUNT(bare_contractions);
  while (low < high) {
    size_t middle = (low + high) / 2;
    int order = compare((ds_str){folded, word.len}, bare_contractions[middle].word);
    if (order < 0)
      high = middle;
    else if (order)
      low = middle + 1;
    else
      return word.len == 2 && word.ptr[1] == 'M' ? 0 : bare_contractions[middle].second; /* IM is no "I'm" */
  }
  return 0;
}
