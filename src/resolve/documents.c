/* Articles in an order of their own, with readable ids; and the entities of all of them as one array. */
#include <stdlib.h>
#include <string.h>

#include "resolve/internal.h"

typedef struct article_key {
  const ds_article *article;
  uint32_t record;
  ds_str slug;
} article_key;

/* What makes an article the same article: its text, and where and when it was published. */
static int compare_identities(const ds_article *x, const ds_article *y) {
  int order = strcmp(x->sha256, y->sha256);
  if (!order) order = ds_str_cmp(x->publisher, y->publisher);
  if (!order) order = ds_str_cmp(x->published, y->published);
  if (!order) order = ds_str_cmp(x->url, y->url);
  return order ? order : ds_str_cmp(x->title, y->title);
}

int rs_compare_articles(const ds_article *x, const ds_article *y) {
  int order = compare_identities(x, y);
  return order ? order : ds_str_cmp(x->path, y->path);
}

static int compare_articles(const void *a, const void *b) {
  const article_key *x = a, *y = b;
  return rs_compare_articles(x->article, y->article);
}

static int compare_slugs(const void *a, const void *b) {
  const article_key *x = a, *y = b;
  int order = ds_str_cmp(x->slug, y->slug);
  return order ? order : rs_compare_articles(x->article, y->article);
}

static int compare_ids(const void *a, const void *b) {
  const ds_net_document *x = a, *y = b;
  return ds_str_cmp(x->id, y->id);
}

/* The file's name without folders and endings; empty where the file holds many articles or there is none. */
static ds_str stem(ds_str path) {
  static const char *const endings[] = {".gz", ".txt", ".html", ".htm"};
  for (size_t i = path.len; i-- > 0;)
    if (path.ptr[i] == '/') {
      path = ds_str_sub(path, i + 1, path.len);
      break;
    }
  for (size_t i = 0; i < sizeof endings / sizeof *endings; i++)
    if (ds_str_ends(path, ds_str_from(endings[i]))) path.len -= strlen(endings[i]);
  size_t at;
  return ds_str_find(path, DS_STR(".jsonl"), &at) || ds_str_eqz(path, "-") ? DS_STR("") : path;
}

static ds_str article_slug(ds_arena *arena, const ds_article *article) {
  ds_str name = stem(article->path);
  if (name.len) return rs_slug(arena, name);
  if (article->publisher.len && article->published.len)
    return rs_slug(arena,
                   ds_arena_printf(arena, "%.*s %.*s", DS_STR_ARG(article->publisher), DS_STR_ARG(article->published)));
  if (article->title.len) return rs_slug(arena, article->title);
  return ds_arena_printf(arena, "article-%.8s", article->sha256);
}

static dossier_status name_documents(rs_set *set, article_key *keys, size_t count, dossier_error *err) {
  ds_network *network = set->network;
  ds_map used;
  bool failed = false;
  for (size_t i = 0; i < count; i++) {
    keys[i].slug = article_slug(set->scratch, keys[i].article);
    failed = failed || !keys[i].slug.ptr;
  }
  if (failed) return ds_fail_memory(err);
  qsort(keys, count, sizeof *keys, compare_slugs);
  ds_map_init(&used);
  for (size_t i = 0; i < count && !failed; i++) {
    ds_str id = rs_unique(set->arena, &used, keys[i].slug, &failed);
    network->documents[i] = (ds_net_document){
        .id = ds_arena_str(set->arena, id), .record = keys[i].record, .article = keys[i].article, .copy_of = DS_NONE};
    failed = failed || !network->documents[i].id.ptr;
  }
  ds_map_release(&used);
  if (failed) return ds_fail_memory(err);
  network->document_count = count;
  qsort(network->documents, count, sizeof *network->documents, compare_ids);
  return DOSSIER_OK;
}

