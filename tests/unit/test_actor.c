/* Unit tests of src/actor: the cases of tests/corpus/actor (their format stands in names.conllu), the tables of
 * schema/gazetteers, and mistakes in tables. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "actor/actor.h"
#include "base/file.h"
#include "base/vec.h"

typedef struct world {
  ds_arena arena;
  ds_ontology ontology;
  ds_gazetteer *gazetteer;
  const char *root;
} world;

static world all;

static ds_str path_of(const char *name) {
  return ds_path_join(&all.arena, ds_str_from(all.root), ds_str_from(name));
}

/* --- articles from CoNLL-U ------------------------------------------------------------------------------------------- */

typedef struct article {
  ds_buf text;
  DS_VEC(ds_token) tokens;
  DS_VEC(ds_word) words;
  DS_VEC(ds_sentence) sentences;
  DS_VEC(ds_name) names;
  ds_buf expect;
  ds_str title;
  bool new_paragraph;
} article;

static void release(article *a) {
  ds_buf_release(&a->text);
  ds_buf_release(&a->expect);
  DS_VEC_RELEASE(a->tokens);
  DS_VEC_RELEASE(a->words);
  DS_VEC_RELEASE(a->sentences);
  DS_VEC_RELEASE(a->names);
  *a = (article){0};
}

static bool has(ds_str cell, const char *what) {
  size_t at;
  return ds_str_find(cell, ds_str_from(what), &at);
}

static void read_name(article *a, ds_str misc) {
  static const char *const kinds[] = {"person", "organization", "place", "facility", "group", "misc"};
  uint32_t token = (uint32_t)a->tokens.len - 1;
  if (has(misc, "NER=I-")) {
    assert_true(a->names.len > 0);
    a->names.items[a->names.len - 1].count++;
  }
  for (size_t k = 0; k < sizeof kinds / sizeof *kinds; k++) {
    char begin[32];
    snprintf(begin, sizeof begin, "NER=B-%s", kinds[k]);
    if (has(misc, begin)) assert_true(DS_PUSH(a->names, (ds_name){token, 1, (ds_name_kind)k, 1}));
  }
}

static void read_token(article *a, ds_str line) {
  ds_str cell[10];
  uint32_t head = 0, first = a->sentences.items[a->sentences.len - 1].first;
  for (int i = 0; i < 10; i++) assert_true(ds_str_split(&line, '\t', &cell[i]));
  ds_token token = {.form = cell[1], .start = (uint32_t)a->text.len, .mwt_count = 1};
  ds_buf_append(&a->text, cell[1]);
  token.end = (uint32_t)a->text.len;
  token.space_after = !has(cell[9], "SpaceAfter=No");
  token.mwt_first = (uint32_t)a->tokens.len;
  if (token.space_after) ds_buf_byte(&a->text, ' ');
  ds_word word = {.lemma = cell[2]};
  ds_upos upos;
  ds_xpos xpos;
  ds_deprel deprel;
  assert_true(ds_upos_from(cell[3], &upos) && ds_xpos_from(cell[4], &xpos) && ds_deprel_from(cell[7], &deprel));
  assert_true(ds_str_to_u32(cell[6], &head));
  word.upos = (uint8_t)upos;
  word.xpos = (uint8_t)xpos;
  word.deprel = (uint8_t)deprel;
  word.head = head ? first + head - 1 : DS_NO_HEAD;
  word.morph.number = has(cell[5], "Number=Plur")   ? DS_NUMBER_PLUR
                      : has(cell[5], "Number=Sing") ? DS_NUMBER_SING
                                                    : DS_NUMBER_NONE;
  word.morph.possessive = has(cell[5], "Poss=Yes");
  assert_true(DS_PUSH(a->tokens, token) && DS_PUSH(a->words, word));
  read_name(a, cell[9]);
}

