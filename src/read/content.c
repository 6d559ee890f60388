/* The article's own text out of a whole page.
 *
 * Three steps, each a known method in a plain form:
 *   1. Elements that never hold the text go: by tag, by role, by the words of class and id (as in Arc90's Readability), unless
 *      most of the page's text is inside them.
 *   2. The region that holds the article: what the page marks as its body (itemprop=articleBody and class names that say so),
 *      else its <article>, else the element that the running text gathers in (the descent by text mass follows Sun, Song and
 *      Liao, "DOM based content extraction via text density", SIGIR 2011).
 *   3. Inside the region each paragraph is kept or dropped by its words, its share of links and its neighbours (Kohlschuetter,
 *      Fankhauser and Nejdl, "Boilerplate detection using shallow text features", WSDM 2010).
 */
#include "read/internal.h"

#include <stdlib.h>
#include <string.h>

#define DESCEND_PERCENT 60 /* of an element's text must be in one child for that child to be the region */
#define SIBLING_PERCENT 10 /* of it in a sibling that looks alike and the text is in both */
#define BODY_PERCENT 10    /* of the page's text is enough for an element that is named as the article's body */
#define ARTICLE_PERCENT 30 /* for an <article> */
#define GUARD_PERCENT 50   /* of the page's text in an element: its name does not count against it */
#define INNER_PERCENT 30   /* less than that in an <article> inside another: a teaser */
#define MAX_REGIONS 256

/* ---- 1. pruning */

/* Bytes of text outside links, blanks not counted. */
static size_t plain_chars(const xmlNode *root) {
  size_t chars = 0;
  for (const xmlNode *n = root; n;) {
    bool skip = ds_node_is(n, "a") || ds_tag_is_junk(n);
    if (n->type == XML_TEXT_NODE && n->content)
      for (const xmlChar *c = n->content; *c; c++) chars += *c > ' ';
    n = ds_node_next(root, n, !skip);
  }
  return chars;
}

static bool holds_article(const xmlNode *root) {
  for (const xmlNode *n = root; n; n = ds_node_next(root, n, true))
    if (ds_node_is(n, "h1") || ds_node_is(n, "main") || (n != root && ds_hint_of(n) == DS_HINT_BODY)) return true;
  return false;
}

static bool is_page_header(const xmlNode *node) {
  if (!ds_node_is(node, "header")) return false;
  for (const xmlNode *up = node->parent; up; up = up->parent)
    if (ds_node_is(up, "article") || ds_node_is(up, "main")) return false;
  return true;
}

/* A teaser, comment or embedded post: an <article> inside the page's own. */
static bool is_inner_article(const xmlNode *node, size_t total) {
  if (!ds_node_is(node, "article")) return false;
  const xmlNode *up = node->parent;
  while (up && !ds_node_is(up, "article")) up = up->parent;
  return up && plain_chars(node) * 100 < total * INNER_PERCENT && !holds_article(node);
}

static bool goes(const xmlNode *node, size_t total) {
  if (node->type != XML_ELEMENT_NODE) return false;
  if (ds_node_is(node, "html") || ds_node_is(node, "body") || ds_node_is(node, "main")) return false;
  if (ds_tag_is_junk(node)) return true;
  if (ds_is_hidden(node)) return plain_chars(node) * 100 < total * GUARD_PERCENT;
  if (is_page_header(node)) return !holds_article(node);
  if (is_inner_article(node, total)) return true;
  ds_hint hint = ds_hint_of(node);
  /* Inside a line names mean little: class="comment" may be a mark of the editor. */
  if (ds_tag_is_inline(node) && hint == DS_HINT_FOREIGN) return false;
  if (hint == DS_HINT_FOREIGN) return !holds_article(node);
  if (hint != DS_HINT_JUNK) return false;
  return plain_chars(node) * 100 < total * GUARD_PERCENT && !holds_article(node);
}

static void prune(xmlNode *root) {
  size_t total = plain_chars(root);
  for (xmlNode *n = root->children; n;) {
    if (!goes(n, total)) {
      n = ds_node_next(root, n, true);
      continue;
    }
    xmlNode *next = ds_node_next(root, n, false);
    xmlUnlinkNode(n);
    xmlFreeNode(n);
    n = next;
  }
}

/* ---- 2. the region */

typedef struct page {
  xmlNode *root;
  ds_blocks blocks;
  size_t total; /* value of all blocks */
  xmlNode *regions[MAX_REGIONS];
  size_t region_count;
} page;

