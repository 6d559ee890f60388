/* The strong verbs of English: a closed class, so a list is exact where a learned edit of the ending guesses. Sorted by form. A form
 * that is past of two verbs has the commoner one in news. Prefixed verbs (undertook, overthrew, withheld) find their base.
 * Source: the usual grammar-book list (Quirk et al. 1985, A Comprehensive Grammar of the English Language, 3.11-20). */
#include "parse/irregular.h"

#include <stdlib.h>
#include <string.h>

typedef struct form_row {
  const char *form, *lemma;
} form_row;

static const form_row rows[] = {
    {"arisen", "arise"},    {"arose", "arise"},     {"ate", "eat"},         {"awoke", "awake"},     {"beaten", "beat"},
    {"became", "become"},   {"began", "begin"},     {"begun", "begin"},     {"bent", "bend"},       {"bit", "bite"},
    {"bitten", "bite"},     {"bled", "bleed"},      {"blew", "blow"},       {"blown", "blow"},      {"bore", "bear"},
    {"born", "bear"},       {"borne", "bear"},      {"bought", "buy"},      {"bound", "bind"},      {"bred", "breed"},
    {"broke", "break"},     {"broken", "break"},    {"brought", "bring"},   {"built", "build"},     {"burnt", "burn"},
    {"came", "come"},       {"caught", "catch"},    {"chose", "choose"},    {"chosen", "choose"},   {"clung", "cling"},
    {"crept", "creep"},     {"dealt", "deal"},      {"did", "do"},          {"done", "do"},         {"drank", "drink"},
    {"drawn", "draw"},      {"dreamt", "dream"},    {"drew", "draw"},       {"driven", "drive"},    {"drove", "drive"},
    {"drunk", "drink"},     {"dug", "dig"},         {"dwelt", "dwell"},     {"eaten", "eat"},       {"fallen", "fall"},
    {"fed", "feed"},        {"fell", "fall"},       {"felt", "feel"},       {"fled", "flee"},       {"flew", "fly"},
    {"flown", "fly"},       {"flung", "fling"},     {"forbade", "forbid"},  {"forbidden", "forbid"}, {"forgave", "forgive"},
    {"forgot", "forget"},   {"forgotten", "forget"}, {"fought", "fight"},   {"found", "find"},      {"froze", "freeze"},
    {"frozen", "freeze"},   {"gave", "give"},       {"given", "give"},      {"gone", "go"},         {"got", "get"},
    {"gotten", "get"},      {"grew", "grow"},       {"ground", "grind"},    {"grown", "grow"},      {"had", "have"},
    {"heard", "hear"},      {"held", "hold"},       {"hid", "hide"},        {"hidden", "hide"},     {"hung", "hang"},
    {"kept", "keep"},       {"knelt", "kneel"},     {"knew", "know"},       {"known", "know"},      {"laid", "lay"},
    {"lain", "lie"},        {"leant", "lean"},      {"leapt", "leap"},      {"learnt", "learn"},    {"led", "lead"},
    {"left", "leave"},      {"lent", "lend"},       {"lit", "light"},       {"lost", "lose"},       {"made", "make"},
    {"meant", "mean"},      {"met", "meet"},        {"misled", "mislead"},  {"overran", "overrun"}, {"paid", "pay"},
    {"pled", "plead"},      {"ran", "run"},         {"rang", "ring"},       {"ridden", "ride"},     {"risen", "rise"},
    {"rode", "ride"},       {"rose", "rise"},       {"rung", "ring"},       {"said", "say"},        {"sang", "sing"},
    {"sank", "sink"},       {"sat", "sit"},         {"saw", "see"},         {"seen", "see"},        {"sent", "send"},
    {"shaken", "shake"},    {"shone", "shine"},     {"shook", "shake"},     {"shot", "shoot"},      {"shown", "show"},
    {"shrank", "shrink"},   {"shrunk", "shrink"},   {"slain", "slay"},      {"slept", "sleep"},     {"slew", "slay"},
    {"slid", "slide"},      {"slung", "sling"},     {"sold", "sell"},       {"sought", "seek"},     {"sown", "sow"},
    {"sped", "speed"},      {"spent", "spend"},     {"spoke", "speak"},     {"spoken", "speak"},    {"sprang", "spring"},
    {"sprung", "spring"},   {"spun", "spin"},       {"stole", "steal"},     {"stolen", "steal"},    {"stood", "stand"},
    {"striven", "strive"},  {"strode", "stride"},   {"strove", "strive"},   {"struck", "strike"},   {"stuck", "stick"},
    {"stung", "sting"},     {"sung", "sing"},       {"sunk", "sink"},       {"swam", "swim"},       {"swept", "sweep"},
    {"swollen", "swell"},   {"swore", "swear"},     {"sworn", "swear"},     {"swung", "swing"},     {"taken", "take"},
    {"taught", "teach"},    {"thought", "think"},   {"threw", "throw"},     {"thrown", "throw"},    {"told", "tell"},
    {"took", "take"},       {"tore", "tear"},       {"torn", "tear"},       {"trod", "tread"},      {"understood", "understand"},
    {"was", "be"},          {"went", "go"},         {"wept", "weep"},       {"were", "be"},         {"withdrawn", "withdraw"},
    {"withdrew", "withdraw"}, {"woke", "wake"},     {"woken", "wake"},      {"won", "win"},         {"wore", "wear"},
    {"worn", "wear"},       {"wound", "wind"},      {"wove", "weave"},      {"woven", "weave"},     {"written", "write"},
    {"wrote", "write"},     {"wrung", "wring"},
};

static const char *const prefixes[] = {"fore", "mis", "out", "over", "re", "un", "under", "up", "with"};

static int compare(const void *key, const void *row) {
  const ds_str *form = key;
  return ds_str_cmp(*form, ds_str_from(((const form_row *)row)->form));
}

static const char *find(ds_str form) {
  const form_row *row = bsearch(&form, rows, sizeof rows / sizeof *rows, sizeof *rows, compare);
  return row ? row->lemma : NULL;
}

bool ds_irregular_lemma(ds_str form, ds_str *prefix, ds_str *lemma) {
  *prefix = DS_STR("");
  const char *found = form.len <= 16 ? find(form) : NULL;
  for (size_t i = 0; !found && i < sizeof prefixes / sizeof *prefixes; i++) {
    ds_str start = ds_str_from(prefixes[i]);
    /* at least four letters behind it: "reshot", but "reset" and "united" are no such verbs */
    if (!ds_str_starts(form, start) || form.len < start.len + 4 || form.len > 16) continue;
    *prefix = start;
    found = find(ds_str_sub(form, start.len, form.len));
  }
  if (found) *lemma = ds_str_from(found);
  return found != NULL;
}