dossier_status rs_documents(rs_set *set, size_t count, dossier_error *err) {
  article_key *keys = DS_NEW_ARRAY(set->scratch, article_key, count);
  set->network->documents = DS_NEW_ARRAY(set->arena, ds_net_document, count);
  if (!keys || !set->network->documents) return ds_fail_memory(err);
  for (size_t i = 0; i < count; i++) keys[i] = (article_key){&set->records[i].article, (uint32_t)i, DS_STR_NONE};
  if (count) qsort(keys, count, sizeof *keys, compare_articles);
  size_t kept = 0;
  for (size_t i = 0; i < count; i++)
    if (!kept || compare_identities(keys[kept - 1].article, keys[i].article) != 0) keys[kept++] = keys[i];
  return name_documents(set, keys, kept, err);
}

/* ---- entities ---- */

static rs_class class_of(ds_kind_like like) {
  switch (like) {
    case DS_LIKE_PERSON: return RS_PERSON;
    case DS_LIKE_STATE: return RS_STATE;
    case DS_LIKE_PLACE: return RS_PLACE;
    default: return RS_BODY;
  }
}

static dossier_status take_entity(rs_set *set, uint32_t document, uint32_t index, dossier_error *err) {
  const ds_net_document *from = &set->network->documents[document];
  const ds_record *record = &set->records[from->record];
  const ds_record_entity *source = &record->entities[index];
  uint8_t kind = ds_ontology_kind(set->ontology, source->kind);
  if (kind == DS_NO_KIND)
    return ds_fail(err, DOSSIER_INPUT, "article %.*s: the ontology has no kind \"%.*s\"", DS_STR_ARG(from->id),
                   DS_STR_ARG(source->kind));
  uint32_t first = set->first_entity[document], self = first + index;
  rs_entity *entity = &set->entities[self];
  bool owned = source->owner < record->entity_count && source->owner != index;
  *entity = (rs_entity){.source = source,
                        .document = document,
                        .owner = owned ? first + source->owner : DS_NONE,
                        .kind = kind,
                        .reason = "article"};
  entity->class = (uint8_t)class_of(set->ontology->kinds[kind].like);
  entity->name =
      entity->class == RS_PERSON ? rs_fold_person(set->scratch, source->label) : rs_fold(set->scratch, source->label);
  entity->titled =
      entity->class == RS_PERSON && rs_word_count(entity->name) < rs_word_count(rs_fold(set->scratch, source->label));
  entity->acronym = entity->class == RS_BODY && rs_is_acronym(source->label);
  set->parent[self] = set->next[self] = self;
  set->known[self] = source->known;
  return entity->name.ptr ? DOSSIER_OK : ds_fail_memory(err);
}

static uint8_t depth_of(const rs_set *set, uint32_t entity) {
  uint8_t depth = 0;
  for (uint32_t at = set->entities[entity].owner; at != DS_NONE && depth < 4; at = set->entities[at].owner) depth++;
  return depth;
}

dossier_status rs_entities(rs_set *set, dossier_error *err) {
  const ds_network *network = set->network;
  dossier_status status = DOSSIER_OK;
  set->first_entity = DS_NEW_ARRAY(set->scratch, uint32_t, network->document_count + 1);
  if (!set->first_entity) return ds_fail_memory(err);
  for (size_t i = 0; i < network->document_count; i++) {
    set->first_entity[i] = (uint32_t)set->count;
    set->count += set->records[network->documents[i].record].entity_count;
  }
  set->first_entity[network->document_count] = (uint32_t)set->count;
  set->entities = DS_NEW_ARRAY(set->scratch, rs_entity, set->count);
  set->parent = DS_NEW_ARRAY(set->scratch, uint32_t, set->count);
  set->next = DS_NEW_ARRAY(set->scratch, uint32_t, set->count);
  set->known = DS_NEW_ARRAY(set->scratch, ds_str, set->count);
  if (!set->entities || !set->parent || !set->next || !set->known) return ds_fail_memory(err);
  for (uint32_t d = 0; d < network->document_count && status == DOSSIER_OK; d++)
    for (uint32_t e = 0; e < set->first_entity[d + 1] - set->first_entity[d] && status == DOSSIER_OK; e++)
      status = take_entity(set, d, e, err);
  for (uint32_t i = 0; i < set->count && status == DOSSIER_OK; i++) set->entities[i].depth = depth_of(set, i);
  return status;
}