/* The tree's spare pointer counts the value of the blocks inside an element. */
static size_t mass(const xmlNode *node) {
  return (size_t)(uintptr_t)node->_private;
}

static void weigh(page *p) {
  for (size_t i = 0; i < p->blocks.list.len; i++) {
    int value = ds_block_value(&p->blocks, &p->blocks.list.items[i]);
    if (value <= 0) continue;
    p->total += (size_t)value;
    for (xmlNode *n = p->blocks.list.items[i].node; n && n->type == XML_ELEMENT_NODE; n = n->parent)
      n->_private = (void *)(uintptr_t)(mass(n) + (size_t)value);
  }
}

static const xmlNode *enclosing_article(const xmlNode *node) {
  for (const xmlNode *n = node->parent; n && n->type == XML_ELEMENT_NODE; n = n->parent)
    if (ds_node_is(n, "article") || ds_node_is(n, "main")) return n;
  return NULL;
}

static void add_region(page *p, xmlNode *node) {
  if (p->region_count < MAX_REGIONS) p->regions[p->region_count++] = node;
}

/* Elements named as the article's body: the first that is heavy, and its other parts (same article, same class). */
static bool region_by_name(page *p) {
  xmlNode *best = NULL;
  for (xmlNode *n = p->root; n; n = ds_node_next(p->root, n, true))
    if (n->type == XML_ELEMENT_NODE && mass(n) > (best ? 2 * mass(best) : 0) && ds_hint_of(n) == DS_HINT_BODY &&
        !ds_node_is(n, "body"))
      best = n;
  if (!best || mass(best) * 100 < p->total * BODY_PERCENT) return false;
  for (xmlNode *n = p->root; n;) {
    bool part = n == best || (n->type == XML_ELEMENT_NODE && mass(n) > 0 &&
                              ds_str_eq(ds_node_attr(n, "class"), ds_node_attr(best, "class")) &&
                              ds_str_eq(ds_node_attr(n, "itemprop"), ds_node_attr(best, "itemprop")) &&
                              ds_hint_of(n) == DS_HINT_BODY && enclosing_article(n) == enclosing_article(best));
    if (part) add_region(p, n);
    n = ds_node_next(p->root, n, !part);
  }
  return true;
}

/* The first <article> that is no teaser. */
static bool region_by_article(page *p) {
  xmlNode *best = NULL;
  for (xmlNode *n = p->root; n; n = ds_node_next(p->root, n, true))
    if (ds_node_is(n, "article") && mass(n) > (best ? 2 * mass(best) : 0)) best = n;
  if (!best || mass(best) * 100 < p->total * ARTICLE_PERCENT) return false;
  add_region(p, best);
  return true;
}

static bool look_alike(const xmlNode *a, const xmlNode *b) {
  return strcmp((const char *)a->name, (const char *)b->name) == 0 &&
         ds_str_eq(ds_node_attr(a, "class"), ds_node_attr(b, "class"));
}

/* Where the text of an element gathers one level down, or NULL where it is spread. */
static xmlNode *heavy_child(const xmlNode *node) {
  xmlNode *heavy = NULL;
  for (xmlNode *c = node->children; c; c = c->next)
    if (c->type == XML_ELEMENT_NODE && mass(c) > 0 && mass(c) * 100 >= mass(node) * DESCEND_PERCENT) heavy = c;
  if (!heavy || ds_node_is(heavy, "p")) return NULL;
  for (const xmlNode *c = node->children; c; c = c->next)
    if (c != heavy && c->type == XML_ELEMENT_NODE && mass(c) * 100 >= mass(node) * SIBLING_PERCENT &&
        (look_alike(c, heavy) || ds_node_is(c, "p")))
      return NULL;
  return heavy;
}

static void region_by_mass(page *p) {
  xmlNode *region = p->root, *next;
  for (xmlNode *n = p->root; n; n = ds_node_next(p->root, n, true))
    if ((ds_node_is(n, "main") || ds_str_eqz(ds_node_attr(n, "role"), "main")) && mass(n) * 2 >= p->total) {
      region = n;
      break;
    }
  while ((next = heavy_child(region)) != NULL) region = next;
  add_region(p, region);
}

static bool inside(const xmlNode *node, const page *p) {
  for (; node; node = node->parent)
    for (size_t i = 0; i < p->region_count; i++)
      if (node == p->regions[i]) return true;
  return false;
}

