/* What a page says of its article outside the text: JSON-LD first, then meta tags, microdata, links, <time>, byline. */
#include "read/internal.h"

#include "base/utf8.h"

#include <string.h>

#define MAX_AUTHORS 32

/* ---- names of authors */

static bool known_author(const ds_meta *meta, ds_str name) {
  for (size_t i = 0; i < meta->authors.len; i++)
    if (ds_str_eq_nocase(meta->authors.items[i], name)) return true;
  return false;
}

static bool starts_nocase(ds_str s, const char *prefix) {
  ds_str p = ds_str_from(prefix);
  return s.len >= p.len && ds_str_eq_nocase(ds_str_sub(s, 0, p.len), p);
}

static ds_str strip_lead(ds_str s) {
  static const char *const leads[] = {"by ",      "by: ",         "from ",    "written by ", "posted by ",
                                      "author: ", "reported by ", "text by ", "story by ",   "and "};
  for (size_t i = 0; i < sizeof leads / sizeof *leads; i++)
    if (starts_nocase(s, leads[i])) {
      s = ds_str_trim(ds_str_sub(s, strlen(leads[i]), s.len));
      i = (size_t)-1;
    }
  while (s.len && strchr(".,;|-", s.ptr[s.len - 1]) && !ds_str_ends(s, DS_STR("r.")))
    s = ds_str_trim(ds_str_sub(s, 0, s.len - 1));
  return s;
}

static bool is_name(ds_str s) {
  static const char *const nobody[] = {"admin",   "administrator", "editor", "webmaster", "author", "user",
                                       "unknown", "none",          "null",   "guest",     "root"};
  for (size_t i = 0; i < sizeof nobody / sizeof *nobody; i++)
    if (ds_str_eq_nocase(s, ds_str_from(nobody[i]))) return false;
  size_t at;
  if (s.len < 2 || s.len > 100 || ds_str_find(s, DS_STR("@"), &at) || ds_str_find(s, DS_STR("://"), &at)) return false;
  return ds_word_count(s) <= 8;
}

static bool add_author(ds_meta *meta, ds_str name) {
  name = strip_lead(ds_str_trim(name));
  if (!is_name(name) || meta->authors.len >= MAX_AUTHORS || known_author(meta, name)) return true;
  return DS_PUSH(meta->authors, name);
}

/* Where the first name of a byline ends, and how long the separator behind it is. A comma separates names only where two
 * words stand before it: "Omar Said, Anna Berg" but "Berg, Anna". */
static size_t name_end(ds_str s, size_t *separator) {
  static const char *const words[] = {" and ", " & ", ";", " | ", " with ", "\t"};
  for (size_t at = 0; at < s.len; at++) {
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
      if (starts_nocase(ds_str_sub(s, at, s.len), words[i])) {
        *separator = strlen(words[i]);
        return at;
      }
    if (s.ptr[at] == ',' && ds_word_count(ds_str_sub(s, 0, at)) > 1) {
      *separator = 1;
      return at;
    }
  }
  *separator = 0;
  return s.len;
}

ds_str ds_meta_keep(ds_meta *meta, ds_str s) {
  ds_str kept = ds_clean(meta->arena, s);
  if (!kept.ptr) meta->failed = true;
  return kept;
}

bool ds_meta_add_authors(ds_meta *meta, ds_str byline) {
  ds_str rest = ds_meta_keep(meta, byline);
  if (starts_nocase(rest, "http")) return true;
  while (rest.len) {
    size_t separator, end = name_end(rest, &separator);
    if (!add_author(meta, ds_str_sub(rest, 0, end))) return false;
    rest = ds_str_sub(rest, end + separator, rest.len);
  }
  return true;
}

/* ---- meta tags */

/* Names of meta tags, best first. */
static const char *const title_names[] = {"og:title",      "twitter:title",  "dc.title",
                                          "dcterms.title", "parsely-title",  "sailthru.title",
                                          "headline",      "citation_title", "title"};
static const char *const publisher_names[] = {
    "og:site_name", "dc.publisher",     "dcterms.publisher",         "citation_publisher",
    "publisher",    "application-name", "apple-mobile-web-app-title"};
static const char *const author_names[] = {"article:author",  "author",          "authors",        "byl",
                                           "dc.creator",      "dcterms.creator", "dc.contributor", "parsely-author",
                                           "sailthru.author", "citation_author", "byline",         "og:article:author"};
static const char *const date_names[] = {"article:published_time",
                                         "og:article:published_time",
                                         "og:published_time",
                                         "article:published",
                                         "datepublished",
                                         "parsely-pub-date",
                                         "sailthru.date",
                                         "dcterms.issued",
                                         "dc.date.issued",
                                         "dcterms.created",
                                         "dc.date.created",
                                         "dc.date",
                                         "dcterms.date",
                                         "pubdate",
                                         "publishdate",
                                         "publish-date",
                                         "publish_date",
                                         "publication_date",
                                         "published_date",
                                         "published-date",
                                         "published",
                                         "cxenseparse:recs:publishtime",
                                         "article.published",
                                         "ptime",
                                         "pdate",
                                         "originalpublicationdate",
                                         "article_date_original",
                                         "citation_publication_date",
                                         "citation_date",
                                         "datecreated",
                                         "date"};

