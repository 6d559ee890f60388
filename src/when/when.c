#include "when/when.h"

#include "when/find.h"

typedef struct candidate {
  uint32_t reach, rule;
  dw_found found;
} candidate;

static void try_rules(dw_context *context, uint32_t at, const dw_start *starts, size_t count, candidate *best) {
  for (size_t i = 0; i < count && !context->failed; i++) {
    uint32_t rule = starts[i].rule;
    dw_got got;
    if (!dw_scan_match(&context->scan, at, dw_rules[rule].pattern, &got)) continue;
    if (got.end < best->reach || (got.end == best->reach && rule >= best->rule)) continue;
    dw_found found = {.first = got.first, .end = got.end, .kind = DS_WHEN_DATE, .date = DW_NO_DATE};
    if (dw_rules[rule].act(context, &got, dw_rules[rule].argument, &found)) *best = (candidate){got.end, rule, found};
  }
}

/* The longest rule that accepts atom `at` as the start of an expression; of equal ones the first in the table. */
static bool best_rule(dw_context *context, uint32_t at, dw_found *out) {
  const dw_atom *atom = &context->scan.atoms[at];
  candidate best = {.reach = at};
  size_t count;
  const dw_start *starts = dw_index_find(&context->index, atom->low, &count);
  try_rules(context, at, starts, count, &best);
  if (atom->type == '\'') try_rules(context, at, dw_index_find(&context->index, DS_STR("'"), &count), count, &best);
  if (atom->class != DW_NOTHING || atom->type == '0' || atom->type == '\'' || atom->number_end || atom->tens) {
    starts = dw_index_find(&context->index, DS_STR(""), &count);
    try_rules(context, at, starts, count, &best);
  }
  *out = best.found;
  return best.reach > at;
}

static void remember(dw_context *context, const dw_found *found) {
  if (found->skip || found->date.grain == DW_NO_UNIT || found->date.year == DW_NO_YEAR || found->date.grain > DW_YEAR)
    return;
  uint32_t paragraph = context->scan.atoms[found->first].paragraph;
  bool goes_on = context->last_said && context->last_paragraph == paragraph && found->date.year == context->last.year;
  context->last_said = found->year_said || (goes_on && !found->relative);
  context->last = found->date;
  context->last_sentence = context->scan.atoms[found->first].sentence;
  context->last_paragraph = paragraph;
}

static void add(dw_context *context, dw_found *found) {
  if (found->part_end) {
    dw_found part = *found;
    part.date = found->part_date;
    part.end = found->part_end;
    found->first = found->part_end + 1;
    if (!DS_PUSH(context->found, part)) context->failed = true;
  } else {
    uint32_t floor = context->found.len ? context->found.items[context->found.len - 1].end : 0;
    uint32_t first = found->first;
    dw_extend(context, found);
    if (found->first < floor) found->first = first;
  }
  if (!DS_PUSH(context->found, *found)) context->failed = true;
  remember(context, found);
}

static void read_through(dw_context *context) {
  context->found.len = 0;
  context->last = DW_NO_DATE;
  context->last_said = false;
  for (uint32_t at = 0; at < context->scan.count && !context->failed;) {
    dw_found found;
    if (best_rule(context, at, &found)) {
      at = found.end;
      add(context, &found);
    } else {
      at++;
    }
  }
}

/* Publication by the date line where it is not known to the day, then once more with what was learned. */
static void read_all(dw_context *context) {
  read_through(context);
  dw_date line = context->published.grain == DW_DAY ? DW_NO_DATE : dw_date_line(context);
  bool known = context->published.grain != DW_NO_UNIT;
  bool fits = line.grain == DW_DAY && (!known || line.year == DW_NO_YEAR || line.year == context->published.year);
  if (fits && line.year == DW_NO_YEAR && known) line.year = context->published.year;
  if (fits) context->published = line;
  context->narrative = dw_is_narrative(context);
  if (fits || context->narrative) read_through(context);
  dw_link(context);
}

static dossier_status hand_over(const dw_context *context, ds_arena *arena, ds_whens *out, dossier_error *err) {
  const dw_atom *atoms = context->scan.atoms;
  out->count = 0;
  out->items = DS_NEW_ARRAY(arena, ds_when, context->found.len);
  if (context->failed || !out->items) return ds_fail_memory(err);
  for (size_t i = 0; i < context->found.len; i++) {
    const dw_found *found = &context->found.items[i];
    if (found->skip) continue;
    const dw_atom *first = &atoms[found->first], *last = &atoms[found->end - 1];
    out->items[out->count++] = (ds_when){.first = first->token,
                                         .count = last->token - first->token + 1,
                                         .start = first->start,
                                         .end = last->end,
                                         .kind = found->kind,
                                         .value = found->value,
                                         .edtf = found->edtf,
                                         .relative = found->relative};
  }
  return DOSSIER_OK;
}

dossier_status ds_whens_find(ds_arena *arena, const ds_text *text, const ds_parse *parse, ds_str published,
                             ds_whens *out, dossier_error *err) {
  dw_context context = {.published = dw_date_from_edtf(published), .last = DW_NO_DATE};
  *out = (ds_whens){0};
  dossier_status status = dw_scan_make(arena, text, parse, &context.scan, err);
  if (status == DOSSIER_OK) status = dw_index_make(arena, &context.index, err);
  if (status) return status;
  read_all(&context);
  status = hand_over(&context, arena, out, err);
  DS_VEC_RELEASE(context.found);
  return status;
}