/* ---- 3. keeping paragraphs */

typedef enum verdict { DROP, KEEP, MAYBE } verdict; /* MAYBE: only between paragraphs that are kept */

typedef struct choice {
  page *p;
  const ds_meta *meta;
  verdict *verdicts; /* of each block; all DROP outside the region */
} choice;

static ds_block *block_at(const choice *c, size_t i) {
  return &c->p->blocks.list.items[i];
}

static ds_str text_at(const choice *c, size_t i) {
  return ds_block_text(&c->p->blocks, block_at(c, i));
}

static bool is_heading(const choice *c, size_t i) {
  const ds_block *b = block_at(c, i);
  return b->kind == DS_BLOCK_HEADING || (b->words <= 8 && !b->sentence);
}

/* Whether a picture stands with this paragraph alone in an element. */
static bool shares_frame(const choice *c, const ds_block *b) {
  const xmlNode *frame = b->node;
  for (int level = 0; level < 3 && frame && frame->type == XML_ELEMENT_NODE; level++, frame = frame->parent) {
    const xmlNode *n = frame;
    while (n && !ds_node_is(n, "img")) n = ds_node_next(frame, n, true);
    if (!n) continue;
    return frame != b->node && plain_chars(frame) <= b->end - b->start;
  }
  return false;
}

static bool is_caption(const choice *c, const ds_block *b) {
  if (!b->after_image || b->kind != DS_BLOCK_TEXT || b->words > 45) return false;
  return b->small_print || (!b->sentence && b->words <= 30) || shares_frame(c, b);
}

/* The name of an author on a line of its own. */
static bool is_author(const choice *c, ds_str text) {
  for (size_t i = 0; i < c->meta->authors.len; i++)
    if (ds_str_eq_nocase(text, c->meta->authors.items[i])) return true;
  return false;
}

static verdict judge(const choice *c, size_t i) {
  const ds_block *b = block_at(c, i);
  ds_str text = text_at(c, i);
  int value = ds_block_value(&c->p->blocks, b);
  if (value < 0 || is_caption(c, b) || ds_str_eq_nocase(text, c->meta->title) || is_author(c, text)) return DROP;
  if (value == 0) return MAYBE;
  return KEEP;
}

/* The article begins at its headline: a lead that stands between that and the region is its own. */
static void judge_lead(choice *c) {
  size_t first = 0, count = c->p->blocks.list.len, headline = SIZE_MAX;
  while (first < count && !inside(block_at(c, first)->node, c->p)) first++;
  for (size_t i = 0; i < first; i++) {
    bool top = false;
    for (const xmlNode *n = block_at(c, i)->node; n && n->type == XML_ELEMENT_NODE; n = n->parent)
      top |= ds_node_is(n, "h1");
    if (top || ds_str_eq_nocase(text_at(c, i), c->meta->title)) headline = i;
  }
  for (size_t i = headline; i < first; i++)
    if (judge(c, i) == KEEP && block_at(c, i)->sentence && i != headline) c->verdicts[i] = KEEP;
}

/* Headings such as "Related stories" take their links with them, "Comments" all that follows. */
static void cut_sections(choice *c) {
  bool in_links = false, any = false, ended = false;
  for (size_t i = 0; i < c->p->blocks.list.len; i++) {
    if (c->verdicts[i] == DROP && !is_heading(c, i)) continue;
    bool heading = is_heading(c, i) && inside(block_at(c, i)->node, c->p);
    if (heading && any && ds_heading_ends_article(text_at(c, i))) ended = true;
    if (heading && ds_heading_opens_links(text_at(c, i)))
      in_links = true;
    else if (block_at(c, i)->kind == DS_BLOCK_HEADING)
      in_links = false;
    if (c->verdicts[i] == KEEP && block_at(c, i)->kind == DS_BLOCK_TEXT && block_at(c, i)->words >= 20)
      in_links = false;
    if (ended || in_links) c->verdicts[i] = DROP;
    any |= c->verdicts[i] == KEEP;
  }
}

/* A list of links, tags or labels goes as a whole; one with running text stays as a whole. */
static void settle_list(choice *c, size_t from, size_t to) {
  size_t kept = 0, words = 0;
  int dropped = 0;
  for (size_t i = from; i < to; i++) {
    kept += c->verdicts[i] == KEEP;
    dropped += c->verdicts[i] == DROP;
    words += block_at(c, i)->words;
  }
  bool good = (size_t)dropped * 2 < to - from && (kept > 0 || words >= 4 * (to - from));
  for (size_t i = from; i < to; i++)
    if (!good)
      c->verdicts[i] = DROP;
    else if (c->verdicts[i] == MAYBE && kept > 0)
      c->verdicts[i] = KEEP;
}