#define COUNT(table) (sizeof(table) / sizeof *(table))

/* The place of a meta tag's name in a table, or count. */
static size_t place_in(const xmlNode *tag, const char *const *table, size_t count) {
  static const char *const keys[] = {"property", "name", "itemprop"};
  for (size_t k = 0; k < COUNT(keys); k++) {
    ds_str name = ds_node_attr(tag, keys[k]);
    for (size_t i = 0; name.len && i < count; i++)
      if (ds_str_eq_nocase(ds_str_trim(name), ds_str_from(table[i]))) return i;
  }
  return count;
}

/* The content of the best tag of a table; with `as_day`, of the best one that holds a date. */
static ds_str best_meta(ds_meta *meta, xmlNode *root, const char *const *table, size_t count, bool as_day) {
  ds_str best = DS_STR_NONE;
  for (xmlNode *n = root; n; n = ds_node_next(root, n, true)) {
    if (!ds_node_is(n, "meta")) continue;
    size_t found = place_in(n, table, count);
    ds_str content = found < count ? ds_meta_keep(meta, ds_node_attr(n, "content")) : DS_STR_NONE;
    char day[11];
    if (!content.len || (as_day && !ds_day_from(content, day))) continue;
    count = found; /* only a better one from here on */
    best = as_day ? ds_meta_keep(meta, ds_str_from(day)) : content;
  }
  return best;
}

/* Several tags of one name give several authors; tags of another name are other spellings of the same. */
static bool read_meta_authors(xmlNode *root, ds_meta *meta) {
  for (size_t i = 0; i < COUNT(author_names) && meta->authors.len == 0; i++)
    for (xmlNode *n = root; n; n = ds_node_next(root, n, true))
      if (ds_node_is(n, "meta") && place_in(n, &author_names[i], 1) == 0 &&
          !ds_meta_add_authors(meta, ds_node_attr(n, "content")))
        return false;
  return true;
}

/* ---- what stands in the page itself */

static ds_str text_of(ds_meta *meta, const xmlNode *node) {
  ds_buf text;
  ds_buf_init(&text);
  ds_node_text(node, &text);
  ds_str result = ds_meta_keep(meta, ds_buf_str(&text));
  if (text.failed) meta->failed = true;
  ds_buf_release(&text);
  return result;
}

/* Not the name or date of a comment or of another article that the page links to. */
static bool stands_apart(const xmlNode *node) {
  for (const xmlNode *n = node; n && n->type == XML_ELEMENT_NODE; n = n->parent)
    if (ds_node_is(n, "aside") || ds_node_is(n, "footer") || ds_node_is(n, "nav") || ds_hint_of(n) == DS_HINT_FOREIGN)
      return true;
  return false;
}

static bool read_page_authors(xmlNode *root, ds_meta *meta) {
  for (xmlNode *n = root; n && meta->authors.len < MAX_AUTHORS; n = ds_node_next(root, n, true)) {
    bool is =
        ds_attr_has_word(ds_node_attr(n, "rel"), "author") || ds_attr_has_word(ds_node_attr(n, "itemprop"), "author");
    if (!is || stands_apart(n)) continue;
    ds_str name = text_of(meta, n);
    for (xmlNode *in = n; in; in = ds_node_next(n, in, true))
      if (ds_attr_has_word(ds_node_attr(in, "itemprop"), "name")) name = text_of(meta, in);
    if (name.len <= 200 && !ds_meta_add_authors(meta, name)) return false;
  }
  static const char *const classes[] = {"byline",         "author",       "author-name",
                                        "article-author", "byline__name", "post-author"};
  for (size_t i = 0; i < COUNT(classes) && meta->authors.len == 0; i++)
    for (xmlNode *n = root; n && meta->authors.len == 0; n = ds_node_next(root, n, true)) {
      if (!ds_attr_has_word(ds_node_attr(n, "class"), classes[i]) || stands_apart(n)) continue;
      ds_str name = text_of(meta, n);
      /* A byline, not a box about the author. */
      bool line =
          name.len <= 100 && (starts_nocase(name, "by ") || (ds_word_count(name) >= 2 && ds_word_count(name) <= 4));
      if (line && !ds_meta_add_authors(meta, name)) return false;
    }
  return true;
}