static void read_line(article *a, ds_str line, bool *inside) {
  if (!line.len) {
    *inside = false;
    return;
  }
  if (ds_str_starts(line, DS_STR("# expect = "))) {
    ds_buf_append(&a->expect, ds_str_sub(line, 11, line.len));
    ds_buf_byte(&a->expect, '\n');
  }
  if (ds_str_eqz(line, "# newpar")) a->new_paragraph = true;
  if (line.ptr[0] == '#') return;
  if (!*inside) {
    uint32_t paragraph = a->sentences.len ? a->sentences.items[a->sentences.len - 1].paragraph + a->new_paragraph : 0;
    if (a->new_paragraph) ds_buf_appendz(&a->text, "\n\n");
    a->new_paragraph = false;
    assert_true(DS_PUSH(
        a->sentences,
        (ds_sentence){.first = (uint32_t)a->tokens.len, .start = (uint32_t)a->text.len, .paragraph = paragraph}));
    *inside = true;
  }
  read_token(a, line);
  ds_sentence *s = &a->sentences.items[a->sentences.len - 1];
  s->count++;
  s->end = a->tokens.items[a->tokens.len - 1].end;
}

/* --- what was found -------------------------------------------------------------------------------------------------- */

static void show(const ds_text *text, const ds_actors *actors, ds_buf *out) {
  for (uint32_t e = 0; e < actors->entity_count; e++) {
    const ds_entity *entity = &actors->entities[e];
    ds_buf_printf(out, "%.*s | %.*s | ", DS_STR_ARG(all.ontology.kinds[entity->kind].name), DS_STR_ARG(entity->label));
    bool first = true;
    for (size_t i = 0; i < actors->mention_count; i++) {
      const ds_mention *m = &actors->mentions[i];
      if (m->entity != e) continue;
      ds_buf_printf(out, "%s%.*s", first ? "" : " ; ", DS_STR_ARG(ds_str_sub(text->text, m->start, m->end)));
      first = false;
    }
    ds_buf_byte(out, '\n');
  }
}

/* What holds of every article. */
static void check(const ds_text *text, const ds_actors *actors) {
  size_t mentions = 0;
  for (size_t i = 0; i < actors->mention_count; i++) {
    const ds_mention *m = &actors->mentions[i];
    assert_true(m->count > 0 && m->first + m->count <= text->token_count);
    assert_true(m->head >= m->first && m->head < m->first + m->count);
    assert_int_equal(m->start, text->tokens[m->first].start);
    assert_int_equal(m->end, text->tokens[m->first + m->count - 1].end);
    assert_true(m->entity < actors->entity_count);
    assert_true(m->reason.len > 0);
    assert_int_equal(actors->mention_of_head[m->head], i);
    if (i) assert_true(actors->mentions[i - 1].first <= m->first);
  }
  for (size_t e = 0; e < actors->entity_count; e++) {
    const ds_entity *entity = &actors->entities[e];
    assert_true(entity->kind < all.ontology.kind_count && entity->label.len > 0 && entity->mention_count > 0);
    assert_true(entity->owner == DS_NO_ENTITY || entity->owner < actors->entity_count);
    mentions += entity->mention_count;
  }
  assert_int_equal(mentions, actors->mention_count);
}

static int run_case(article *a) {
  ds_arena arena;
  ds_arena_init(&arena);
  ds_text text = {ds_buf_str(&a->text), a->tokens.items, a->tokens.len, a->sentences.items, a->sentences.len};
  ds_parse parse = {.words = a->words.items, .names = a->names.items, .name_count = a->names.len};
  ds_actors actors;
  dossier_error err = DOSSIER_ERROR_INIT;
  assert_int_equal(ds_actors_find(&arena, &all.ontology, all.gazetteer, &text, &parse, &actors, &err), DOSSIER_OK);
  check(&text, &actors);
  ds_buf found;
  ds_buf_init(&found);
  show(&text, &actors, &found);
  bool same = ds_str_eq(ds_buf_str(&found), ds_buf_str(&a->expect));
  if (!same)
    print_error("%.*s\nexpected:\n%.*sfound:\n%.*s\n", DS_STR_ARG(a->title), DS_STR_ARG(ds_buf_str(&a->expect)),
                DS_STR_ARG(ds_buf_str(&found)));
  ds_buf_release(&found);
  ds_arena_release(&arena);
  return same ? 0 : 1;
}

