#include "when/find.h"

/* A date that the calendar has, written out or with its year counted from the anchor. */
static bool give_date(dw_context *context, const dw_got *got, dw_date date, dw_found *out) {
  out->year_said = got->year >= 0;
  if (out->year_said)
    date.year = got->bc ? 1 - got->year : got->year;
  else
    date = dw_complete_year(context, date, got->first);
  bool leap_day =
      date.grain == DW_DAY && date.month == 2 && date.day == 29 && date.year != DW_NO_YEAR && !out->year_said;
  for (int tries = 0; leap_day && tries < 4 && ds_month_days(date.year, 2) < 29; tries++) date.year--;
  int leap_safe = date.year == DW_NO_YEAR ? 2000 : date.year;
  if (date.grain == DW_DAY && (date.day < 1 || date.day > ds_month_days(leap_safe, date.month))) return false;
  out->date = date;
  return true;
}

bool dw_act_date(dw_context *context, const dw_got *got, int argument, dw_found *out) {
  int day = argument ? got->ordinal : got->day;
  return day <= 31 &&
         give_date(context, got, (dw_date){.grain = DW_DAY, .year = DW_NO_YEAR, .month = got->month, .day = day}, out);
}

/* argument 1: day before month, 2: month before day; taken only where the numbers cannot mean the other. */
bool dw_act_numeric(dw_context *context, const dw_got *got, int argument, dw_found *out) {
  if (argument == 1 && got->day <= 12 && got->day != got->month) return false;
  if (argument == 2 && got->day <= 12) return false;
  uint32_t at = got->first;
  const dw_atom *atoms = context->scan.atoms;
  if (at > 0 && atoms[at].glued &&
      (atoms[at - 1].type == '/' || atoms[at - 1].type == '-' || atoms[at - 1].type == '.'))
    return false;
  if (got->hour >= 0) {
    out->kind = DS_WHEN_TIME;
    ds_str time = dw_value(context, "T%02d:%02d", got->hour, got->minute < 0 ? 0 : got->minute);
    for (size_t i = 0; i < time.len && i + 1 < sizeof out->time; i++) out->time[i] = time.ptr[i];
  }
  return dw_act_date(context, got, 0, out);
}

static bool follows(const dw_context *context, uint32_t at, const char *words) {
  return at > 0 && dw_scan_together(&context->scan, at - 1, at) && dw_scan_is(&context->scan, at - 1, words);
}

/* Words that are names and verbs too need a preposition before them. */
static bool month_is_sure(const dw_context *context, const dw_got *got) {
  const dw_scan *scan = &context->scan;
  const dw_atom *atom = &scan->atoms[got->first];
  static const char *const before =
      "in|of|since|until|till|by|during|from|to|through|between|and|or|early|late|mid|-|every|each|for|"
      "before|after|around|throughout|(|beginning|starting";
  bool doubtful = dw_scan_is(scan, got->first, "may|march|april|june|august") || atom->low.len < 4;
  if (!doubtful) return true;
  if (!follows(context, got->first, before)) return false;
  if (follows(context, got->first, "and|or|to|for|(|-|by|of")) {
    const dw_found *last = context->found.len ? &context->found.items[context->found.len - 1] : NULL;
    return (last && !last->skip && last->date.grain <= DW_MONTHS && last->end + 1 == got->first) ||
           follows(context, got->first, "of|by|-");
  }
  return true;
}

bool dw_act_month(dw_context *context, const dw_got *got, int argument, dw_found *out) {
  if (argument == 1 && (!month_is_sure(context, got) || dw_in_longer_name(context, got))) return false;
  return give_date(context, got, (dw_date){.grain = DW_MONTHS, .year = DW_NO_YEAR, .month = got->month}, out);
}

static bool is_plural_noun(const dw_context *context, uint32_t at) {
  const dw_scan *scan = &context->scan;
  if (at >= scan->count || scan->atoms[at].type != 'w') return false;
  if (scan->parse) {
    const ds_word *word = &scan->parse->words[scan->atoms[at].token];
    return word->xpos == DS_XPOS_NNS;
  }
  ds_str low = scan->atoms[at].low;
  return low.len > 3 && low.ptr[low.len - 1] == 's' && low.ptr[low.len - 2] != 's' && !scan->atoms[at].upper &&
         !dw_scan_is(scan, at,
                     "was|has|this|his|its|is|as|does|plus|across|towards|besides|thus|always|perhaps|onwards|"
                     "afterwards|elections|talks");
}