static void read_page_date(xmlNode *root, ds_meta *meta) {
  char day[11];
  int best = 0;
  for (xmlNode *n = root; n; n = ds_node_next(root, n, true)) {
    if (n->type != XML_ELEMENT_NODE) continue;
    static const char *const classes[] = {"date",       "dateline",       "published",      "timestamp",
                                          "entry-date", "post-date",      "article-date",   "publish-date",
                                          "pubdate",    "date-published", "published-date", "article__date"};
    int rank = ds_attr_has_word(ds_node_attr(n, "itemprop"), "datePublished") ? 4
               : ds_node_is(n, "time") ? 2 + (ds_node_attr(n, "pubdate").ptr != NULL)
                                       : 0;
    for (size_t i = 0; rank == 0 && i < COUNT(classes); i++)
      rank = ds_attr_has_word(ds_node_attr(n, "class"), classes[i]);
    if (rank <= best || ds_attr_has_word(ds_node_attr(n, "itemprop"), "dateModified") || stands_apart(n)) continue;
    ds_str text = ds_node_attr(n, "datetime");
    if (!text.len) text = ds_node_attr(n, "content");
    if (!text.len) text = text_of(meta, n);
    ds_str class_name = ds_node_attr(n, "class");
    if (starts_nocase(text, "updated") || starts_nocase(text, "modified") || ds_attr_has_word(class_name, "updated"))
      continue;
    if (!ds_day_from(text, day)) continue;
    best = rank;
    meta->published = ds_meta_keep(meta, ds_str_from(day));
  }
}

/* The only <h1>, or the one inside <article>. */
static ds_str read_headline(ds_meta *meta, xmlNode *root) {
  ds_str found = DS_STR_NONE;
  size_t count = 0;
  for (xmlNode *n = root; n; n = ds_node_next(root, n, true)) {
    if (ds_attr_has_word(ds_node_attr(n, "itemprop"), "headline")) return text_of(meta, n);
    if (!ds_node_is(n, "h1")) continue;
    for (const xmlNode *up = n->parent; up && up->type == XML_ELEMENT_NODE; up = up->parent)
      if (ds_node_is(up, "article") || ds_node_is(up, "main")) return text_of(meta, n);
    found = text_of(meta, n);
    count++;
  }
  return count == 1 ? found : DS_STR_NONE;
}

static ds_str read_link(ds_meta *meta, xmlNode *root) {
  for (xmlNode *n = root; n; n = ds_node_next(root, n, true)) {
    ds_str href = ds_node_attr(n, "href");
    if (ds_node_is(n, "link") && ds_attr_has_word(ds_node_attr(n, "rel"), "canonical") && starts_nocase(href, "http"))
      return ds_meta_keep(meta, href);
  }
  static const char *const names[] = {"og:url", "twitter:url", "dc.identifier"};
  ds_str url = best_meta(meta, root, names, COUNT(names), false);
  return starts_nocase(url, "http") ? url : DS_STR_NONE;
}

/* ---- titles without the name of the site: "Talks resume in Doha - The Daily Example" */

static ds_str strip_site(ds_str title, ds_str publisher, bool certain) {
  static const char *const separators[] = {" | ",  " - ",        " \xE2\x80\x93 ", " \xE2\x80\x94 ",
                                           " :: ", " \xC2\xBB ", " \xC2\xB7 "};
  for (size_t i = 0; i < COUNT(separators); i++) {
    ds_str separator = ds_str_from(separators[i]), rest = title;
    size_t at, last = 0;
    while (ds_str_find(rest, separator, &at)) {
      last = (size_t)(rest.ptr - title.ptr) + at;
      rest = ds_str_sub(rest, at + separator.len, rest.len);
    }
    if (last == 0) continue;
    ds_str site = ds_str_sub(title, last + separator.len, title.len), head = ds_str_sub(title, 0, last);
    bool named = publisher.len && (ds_str_eq_nocase(site, publisher) || starts_nocase(site, "www."));
    /* In <title> the last part is the site even where the page does not name it, if what is left is a headline. */
    if (named || (!certain && ds_word_count(site) <= 4 && ds_word_count(head) >= 4)) return ds_str_trim(head);
  }
  return title;
}

static void read_title(xmlNode *root, ds_meta *meta) {
  if (!meta->title.len) meta->title = best_meta(meta, root, title_names, COUNT(title_names), false);
  if (!meta->title.len) meta->title = read_headline(meta, root);
  bool certain = meta->title.len > 0;
  xmlNode *title = certain ? NULL : ds_node_find(root, "title");
  if (title) meta->title = text_of(meta, title);
  meta->title = strip_site(meta->title, meta->publisher, certain);
}

dossier_status ds_meta_read(ds_arena *arena, xmlNode *root, ds_meta *meta, dossier_error *err) {
  meta->arena = arena;
  if (!ds_jsonld_read(root, meta)) return ds_fail_memory(err);
  if (!meta->publisher.len) meta->publisher = best_meta(meta, root, publisher_names, COUNT(publisher_names), false);
  if (starts_nocase(meta->publisher, "http")) meta->publisher = DS_STR_NONE;
  read_title(root, meta);
  if (!meta->published.len) meta->published = best_meta(meta, root, date_names, COUNT(date_names), true);
  if (!meta->published.len) read_page_date(root, meta);
  ds_str url = read_link(meta, root);
  if (url.len) meta->url = url;
  if (meta->authors.len == 0 && !read_meta_authors(root, meta)) return ds_fail_memory(err);
  if (meta->authors.len == 0 && !read_page_authors(root, meta)) return ds_fail_memory(err);
  return meta->failed ? ds_fail_memory(err) : DOSSIER_OK;
}