static int run_file(ds_str path) {
  ds_buf file;
  dossier_error err = DOSSIER_ERROR_INIT;
  ds_buf_init(&file);
  assert_int_equal(ds_file_read(path.ptr, &file, &err), DOSSIER_OK);
  article a = {0};
  bool inside = false;
  int failed = 0, cases = 0;
  ds_str rest = ds_buf_str(&file), line;
  while (ds_str_split(&rest, '\n', &line)) {
    if (!ds_str_starts(line, DS_STR("# case = "))) {
      read_line(&a, line, &inside);
      continue;
    }
    if (a.tokens.len) failed += run_case(&a);
    cases++;
    release(&a);
    a.title = line;
    inside = false;
  }
  if (a.tokens.len) failed += run_case(&a);
  release(&a);
  ds_buf_release(&file);
  assert_true(cases > 0);
  return failed;
}

static void cases_hold(void **state) {
  (void)state;
  ds_str *names;
  size_t count;
  dossier_error err = DOSSIER_ERROR_INIT;
  ds_str folder = path_of("tests/corpus/actor");
  assert_int_equal(ds_folder_list(&all.arena, folder.ptr, &names, &count, &err), DOSSIER_OK);
  int failed = 0;
  for (size_t i = 0; i < count; i++)
    if (ds_str_ends(names[i], DS_STR(".conllu"))) failed += run_file(ds_path_join(&all.arena, folder, names[i]));
  assert_int_equal(failed, 0);
}

static void an_empty_article_has_no_actors(void **state) {
  (void)state;
  ds_text text = {0};
  ds_parse parse = {0};
  ds_actors actors;
  ds_arena arena;
  ds_arena_init(&arena);
  assert_int_equal(ds_actors_find(&arena, &all.ontology, all.gazetteer, &text, &parse, &actors, NULL), DOSSIER_OK);
  assert_int_equal(actors.mention_count, 0);
  assert_int_equal(actors.entity_count, 0);
  ds_arena_release(&arena);
}

/* --- gazetteers ------------------------------------------------------------------------------------------------------ */

static bool is_found(const char *name, const char *id) {
  const ds_known *const *rows;
  size_t count = ds_gazetteer_find(all.gazetteer, ds_str_from(name), &rows);
  for (size_t i = 0; i < count; i++)
    if (ds_str_eqz(rows[i]->id, id)) return true;
  return false;
}

static void names_are_found_however_written(void **state) {
  (void)state;
  assert_true(is_found("Iran", "iran"));
  assert_true(is_found("islamic republic of iran", "iran"));
  assert_true(is_found("U.S.", "united-states"));
  assert_true(is_found("USA", "united-states"));
  assert_true(is_found("Cote d\xE2\x80\x99Ivoire", "ivory-coast"));
  assert_true(is_found("Al Qaida", "al-qaeda"));
  assert_true(is_found("Medecins sans frontieres", "medecins-sans-frontieres"));
  assert_false(is_found("Tehran", "iran")); /* a capital is no name of its state */
  assert_false(is_found("", "iran"));
  const ds_known *row = ds_gazetteer_by_id(all.gazetteer, DS_STR("quds-force"));
  assert_non_null(row);
  assert_true(ds_str_eqz(row->owner, "iran"));
  assert_null(ds_gazetteer_by_id(all.gazetteer, DS_STR("no-such-id")));
}

static void every_state_has_what_news_needs(void **state) {
  (void)state;
  static const char *const ids[] = {"france",       "nigeria",     "japan",  "brazil",
                                    "south-africa", "new-zealand", "kosovo", "taiwan"};
  for (size_t i = 0; i < sizeof ids / sizeof *ids; i++) {
    const ds_known *row = ds_gazetteer_by_id(all.gazetteer, ds_str_from(ids[i]));
    assert_non_null(row);
    assert_true(row->adjective.len > 0);
    assert_true(all.ontology.kinds[row->kind].like == DS_LIKE_STATE);
  }
}

