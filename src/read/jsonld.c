/* JSON-LD (schema.org): the article that a page says it is. */
#include "read/internal.h"

#include "base/utf8.h"

#include <cjson/cJSON.h>
#include <string.h>

#define MAX_DEPTH 12       /* nested objects looked into for an article */
#define MAX_SCRIPTS 64     /* <script type="application/ld+json"> of one page */
#define MAX_BODY (1 << 20) /* bytes of articleBody that are worth keeping */

/* All JSON-LD of a page, and what the search for its article has found. */
typedef struct graph {
  cJSON *roots[MAX_SCRIPTS];
  size_t count;
  const cJSON *article;
  int rank;      /* of article */
  size_t budget; /* objects that may still be looked at */
} graph;

static const cJSON *get(const cJSON *object, const char *key) {
  return cJSON_IsObject(object) ? cJSON_GetObjectItemCaseSensitive(object, key) : NULL;
}

static bool is_article_name(ds_str type) {
  static const char *const ends[] = {"Article", "BlogPosting", "Report"};
  for (size_t i = 0; i < sizeof ends / sizeof *ends; i++)
    if (ds_str_ends(type, ds_str_from(ends[i]))) return true;
  return false;
}

/* 2 for a NewsArticle of any sort, 1 for another article, 0 for anything else. */
static int article_rank(const cJSON *object) {
  const cJSON *type = get(object, "@type");
  int rank = 0;
  const cJSON *item = cJSON_IsArray(type) ? type->child : type;
  for (; item; item = cJSON_IsArray(type) ? item->next : NULL) {
    if (!cJSON_IsString(item)) continue;
    ds_str name = ds_str_from(item->valuestring);
    if (ds_str_ends(name, DS_STR("NewsArticle")))
      rank = 2;
    else if (rank == 0 && is_article_name(name))
      rank = 1;
  }
  return rank;
}

static bool is_list_of_others(const char *key) {
  static const char *const keys[] = {"itemListElement", "hasPart",  "isPartOf",       "citation",  "isBasedOn",
                                     "relatedLink",     "mentions", "comment",        "about",     "review",
                                     "video",           "blogPost", "liveBlogUpdate", "subjectOf", "image",
                                     "publisher",       "author"};
  for (size_t i = 0; key && i < sizeof keys / sizeof *keys; i++)
    if (strcmp(key, keys[i]) == 0) return true;
  return false;
}

/* The first of the best rank: pages put their own article before those they link to. */
static void find_article(graph *g, const cJSON *value, int depth) {
  if (depth > MAX_DEPTH || g->budget == 0) return;
  g->budget--;
  if (cJSON_IsObject(value)) {
    int rank = 2 * article_rank(value) + (get(value, "headline") || get(value, "name") ? 1 : 0);
    if (rank >= 2 && rank > g->rank) {
      g->article = value;
      g->rank = rank;
    }
  }
  if (!cJSON_IsObject(value) && !cJSON_IsArray(value)) return;
  for (const cJSON *child = value->child; child; child = child->next)
    if (!is_list_of_others(child->string)) find_article(g, child, depth + 1);
}

/* The object with that @id that says more than its @id. */
static const cJSON *find_id(graph *g, const cJSON *value, const char *id, int depth) {
  if (depth > MAX_DEPTH || g->budget == 0) return NULL;
  g->budget--;
  const cJSON *own = get(value, "@id");
  if (cJSON_IsString(own) && strcmp(own->valuestring, id) == 0 && get(value, "name")) return value;
  if (!cJSON_IsObject(value) && !cJSON_IsArray(value)) return NULL;
  for (const cJSON *child = value->child; child; child = child->next) {
    const cJSON *found = find_id(g, child, id, depth + 1);
    if (found) return found;
  }
  return NULL;
}

/* What a reference ({"@id": ...} alone) stands for; value itself where it is none. */
static const cJSON *resolve(graph *g, const cJSON *value) {
  const cJSON *id = get(value, "@id");
  if (!cJSON_IsString(id) || get(value, "name")) return value;
  for (size_t i = 0; i < g->count; i++) {
    const cJSON *found = find_id(g, g->roots[i], id->valuestring, 0);
    if (found) return found;
  }
  return value;
}

/* The string in a value: itself, its name, its @value, or that of the first of an array. */
static ds_str string_of(graph *g, const cJSON *value) {
  if (cJSON_IsArray(value)) value = value->child;
  value = resolve(g, value);
  if (cJSON_IsString(value)) return ds_str_from(value->valuestring);
  const cJSON *name = get(value, "name");
  if (!name) name = get(value, "@value");
  if (cJSON_IsArray(name)) name = name->child;
  return cJSON_IsString(name) ? ds_str_from(name->valuestring) : DS_STR_NONE;
}

