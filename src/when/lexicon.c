/* The words of time, sorted by bytes for a binary search (tests/unit/test_when.c looks each of them up). */
#include "when/scan.h"

#include <stdlib.h>

typedef struct entry {
  const char *word;
  uint8_t class;
  int number;
} entry;

static const entry words[] = {
  {"aest", DW_ZONE, 0}, {"afternoon", DW_DAYPART, DW_AFTERNOON}, {"afternoons", DW_DAYPART, DW_AFTERNOON + DW_PLURAL},
  {"annual", DW_OFTEN, DW_YEAR}, {"annually", DW_OFTEN, DW_YEAR}, {"apr", DW_MONTH, 4}, {"april", DW_MONTH, 4},
  {"aug", DW_MONTH, 8}, {"august", DW_MONTH, 8}, {"autumn", DW_SEASON, 3}, {"biweekly", DW_OFTEN, DW_WEEK},
  {"bst", DW_ZONE, 0}, {"cat", DW_ZONE, 0}, {"cdt", DW_ZONE, 0}, {"centuries", DW_UNIT, DW_CENTURY + DW_PLURAL},
  {"century", DW_UNIT, DW_CENTURY}, {"cest", DW_ZONE, 0}, {"cet", DW_ZONE, 0}, {"coming", DW_SHIFT, 1},
  {"cst", DW_ZONE, 0}, {"current", DW_SHIFT, 0}, {"daily", DW_OFTEN, DW_DAY}, {"day", DW_UNIT, DW_DAY},
  {"days", DW_UNIT, DW_DAY + DW_PLURAL}, {"daytime", DW_DAYPART, DW_DAYTIME}, {"dec", DW_MONTH, 12},
  {"decade", DW_UNIT, DW_DECADE}, {"decades", DW_UNIT, DW_DECADE + DW_PLURAL}, {"december", DW_MONTH, 12},
  {"dozen", DW_CARDINAL, 12}, {"eat", DW_ZONE, 0}, {"edt", DW_ZONE, 0}, {"eest", DW_ZONE, 0}, {"eet", DW_ZONE, 0},
  {"eight", DW_CARDINAL, 8}, {"eighteen", DW_CARDINAL, 18}, {"eighteenth", DW_ORDINAL, 18}, {"eighth", DW_ORDINAL, 8},
  {"eighty", DW_CARDINAL, 80}, {"eleven", DW_CARDINAL, 11}, {"eleventh", DW_ORDINAL, 11}, {"ensuing", DW_STEP, 1},
  {"est", DW_ZONE, 0}, {"et", DW_ZONE, 0}, {"evening", DW_DAYPART, DW_EVENING},
  {"evenings", DW_DAYPART, DW_EVENING + DW_PLURAL}, {"everyday", DW_OFTEN, DW_DAY}, {"fall", DW_SEASON, 3},
  {"feb", DW_MONTH, 2}, {"february", DW_MONTH, 2}, {"fifteen", DW_CARDINAL, 15}, {"fifteenth", DW_ORDINAL, 15},
  {"fifth", DW_ORDINAL, 5}, {"fifty", DW_CARDINAL, 50}, {"first", DW_ORDINAL, 1}, {"five", DW_CARDINAL, 5},
  {"following", DW_STEP, 1}, {"forty", DW_CARDINAL, 40}, {"four", DW_CARDINAL, 4}, {"fourteen", DW_CARDINAL, 14},
  {"fourteenth", DW_ORDINAL, 14}, {"fourth", DW_ORDINAL, 4}, {"fri", DW_WEEKDAY, 5}, {"friday", DW_WEEKDAY, 5},
  {"fridays", DW_WEEKDAY, 5 + DW_PLURAL}, {"gmt", DW_ZONE, 0}, {"hkt", DW_ZONE, 0}, {"hour", DW_UNIT, DW_HOUR},
  {"hourly", DW_OFTEN, DW_HOUR}, {"hours", DW_UNIT, DW_HOUR + DW_PLURAL}, {"hr", DW_UNIT, DW_HOUR},
  {"hrs", DW_UNIT, DW_HOUR + DW_PLURAL}, {"hundred", DW_CARDINAL, 100}, {"ist", DW_ZONE, 0}, {"jan", DW_MONTH, 1},
  {"january", DW_MONTH, 1}, {"jst", DW_ZONE, 0}, {"jul", DW_MONTH, 7}, {"july", DW_MONTH, 7}, {"jun", DW_MONTH, 6},
  {"june", DW_MONTH, 6}, {"last", DW_SHIFT, -1}, {"mar", DW_MONTH, 3}, {"march", DW_MONTH, 3}, {"may", DW_MONTH, 5},
  {"mdt", DW_ZONE, 0}, {"mins", DW_UNIT, DW_MINUTE + DW_PLURAL}, {"minute", DW_UNIT, DW_MINUTE},
  {"minutes", DW_UNIT, DW_MINUTE + DW_PLURAL}, {"mon", DW_WEEKDAY, 1}, {"monday", DW_WEEKDAY, 1},
  {"mondays", DW_WEEKDAY, 1 + DW_PLURAL}, {"month", DW_UNIT, DW_MONTHS}, {"monthly", DW_OFTEN, DW_MONTHS},
  {"months", DW_UNIT, DW_MONTHS + DW_PLURAL}, {"morning", DW_DAYPART, DW_MORNING},
  {"mornings", DW_DAYPART, DW_MORNING + DW_PLURAL}, {"msk", DW_ZONE, 0}, {"mst", DW_ZONE, 0}, {"next", DW_SHIFT, 1},
  {"night", DW_DAYPART, DW_NIGHT}, {"nights", DW_DAYPART, DW_NIGHT + DW_PLURAL},
  {"nighttime", DW_DAYPART, DW_NIGHT}, {"nine", DW_CARDINAL, 9}, {"nineteen", DW_CARDINAL, 19},
  {"nineteenth", DW_ORDINAL, 19}, {"ninety", DW_CARDINAL, 90}, {"ninth", DW_ORDINAL, 9}, {"nov", DW_MONTH, 11},
  {"november", DW_MONTH, 11}, {"oct", DW_MONTH, 10}, {"october", DW_MONTH, 10}, {"one", DW_CARDINAL, 1},
  {"overnight", DW_DAYPART, DW_NIGHT}, {"past", DW_SHIFT, -1}, {"pdt", DW_ZONE, 0}, {"preceding", DW_STEP, -1},
  {"previous", DW_STEP, -1}, {"pst", DW_ZONE, 0}, {"pt", DW_ZONE, 0}, {"quarter", DW_UNIT, DW_QUARTER},
  {"quarterly", DW_OFTEN, DW_QUARTER}, {"quarters", DW_UNIT, DW_QUARTER + DW_PLURAL}, {"same", DW_STEP, 0},
  {"sast", DW_ZONE, 0}, {"sat", DW_WEEKDAY, 6}, {"saturday", DW_WEEKDAY, 6}, {"saturdays", DW_WEEKDAY, 6 + DW_PLURAL},
  {"second", DW_ORDINAL, 2}, {"seconds", DW_UNIT, DW_SECOND + DW_PLURAL}, {"sep", DW_MONTH, 9}, {"sept", DW_MONTH, 9},
  {"september", DW_MONTH, 9}, {"seven", DW_CARDINAL, 7}, {"seventeen", DW_CARDINAL, 17},
  {"seventeenth", DW_ORDINAL, 17}, {"seventh", DW_ORDINAL, 7}, {"seventy", DW_CARDINAL, 70}, {"sgt", DW_ZONE, 0},
  {"six", DW_CARDINAL, 6}, {"sixteen", DW_CARDINAL, 16}, {"sixteenth", DW_ORDINAL, 16}, {"sixth", DW_ORDINAL, 6},
  {"sixty", DW_CARDINAL, 60}, {"spring", DW_SEASON, 1}, {"springtime", DW_SEASON, 1}, {"subsequent", DW_STEP, 1},
  {"summer", DW_SEASON, 2}, {"summertime", DW_SEASON, 2}, {"sun", DW_WEEKDAY, 7}, {"sunday", DW_WEEKDAY, 7},
  {"sundays", DW_WEEKDAY, 7 + DW_PLURAL}, {"ten", DW_CARDINAL, 10}, {"tenth", DW_ORDINAL, 10},
  {"third", DW_ORDINAL, 3}, {"thirteen", DW_CARDINAL, 13}, {"thirteenth", DW_ORDINAL, 13},
  {"thirtieth", DW_ORDINAL, 30}, {"thirty", DW_CARDINAL, 30}, {"this", DW_SHIFT, 0}, {"thousand", DW_CARDINAL, 1000},
  {"three", DW_CARDINAL, 3}, {"thu", DW_WEEKDAY, 4}, {"thur", DW_WEEKDAY, 4}, {"thurs", DW_WEEKDAY, 4},
  {"thursday", DW_WEEKDAY, 4}, {"thursdays", DW_WEEKDAY, 4 + DW_PLURAL}, {"tue", DW_WEEKDAY, 2},
  {"tues", DW_WEEKDAY, 2}, {"tuesday", DW_WEEKDAY, 2}, {"tuesdays", DW_WEEKDAY, 2 + DW_PLURAL},
  {"twelfth", DW_ORDINAL, 12}, {"twelve", DW_CARDINAL, 12}, {"twentieth", DW_ORDINAL, 20},
  {"twenty", DW_CARDINAL, 20}, {"two", DW_CARDINAL, 2}, {"upcoming", DW_SHIFT, 1}, {"utc", DW_ZONE, 0},
  {"wat", DW_ZONE, 0}, {"wed", DW_WEEKDAY, 3}, {"wednesday", DW_WEEKDAY, 3},
  {"wednesdays", DW_WEEKDAY, 3 + DW_PLURAL}, {"week", DW_UNIT, DW_WEEK}, {"weekend", DW_UNIT, DW_WEEKEND},
  {"weekends", DW_UNIT, DW_WEEKEND + DW_PLURAL}, {"weekly", DW_OFTEN, DW_WEEK},
  {"weeks", DW_UNIT, DW_WEEK + DW_PLURAL}, {"winter", DW_SEASON, 4}, {"wintertime", DW_SEASON, 4},
  {"year", DW_UNIT, DW_YEAR}, {"yearly", DW_OFTEN, DW_YEAR}, {"years", DW_UNIT, DW_YEAR + DW_PLURAL},
  {"yrs", DW_UNIT, DW_YEAR + DW_PLURAL}, {"zero", DW_CARDINAL, 0},
};

static int compare(const void *key, const void *item) {
  return ds_str_cmp(*(const ds_str *)key, ds_str_from(((const entry *)item)->word));
}

uint8_t dw_lexicon(ds_str low, int *number) {
  const entry *found = bsearch(&low, words, sizeof words / sizeof *words, sizeof *words, compare);
  *number = found ? found->number : 0;
  return found ? found->class : (uint8_t)DW_NOTHING;
}

size_t dw_lexicon_size(void) { return sizeof words / sizeof *words; }

const char *dw_lexicon_word(size_t index) { return words[index].word; }