/* --- mistakes -------------------------------------------------------------------------------------------------------- */

/* Opens a folder with one file of this content; the error's line, or 0 where it opened. */
static long line_of_mistake(const char *content, const char *message) {
  char folder[] = "/tmp/dossier-actor-XXXXXX", path[64];
  assert_non_null(mkdtemp(folder));
  snprintf(path, sizeof path, "%s/table.tsv", folder);
  FILE *file = fopen(path, "w");
  assert_non_null(file);
  fputs(content, file);
  fclose(file);
  ds_gazetteer *gazetteer = NULL;
  dossier_error err = DOSSIER_ERROR_INIT;
  dossier_status status = ds_gazetteer_open(&gazetteer, &all.ontology, folder, &err);
  remove(path);
  rmdir(folder);
  if (status == DOSSIER_OK) {
    ds_gazetteer_free(gazetteer);
    return 0;
  }
  assert_int_equal(status, DOSSIER_INPUT);
  assert_null(gazetteer);
  if (err.line) assert_string_equal(err.file, path);
  if (!strstr(err.message, message)) fail_msg("'%s' lacks '%s'", err.message, message);
  return err.line ? err.line : -1;
}

static void mistakes_name_file_and_line(void **state) {
  (void)state;
  assert_int_equal(line_of_mistake("#table actors\n# comment\n\na\tplace\tAlpha\tBeta|Gamma\t-\n", ""), 0);
  assert_int_equal(line_of_mistake("", "empty"), -1);
  assert_int_equal(line_of_mistake("#tables actors\n", "name the table"), 1);
  assert_int_equal(line_of_mistake("#table nonsense\n", "name the table"), 1);
  assert_int_equal(line_of_mistake("#table actors\na\tcastle\tAlpha\n", "no kind 'castle'"), 2);
  assert_int_equal(line_of_mistake("#table actors\na\tplace\n", "columns"), 2);
  assert_int_equal(line_of_mistake("#table actors\na\tplace\tA\n\na\tplace\tB\n", "used twice"), 4);
  assert_int_equal(line_of_mistake("#table actors\na\tplace\tA\t-\tnobody\n", "no actor 'nobody'"), -1);
  assert_int_equal(line_of_mistake("#table offices\nbaker\tbakes\n", "no relation 'bakes'"), 2);
  assert_int_equal(line_of_mistake("#table titles\nSir\tx\n", "m, f or -"), 2);
  assert_int_equal(line_of_mistake("#table parts\narmy\tmilitary\tperhaps\n", "owner, own, named or -"), 2);
  assert_int_equal(line_of_mistake("#table descriptions\ngroup\torganization\ts\t-\ngroup\tplace\ts\t-\n", "twice"), 3);
  assert_int_equal(line_of_mistake("#table model-kinds\nghost\tperson\n", "ghost"), 2);
}

static int open_world(void **state) {
  (void)state;
  dossier_error err = DOSSIER_ERROR_INIT;
  all.root = getenv("DOSSIER_TEST_ROOT");
  if (!all.root) return -1;
  ds_arena_init(&all.arena);
  ds_str ontology = path_of("schema/ontology.yaml"), folder = path_of("schema/gazetteers");
  if (ds_ontology_read(&all.arena, ontology.ptr, &all.ontology, &err) != DOSSIER_OK ||
      ds_gazetteer_open(&all.gazetteer, &all.ontology, folder.ptr, &err) != DOSSIER_OK) {
    print_error("%s:%ld: %s\n", err.file, err.line, err.message);
    return -1;
  }
  return 0;
}

static int close_world(void **state) {
  (void)state;
  ds_gazetteer_free(all.gazetteer);
  ds_arena_release(&all.arena);
  return 0;
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(cases_hold),
      cmocka_unit_test(an_empty_article_has_no_actors),
      cmocka_unit_test(names_are_found_however_written),
      cmocka_unit_test(every_state_has_what_news_needs),
      cmocka_unit_test(mistakes_name_file_and_line),
  };
  return cmocka_run_group_tests(tests, open_world, close_world);
}
