#include "when/find.h"

/* ---- tense ---- */

static bool is_verb(const ds_word *word) {
  return word->upos == DS_UPOS_VERB || word->upos == DS_UPOS_AUX;
}

static bool is_future_aux(const dw_scan *scan, uint32_t token) {
  ds_str lemma = scan->parse->words[token].lemma, form = scan->text->tokens[token].form;
  return ds_str_eqz(lemma, "will") || ds_str_eqz(lemma, "shall") || ds_str_eq_nocase(form, DS_STR("'ll"));
}

/* The tense of one verb with its auxiliaries: false where it has none of its own. */
static bool verb_tense(const dw_scan *scan, const ds_sentence *sentence, uint32_t verb, dw_tense *tense) {
  const ds_word *words = scan->parse->words;
  bool past = words[verb].morph.tense == DS_TENSE_PAST, present = words[verb].morph.tense == DS_TENSE_PRES;
  bool aux_past = false, aux_present = false, to = false;
  for (uint32_t t = sentence->first; t < sentence->first + sentence->count; t++) {
    if (words[t].head != verb) continue;
    bool aux =
        words[t].deprel == DS_DEPREL_AUX || words[t].deprel == DS_DEPREL_AUX_PASS || words[t].deprel == DS_DEPREL_COP;
    to = to || (words[t].deprel == DS_DEPREL_MARK && ds_str_eq_nocase(scan->text->tokens[t].form, DS_STR("to")));
    if (!aux) continue;
    if (is_future_aux(scan, t)) return *tense = DW_FUTURE, true;
    bool have = ds_str_eqz(words[t].lemma, "have");
    aux_past = aux_past || words[t].morph.tense == DS_TENSE_PAST || have;
    aux_present = aux_present || (words[t].morph.tense == DS_TENSE_PRES && !have);
  }
  if (to && !aux_past) return *tense = DW_FUTURE, true;
  if (aux_past) return *tense = DW_PAST, true;
  if (aux_present) return *tense = DW_PRESENT, true;
  if (past) return *tense = DW_PAST, true;
  if (present && words[verb].morph.verbform == DS_VERBFORM_FIN) return *tense = DW_PRESENT, true;
  return false;
}

static bool tree_tense(const dw_scan *scan, uint32_t at, dw_tense *tense) {
  const ds_sentence *sentence = &scan->text->sentences[scan->atoms[at].sentence];
  uint32_t token = scan->atoms[at].token;
  for (uint32_t steps = 0; token != DS_NO_HEAD && steps < sentence->count;
       steps++, token = scan->parse->words[token].head) {
    const ds_word *word = &scan->parse->words[token];
    bool copular = false;
    for (uint32_t t = sentence->first; t < sentence->first + sentence->count && !copular; t++)
      copular = scan->parse->words[t].head == token && scan->parse->words[t].deprel == DS_DEPREL_COP;
    if ((is_verb(word) || copular) && verb_tense(scan, sentence, token, tense)) return true;
  }
  return false;
}

static bool is_clause_end(const dw_scan *scan, uint32_t at) {
  return dw_scan_is(scan, at, ";|(|)|*|\"|that|which|who|while|but|:");
}

/* Without a tree: a word of the future in the same clause. */
static dw_tense word_tense(const dw_scan *scan, uint32_t at) {
  static const char *const future = "will|shall|ll|scheduled|expected|plans|due|slated|upcoming|tomorrow";
  for (uint32_t i = at; i > 0 && dw_scan_together(scan, at, i - 1) && !is_clause_end(scan, i - 1); i--) {
    if (dw_scan_is(scan, i - 1, future)) return DW_FUTURE;
    if (i > 1 && dw_scan_is(scan, i - 1, "be") && dw_scan_is(scan, i - 2, "to")) return DW_FUTURE;
    if (dw_scan_is(scan, i - 1, "said|was|were|had|did|told")) return DW_PAST;
  }
  for (uint32_t i = at + 1; dw_scan_together(scan, at, i) && !is_clause_end(scan, i); i++) {
    if (dw_scan_is(scan, i, future)) return DW_FUTURE;
    if (dw_scan_is(scan, i, "said|was|were|had|did|told")) return DW_PAST;
  }
  return DW_PAST;
}

dw_tense dw_tense_at(const dw_context *context, uint32_t at) {
  dw_tense tense;
  if (context->scan.parse && tree_tense(&context->scan, at, &tense)) return tense;
  return word_tense(&context->scan, at);
}

bool dw_in_longer_name(const dw_context *context, const dw_got *got) {
  const ds_parse *parse = context->scan.parse;
  if (!parse) return false;
  uint32_t first = context->scan.atoms[got->first].token, last = context->scan.atoms[got->end - 1].token;
  for (size_t i = 0; i < parse->name_count; i++) {
    const ds_name *name = &parse->names[i];
    if (name->first > last || name->first + name->count <= first || name->count <= last - first + 1) continue;
    if (name->kind == DS_NAME_PERSON || name->kind == DS_NAME_ORGANIZATION) return true;
  }
  return false;
}

/* ---- anchors ---- */

dw_date dw_now(const dw_context *context, uint32_t at) {
  bool told = context->last.grain != DW_NO_UNIT && context->last.year != DW_NO_YEAR;
  bool near = context->last_paragraph == context->scan.atoms[at].paragraph;
  return context->narrative && told && near ? context->last : context->published;
}