static bool read_authors(graph *g, ds_meta *meta) {
  const cJSON *author = get(g->article, "author");
  if (!author) author = get(g->article, "creator");
  const cJSON *item = cJSON_IsArray(author) ? author->child : author;
  for (size_t i = 0; item && i < 64; item = cJSON_IsArray(author) ? item->next : NULL, i++) {
    const cJSON *who = resolve(g, item), *name = get(who, "name");
    if (!cJSON_IsArray(name)) {
      if (!ds_meta_add_authors(meta, string_of(g, who))) return false;
      continue;
    }
    for (const cJSON *one = name->child; one; one = one->next)
      if (cJSON_IsString(one) && !ds_meta_add_authors(meta, ds_str_from(one->valuestring))) return false;
  }
  return true;
}

static void read_url(graph *g, ds_meta *meta) {
  const cJSON *page = get(g->article, "mainEntityOfPage"), *url = get(g->article, "url");
  const cJSON *candidates[] = {url, page, get(page, "@id"), get(page, "url")};
  for (size_t i = 0; i < sizeof candidates / sizeof *candidates && !meta->url.len; i++) {
    if (!cJSON_IsString(candidates[i])) continue;
    ds_str s = ds_str_from(candidates[i]->valuestring);
    if (ds_str_starts(s, DS_STR("http"))) meta->url = ds_meta_keep(meta, s);
  }
}

static bool read_article(graph *g, ds_meta *meta) {
  char day[11];
  ds_str headline = string_of(g, get(g->article, "headline"));
  if (!headline.len) headline = string_of(g, get(g->article, "name"));
  meta->title = ds_meta_keep(meta, headline);
  ds_str publisher = string_of(g, get(g->article, "publisher"));
  /* Some name only the web address of the publisher. */
  if (!ds_str_starts(publisher, DS_STR("http"))) meta->publisher = ds_meta_keep(meta, publisher);
  static const char *const dates[] = {"datePublished", "dateCreated"};
  for (size_t i = 0; i < 2 && !meta->published.len; i++)
    if (ds_day_from(string_of(g, get(g->article, dates[i])), day))
      meta->published = ds_meta_keep(meta, ds_str_from(day));
  read_url(g, meta);
  ds_str body = string_of(g, get(g->article, "articleBody"));
  if (body.len && body.len <= MAX_BODY) {
    meta->body = ds_arena_str(meta->arena, body);
    if (!meta->body.ptr) meta->failed = true;
  }
  return read_authors(g, meta);
}

/* The JSON inside what older systems wrap it in: <!-- ... --> or CDATA. */
static ds_str unwrap(ds_str s) {
  size_t from = 0;
  while (from < s.len && s.ptr[from] != '{' && s.ptr[from] != '[') from++;
  size_t cdata;
  if (ds_str_find(ds_str_sub(s, 0, from + 8), DS_STR("CDATA["), &cdata))
    for (from = cdata + 6; from < s.len && s.ptr[from] != '{' && s.ptr[from] != '['; from++) continue;
  return ds_str_sub(s, from, s.len);
}

static void read_script(graph *g, const xmlNode *script) {
  ds_buf text;
  ds_buf_init(&text);
  ds_node_text(script, &text);
  ds_str json = unwrap(ds_buf_str(&text));
  /* Broken JSON-LD is no error of the article: the page has other sources. */
  cJSON *root = json.len && !text.failed ? cJSON_ParseWithLength(json.ptr, json.len) : NULL;
  if (root) g->roots[g->count++] = root;
  ds_buf_release(&text);
}

bool ds_jsonld_read(xmlNode *root, ds_meta *meta) {
  graph g = {.budget = 20000};
  for (xmlNode *n = root; n && g.count < MAX_SCRIPTS; n = ds_node_next(root, n, true))
    if (ds_node_is(n, "script") && ds_str_starts(ds_node_attr(n, "type"), DS_STR("application/ld+json")))
      read_script(&g, n);
  for (size_t i = 0; i < g.count; i++) find_article(&g, g.roots[i], 0);
  g.budget = 200000;
  bool good = !g.article || read_article(&g, meta);
  for (size_t i = 0; i < g.count; i++) cJSON_Delete(g.roots[i]);
  return good;
}