/* "2012" is a year, but not in "2012 people", "Resolution 1973", "$2000", "more than 1800". */
static bool year_is_sure(const dw_context *context, const dw_got *got) {
  static const char *const units =
      "people|troops|men|women|soldiers|percent|per|km|kilometers|kilometres|miles|metres|meters|feet|ft|kg|tons|"
      "tonnes|dollars|euros|pounds|million|billion|hours|points|square|sq|mw|m|mm|yards|acres|hectares|votes|rubles|"
      "rupees|civilians|refugees|police|others|different|more|new";
  const dw_scan *scan = &context->scan;
  const dw_atom *atom = &scan->atoms[got->first];
  bool tight = atom->glued && got->first > 0;
  char mark = tight ? scan->atoms[got->first - 1].type : ' ';
  if (tight && mark != '(' && mark != '-' && mark != '/' && mark != '"' && mark != '*' && mark != '[' && mark != '\'')
    return false;
  if (tight && (mark == '-' || mark == '/') && got->first > 1 && scan->atoms[got->first - 1].glued &&
      (scan->atoms[got->first - 2].type != '0' || scan->atoms[got->first - 2].low.len != 4) &&
      !dw_scan_is(scan, got->first - 2, "mid|pre|post|early|late"))
    return false;
  const dw_atom *next = dw_scan_together(scan, got->first, got->end) ? &scan->atoms[got->end] : NULL;
  if (next && next->glued && (next->type == '%' || next->type == '/' || next->type == '0')) return false;
  bool led =
      follows(context, got->first,
              "in|since|until|till|during|early|late|mid|before|after|between|from|by|through|of|and|(|until|summer|"
              "winter|spring|autumn|fall|circa|throughout|year|the|for|-|to|late|early|'|s");
  if (got->bc) return true;
  if (got->year < 1500 || got->year > 2100) led = follows(context, got->first, "in|since|until|(|circa|by|year");
  if (follows(
          context, got->first,
          "resolution|no|flight|route|article|section|#|$|boeing|room|channel|number|chapter|page|than|least|nearly|"
          "some|almost|approximately|only|up|over|another|law|decree|area|highway|psalm"))
    return false;
  bool counted = dw_scan_is(scan, got->end, units) && dw_scan_together(scan, got->first, got->end);
  if (counted && !(led && follows(context, got->first, "since|in|until"))) return false;
  if (counted || (next && is_plural_noun(context, got->end) &&
                  !follows(context, got->first, "the|in|since|until|of|after|before|'|s|during|its|their")))
    return led && follows(context, got->first, "in|since") && !counted;
  return led || (got->year >= 1800 && got->year <= 2100);
}

bool dw_act_year(dw_context *context, const dw_got *got, int argument, dw_found *out) {
  dw_got use = *got;
  if (argument == 2) {
    if (context->scan.atoms[got->first].glued ||
        !follows(context, got->first, "of|in|since|spring|summer|fall|autumn|winter"))
      return false;
    use.year = got->day + (got->day > 30 ? 1900 : 2000);
  } else if (!argument && !year_is_sure(context, got)) {
    return false;
  }
  return give_date(context, &use, (dw_date){.grain = DW_YEAR}, out);
}

/* 2007-08: two years */
bool dw_act_year_range(dw_context *context, const dw_got *got, int argument, dw_found *out) {
  (void)argument;
  int last = got->year / 100 * 100 + got->day;
  if (!year_is_sure(context, &(dw_got){.year = got->year, .first = got->first, .end = got->end}) || last <= got->year)
    return false;
  out->date = out->part_date = (dw_date){.grain = DW_YEAR, .year = got->year};
  out->date.year = last;
  out->part_end = got->first + 1;
  return out->year_said = true;
}

/* "May 5-10, 2010", "5 to 10 May": the first day becomes an expression of its own, the second takes the rest. */
bool dw_act_day_range(dw_context *context, const dw_got *got, int argument, dw_found *out) {
  (void)argument;
  if (got->ordinal >= got->day) return false;
  dw_date from = {.grain = DW_DAY, .year = DW_NO_YEAR, .month = got->month, .day = got->ordinal};
  if (!give_date(context, got, from, out) || got->day > ds_month_days(2000, got->month)) return false;
  out->part_end = got->mid;
  out->part_date = out->date;
  out->date.day = got->day;
  return out->date.year == DW_NO_YEAR || got->day <= ds_month_days(out->date.year, got->month);
}