/* The story's own year: that of the date before, if it was written out in this paragraph to the month ("in May 2015 ... in July"),
 * or in this sentence; always in a narrative. */
static bool story_year(const dw_context *context, uint32_t at, int *year) {
  if (context->last.grain == DW_NO_UNIT || context->last.year == DW_NO_YEAR || context->last.grain > DW_YEAR)
    return false;
  const dw_atom *atom = &context->scan.atoms[at];
  bool near = context->last_said && context->last_paragraph == atom->paragraph &&
              (context->last.grain < DW_YEAR || context->last_sentence == atom->sentence);
  bool ahead = context->published.grain != DW_NO_UNIT && context->published.year != DW_NO_YEAR &&
               context->last.year > context->published.year; /* a plan for 2030 is not what the story tells */
  *year = context->last.year;
  return (context->narrative || near) && !ahead;
}

static int order_in_year(dw_date date) {
  switch (date.grain) {
    case DW_DAY: return date.month * 100 + date.day;
    case DW_MONTHS: return date.month * 100;
    case DW_SEASONS: return date.sub * 300;
    case DW_QUARTER: return date.sub * 300 - 200;
    default: return 0;
  }
}

dw_date dw_complete_year(const dw_context *context, dw_date date, uint32_t at) {
  int year;
  if (story_year(context, at, &year)) return date.year = year, date;
  dw_date now = context->published;
  if (now.grain == DW_NO_UNIT || now.year == DW_NO_YEAR) return date;
  if (now.grain != DW_DAY && now.grain != DW_MONTHS)
    return date; /* which side of publication it lies on, nobody can say */
  date.year = now.year;
  now = date.grain == DW_DAY && now.grain == DW_DAY ? now
                                                    : dw_date_cut(now, date.grain == DW_DAY ? DW_MONTHS : date.grain);
  if (now.grain == DW_NO_UNIT) return date;
  int ahead = order_in_year(date) - order_in_year(now);
  if (date.grain == DW_DAY && now.grain == DW_MONTHS && ahead > 0 && ahead < 100) ahead = 0;
  dw_tense tense = dw_tense_at(context, at);
  if (tense == DW_PAST && ahead > 0) date.year--;
  if (tense == DW_FUTURE && ahead < 0) date.year++;
  if (tense == DW_PRESENT && ahead > 600) date.year--;
  if (tense == DW_PRESENT && ahead < -600) date.year++;
  return date;
}

dw_date dw_weekday_near(const dw_context *context, int weekday, dw_tense tense, uint32_t at) {
  int32_t day;
  if (!dw_date_day(dw_now(context, at), &day)) return DW_NO_DATE;
  int back = (ds_day_weekday(day) - weekday + 7) % 7;
  return dw_date_from_day(tense == DW_FUTURE ? day + (7 - back) % 7 : day - back);
}

/* Many dates with a year, and far more from before the year that came before publication than from later or counted ones. */
bool dw_is_narrative(const dw_context *context) {
  size_t old = 0, fresh = 0;
  for (size_t i = 0; i < context->found.len; i++) {
    const dw_found *found = &context->found.items[i];
    if (found->skip || found->date.grain == DW_NO_UNIT || found->date.year == DW_NO_YEAR) continue;
    bool far = context->published.grain == DW_NO_UNIT || context->published.year == DW_NO_YEAR ||
               found->date.year < context->published.year - 1;
    if (found->year_said && far) old++;
    if (found->relative || (found->year_said && !far)) fresh++;
  }
  return old >= 12 && old > 3 * fresh;
}

static bool is_line_of_its_own(const dw_context *context, const dw_found *found) {
  const dw_scan *scan = &context->scan;
  uint32_t before = 0, after = 0;
  for (uint32_t i = found->first; i > 0 && dw_scan_together(scan, found->first, i - 1); i--)
    before += scan->atoms[i - 1].type != '*';
  for (uint32_t i = found->end; dw_scan_together(scan, found->first, i); i++) after++;
  bool marked = found->first > 0 && dw_scan_is(scan, found->first - 1, "published|posted|updated|date|on|:|by");
  return before + after <= (marked ? 8 : 2) && (scan->atoms[found->first].heading || before + after <= 1);
}

/* "KABUL, June 20, 2011 (Agency) - ..." */
static bool opens_a_story(const dw_context *context, const dw_found *found) {
  const dw_scan *scan = &context->scan;
  uint32_t before = 0;
  for (uint32_t i = found->first; i > 0 && dw_scan_together(scan, found->first, i - 1); i--) before++;
  return before > 0 && before < 10 && scan->atoms[found->first].sentence < 8 &&
         dw_scan_together(scan, found->first, found->end) && dw_scan_is(scan, found->end, "-|(|:|*");
}

dw_date dw_date_line(const dw_context *context) {
  for (size_t i = 0; i < context->found.len; i++) {
    const dw_found *found = &context->found.items[i];
    if (found->skip || found->relative || found->date.grain != DW_DAY || found->date.month < 1) continue;
    if (context->scan.atoms[found->first].sentence > 30) break;
    if (found->year_said ? is_line_of_its_own(context, found) || opens_a_story(context, found)
                         : opens_a_story(context, found))
      return found->date;
  }
  return DW_NO_DATE;
}