static void settle_lists(choice *c) {
  for (size_t i = 0; i < c->p->blocks.list.len;) {
    size_t end = i;
    while (end < c->p->blocks.list.len && block_at(c, end)->kind == DS_BLOCK_ITEM &&
           inside(block_at(c, end)->node, c->p))
      end++;
    if (end > i) settle_list(c, i, end);
    i = end > i ? end : i + 1;
  }
}

/* Undecided blocks stay where kept ones stand on both sides; behind the last one, only sentences and lists do. */
static void settle_rest(choice *c) {
  size_t count = c->p->blocks.list.len, first = count, last = 0;
  for (size_t i = 0; i < count; i++)
    if (c->verdicts[i] == KEEP) first = first == count ? i : first, last = i;
  for (size_t i = 0; i < count; i++) {
    if (c->verdicts[i] != MAYBE) continue;
    const ds_block *b = block_at(c, i);
    bool lead = first < count && i < first && b->sentence && b->words >= 4 && b->kind == DS_BLOCK_TEXT;
    bool tail = i > last && b->sentence && b->words >= 2 && b->kind != DS_BLOCK_HEADING;
    bool between = i > first && i < last;
    /* A page of nothing but short sentences. */
    bool alone = first == count && b->sentence && b->words >= 2 && b->kind == DS_BLOCK_TEXT;
    c->verdicts[i] = lead || tail || between || alone ? KEEP : DROP;
  }
}

/* A heading without text behind it, and a paragraph that is there twice for two sizes of screen. */
static void drop_empty_headings(choice *c) {
  size_t next = SIZE_MAX;
  for (size_t i = c->p->blocks.list.len; i-- > 0;) {
    if (c->verdicts[i] != KEEP) continue;
    bool heading = block_at(c, i)->kind == DS_BLOCK_HEADING;
    bool twice = next != SIZE_MAX && block_at(c, i)->words > 1 && ds_str_eq(text_at(c, i), text_at(c, next));
    if ((heading && next == SIZE_MAX) || twice)
      c->verdicts[i] = DROP;
    else
      next = i;
  }
}

static void write_text(const choice *c, ds_buf *out) {
  const ds_block *before = NULL;
  for (size_t i = 0; i < c->p->blocks.list.len; i++) {
    if (c->verdicts[i] != KEEP) continue;
    const ds_block *b = block_at(c, i);
    bool line = before && before->kind == b->kind && (b->kind == DS_BLOCK_ITEM || b->kind == DS_BLOCK_ROW);
    if (before) ds_buf_appendz(out, line ? "\n" : "\n\n");
    if (b->kind == DS_BLOCK_ITEM) ds_buf_appendz(out, "- ");
    ds_buf_append(out, text_at(c, i));
    before = b;
  }
}

static bool choose(choice *c) {
  size_t count = c->p->blocks.list.len;
  c->verdicts = calloc(count ? count : 1, sizeof *c->verdicts);
  if (!c->verdicts) return false;
  for (size_t i = 0; i < count; i++)
    if (inside(block_at(c, i)->node, c->p)) c->verdicts[i] = judge(c, i);
  judge_lead(c);
  cut_sections(c);
  settle_lists(c);
  settle_rest(c);
  drop_empty_headings(c);
  return true;
}

dossier_status ds_content_read(xmlNode *root, const ds_meta *meta, ds_buf *out, dossier_error *err) {
  page p = {.root = root};
  prune(root);
  for (xmlNode *n = root; n; n = ds_node_next(root, n, true)) n->_private = NULL;
  dossier_status status = ds_blocks_read(root, &p.blocks, err);
  choice c = {.p = &p, .meta = meta};
  if (status == DOSSIER_OK) {
    weigh(&p);
    if (!region_by_name(&p) && !region_by_article(&p)) region_by_mass(&p);
    if (choose(&c))
      write_text(&c, out);
    else
      status = ds_fail_memory(err);
  }
  free(c.verdicts);
  ds_blocks_release(&p.blocks);
  return status == DOSSIER_OK && out->failed ? ds_fail_memory(err) : status;
}