/* "on the 20th", with no noun behind it */
bool dw_act_day_alone(dw_context *context, const dw_got *got, int argument, dw_found *out) {
  (void)argument;
  const dw_scan *scan = &context->scan;
  bool digits = scan->atoms[got->first + 1].type == '0';
  bool ends = !dw_scan_together(scan, got->first, got->end) || scan->atoms[got->end].type != 'w' ||
              dw_scan_is(scan, got->end, "and|to|in|at|when|that|with|by|for|as|he|she|it|they");
  if (!digits || !ends || got->ordinal > 31 || !follows(context, got->first, "on|by|until|since|before|after"))
    return false;
  dw_date date = dw_date_cut(context->last, DW_MONTHS);
  if (date.grain == DW_NO_UNIT) date = dw_date_cut(context->published, DW_MONTHS);
  if (date.grain == DW_NO_UNIT) return false;
  date.grain = DW_DAY;
  date.day = got->ordinal;
  out->date = date;
  out->relative = true;
  return date.day <= ds_month_days(date.year == DW_NO_YEAR ? 2000 : date.year, date.month);
}

/* argument 1: without a year, so that "fall" and "spring" must look like seasons; 2: two digits of the year */
bool dw_act_season(dw_context *context, const dw_got *got, int argument, dw_found *out) {
  dw_got use = *got;
  if (argument == 2) use.year = got->day + (got->day > 30 ? 1900 : 2000);
  bool the = dw_scan_is(&context->scan, got->first, "the");
  if (argument == 1) {
    if (dw_scan_is(&context->scan, got->end, "of|olympics|olympic|games|break|school|-") &&
        dw_scan_together(&context->scan, got->first, got->end))
      return false;
    if (!follows(context, got->first,
                 the ? "in|during|by|since|until|through|throughout|before|of|over|for|after|late|early"
                     : "in|during|by|since|until|early|late|mid|-|through|and|or|of"))
      return false;
    if (!the && dw_scan_is(&context->scan, got->first, "fall|spring") &&
        !follows(context, got->first, "in|early|late|mid|by|since"))
      return false;
  }
  return give_date(context, &use, (dw_date){.grain = DW_SEASONS, .year = DW_NO_YEAR, .sub = got->season}, out);
}

/* "the first week of March": argument 0; "the last day of June": 1 counts from the end */
bool dw_act_in_month(dw_context *context, const dw_got *got, int argument, dw_found *out) {
  if (got->plural || (got->unit != DW_DAY && got->unit != DW_WEEK)) return false;
  dw_date date = {.grain = DW_DAY, .year = DW_NO_YEAR, .month = got->month, .day = 1};
  if (!give_date(context, got, date, out)) return false;
  if (out->date.year == DW_NO_YEAR) return false;
  int days = ds_month_days(out->date.year, got->month), step = got->unit == DW_DAY ? 1 : 7;
  int nth = argument ? days - step / 2 : (got->ordinal - 1) * step + (step == 7 ? 4 : 1);
  if (nth > days || got->ordinal > 31) return false;
  out->date.day = nth;
  if (got->unit == DW_DAY) return true;
  out->value = dw_date_value(context->scan.arena, dw_date_cut(out->date, DW_WEEK));
  out->date.grain = DW_MONTHS;
  return context->failed = context->failed || !out->value.ptr, true;
}

bool dw_act_decade(dw_context *context, const dw_got *got, int argument, dw_found *out) {
  if (got->decade_short && got->year < 1920 && !follows(context, got->end, "s")) return false;
  bool his = follows(context, got->first, "his|her|their|my|our|its|in|mid|late|early") &&
             !dw_scan_is(&context->scan, got->first, "the");
  if (got->decade_short && his && !dw_scan_is(&context->scan, got->first, "'")) return false; /* "in his 80s" */
  out->date = (dw_date){.grain = DW_DECADE, .year = got->year};
  out->approx = argument == 1;
  out->year_said = true;
  return got->year >= 1000;
}

bool dw_act_century(dw_context *context, const dw_got *got, int argument, dw_found *out) {
  (void)context;
  out->date = (dw_date){.grain = DW_CENTURY, .year = (got->ordinal - 1) * 100};
  out->approx = argument == 1;
  out->year_said = true;
  if (dw_scan_is(&context->scan, got->end - 1, "bc")) out->date.year = 1 - got->ordinal * 100;
  return got->ordinal <= 22;
}

/* argument 1: "Q3" */
bool dw_act_quarter(dw_context *context, const dw_got *got, int argument, dw_found *out) {
  int sub = argument == 1 ? got->day : got->ordinal;
  if (sub < 1 || sub > 4) return false;
  dw_date date = {.grain = DW_QUARTER, .year = DW_NO_YEAR, .sub = sub};
  if (got->shift != INT32_MIN) {
    dw_date year = dw_date_add(dw_now(context, got->first), DW_YEAR, got->shift);
    date.year = year.year;
    out->relative = true;
    out->date = date;
    return year.grain != DW_NO_UNIT;
  }
  return give_date(context, got, date, out);
}

bool dw_act_half(dw_context *context, const dw_got *got, int argument, dw_found *out) {
  (void)argument;
  uint32_t at = got->first + dw_scan_is(&context->scan, got->first, "the");
  dw_date date = {.grain = DW_HALF, .sub = dw_scan_is(&context->scan, at, "first") ? 1 : 2};
  if (got->year < 0) {
    dw_date year = dw_date_add(dw_now(context, got->first), DW_YEAR, got->shift == INT32_MIN ? 0 : got->shift);
    if (year.grain == DW_NO_UNIT) return false;
    date.year = year.year;
    out->relative = true;
    out->date = date;
    return true;
  }
  return give_date(context, got, date, out);
}

bool dw_act_fiscal(dw_context *context, const dw_got *got, int argument, dw_found *out) {
  (void)argument;
  out->value = dw_value(context, "FY%d", got->year);
  out->edtf = dw_value(context, "%d~", got->year);
  out->year_said = true;
  return got->year >= 1900;
}

/* ---- holidays ---- */

/* Western Easter (the anonymous Gregorian computus). */
static int32_t easter(int year) {
  int a = year % 19, b = year / 100, c = year % 100, d = b / 4, e = b % 4, f = (b + 8) / 25, g = (b - f + 1) / 3;
  int h = (19 * a + b - d - g + 15) % 30, i = c / 4, k = c % 4, l = (32 + 2 * e + 2 * i - h - k) % 7;
  int m = (a + 11 * h + 22 * l) / 451, n = h + l - 7 * m + 114;
  return ds_day_from_ymd((ds_ymd){year, n / 31, n % 31 + 1});
}

/* month, and the day of the month, or (nth, weekday) for one that moves; month 0: days after Easter */
static const struct {
  int month, day, nth, weekday;
} holidays[] = {{1, 1, 0, 0},   {12, 31, 0, 0}, {12, 24, 0, 0}, {12, 25, 0, 0}, {12, 26, 0, 0},
                {2, 14, 0, 0},  {3, 17, 0, 0},  {5, 1, 0, 0},   {10, 31, 0, 0}, {7, 4, 0, 0},
                {11, 11, 0, 0}, {3, 8, 0, 0},   {4, 25, 0, 0},  {7, 14, 0, 0},  {11, 1, 0, 0},
                {12, 10, 0, 0}, {12, 1, 0, 0},  {4, 1, 0, 0},   {11, 0, 4, 4},  {1, 0, 3, 1},
                {9, 0, 1, 1},   {5, 0, -1, 1},  {0, -2, 0, 0},  {0, 0, 0, 0},   {0, 1, 0, 0}};

static dw_date holiday_in(int row, int year) {
  int month = holidays[row].month, nth = holidays[row].nth;
  if (month == 0) return dw_date_from_day(easter(year) + holidays[row].day);
  if (nth == 0) return (dw_date){.grain = DW_DAY, .year = year, .month = month, .day = holidays[row].day};
  int32_t first = ds_day_from_ymd((ds_ymd){year, month, nth < 0 ? ds_month_days(year, month) - 6 : 1});
  int on = (holidays[row].weekday - ds_day_weekday(first) + 7) % 7;
  return dw_date_from_day(first + on + (nth > 0 ? (nth - 1) * 7 : 0));
}

bool dw_act_holiday(dw_context *context, const dw_got *got, int argument, dw_found *out) {
  if (argument < 0) {
    out->date = (dw_date){.grain = DW_DAY, .year = 2001, .month = 9, .day = 11};
    return true;
  }
  if (!context->scan.atoms[got->first].upper && !context->scan.atoms[got->end - 1].upper) return false;
  const dw_atom *atoms = context->scan.atoms;
  bool year = dw_scan_together(&context->scan, got->first, got->end) && atoms[got->end].type == '0' &&
              atoms[got->end].low.len == 4;
  uint32_t said;
  if (year && ds_str_to_u32(atoms[got->end].low, &said) && said > 1500 && said < 2200) {
    out->date = holiday_in(argument, (int)said);
    out->end = got->end + 1;
    return out->year_said = true;
  }
  dw_date guess = holiday_in(argument, context->published.grain == DW_NO_UNIT || context->published.year == DW_NO_YEAR
                                           ? 2000
                                           : context->published.year);
  guess.year = DW_NO_YEAR;
  guess = dw_complete_year(context, guess, got->first);
  out->relative = true;
  bool moves = holidays[argument].month == 0 || holidays[argument].nth != 0;
  if (guess.year == DW_NO_YEAR && moves) return out->date = DW_NO_DATE, true;
  out->date = guess.year == DW_NO_YEAR ? guess : holiday_in(argument, guess.year);
  return true;
}
