/* A page as libxml2's tree, with bounds on what a hostile page can cost. */
#include "read/internal.h"

#include "base/utf8.h"

#include <libxml/HTMLparser.h>
#include <libxml/HTMLtree.h>
#include <libxml/SAX2.h>
#include <libxml/parserInternals.h>
#include <string.h>

/* The parser compares each attribute of an element with those before it. This is what it may spend on that in a page. */
#define MAX_ATTRIBUTE_WORK ((uint64_t)500 * 1000 * 1000)
/* Beyond this depth libxml2's own stack of open elements gets slow; browsers stop at 512. */
#define MAX_OPEN 2000

typedef struct feed {
  htmlParserCtxtPtr parser;
  ds_str rest;
  uint64_t marks; /* blanks and = since the parser last reported anything: an upper bound of attributes */
  uint64_t work;
  bool no_memory;
  size_t nodes, skipped; /* skipped: open elements that were too deep to keep */
} feed;

static int feed_read(void *context, char *to, int room) {
  feed *f = context;
  size_t count = f->rest.len < (size_t)room ? f->rest.len : (size_t)room;
  if (count == 0 || f->work > MAX_ATTRIBUTE_WORK || f->nodes > DS_READ_MAX_NODES) return 0;
  memcpy(to, f->rest.ptr, count);
  f->rest = ds_str_sub(f->rest, count, f->rest.len);
  uint64_t marks = 0;
  for (size_t i = 0; i < count; i++) marks += to[i] == ' ' || to[i] == '\n' || to[i] == '=' || to[i] == '"';
  f->marks += marks;
  f->work += marks * f->marks;
  return (int)count;
}

static feed *feed_of(void *context) {
  return ((htmlParserCtxtPtr)context)->_private;
}

static void start_element(void *context, const xmlChar *name, const xmlChar **attributes) {
  htmlParserCtxtPtr parser = context;
  feed *f = feed_of(context);
  f->marks = 0;
  parser->options |= XML_PARSE_HUGE; /* else text of more than 10 MB counts as out of memory */
  if (f->skipped || parser->nodeNr >= DS_READ_MAX_DEPTH) {
    f->skipped++;
  } else {
    xmlSAX2StartElement(context, name, attributes);
    for (f->nodes++; attributes && *attributes; attributes += 2) f->nodes++;
  }
  if (f->nodes > DS_READ_MAX_NODES || parser->nameNr > MAX_OPEN) xmlStopParser(parser);
}

static void end_element(void *context, const xmlChar *name) {
  feed *f = feed_of(context);
  f->marks = 0;
  if (f->skipped)
    f->skipped--;
  else
    xmlSAX2EndElement(context, name);
}

static void characters(void *context, const xmlChar *text, int len) {
  feed *f = feed_of(context);
  f->marks = 0;
  f->nodes++;
  xmlSAX2Characters(context, text, len);
}

static void comment(void *context, const xmlChar *text) {
  feed_of(context)->marks = 0;
}

/* Errors of the page do not matter. Without memory libxml2 would go round in circles and print. */
static void on_error(void *context, xmlErrorPtr error) {
  feed *f = context;
  if (!error || error->code != XML_ERR_NO_MEMORY) return;
  f->no_memory = true;
  if (f->parser) xmlStopParser(f->parser);
}

static void use_handlers(htmlSAXHandler *sax) {
  sax->startElement = start_element;
  sax->endElement = end_element;
  sax->characters = characters;
  sax->ignorableWhitespace = characters;
  sax->cdataBlock = characters;
  sax->comment = comment; /* comments and processing instructions are not kept */
  sax->processingInstruction = NULL;
  sax->internalSubset = NULL;
}

/* The tree, or NULL where the parser made none. */
static xmlDoc *parse(feed *f) {
  f->parser = htmlNewParserCtxt();
  if (!f->parser) {
    f->no_memory = true;
    return NULL;
  }
  use_handlers(f->parser->sax);
  f->parser->_private = f;
  xmlDoc *doc = htmlCtxtReadIO(f->parser, feed_read, NULL, f, NULL, "UTF-8",
                               HTML_PARSE_RECOVER | HTML_PARSE_NONET | HTML_PARSE_NODEFDTD | HTML_PARSE_IGNORE_ENC);
  if (!doc) {
    doc = f->parser->myDoc;
    f->parser->myDoc = NULL;
  }
  htmlFreeParserCtxt(f->parser);
  f->parser = NULL;
  return doc;
}

dossier_status ds_page_parse(ds_str utf8, xmlDoc **out, dossier_error *err) {
  xmlInitParser();
  feed f = {.rest = utf8};
  /* libxml2 keeps this handler a thread; the caller's own is put back. */
  xmlStructuredErrorFunc outer = xmlStructuredError;
  void *outer_context = xmlStructuredErrorContext;
  xmlSetStructuredErrorFunc(&f, on_error);
  xmlDoc *doc = parse(&f);
  if (!doc && !f.no_memory) doc = htmlNewDocNoDtD(NULL, NULL);
  xmlSetStructuredErrorFunc(outer_context, outer);
  if (!doc || f.no_memory) {
    xmlFreeDoc(doc);
    return ds_fail_memory(err);
  }
  *out = doc;
  return DOSSIER_OK;
}

bool ds_node_is(const xmlNode *node, const char *tag) {
  return node && node->type == XML_ELEMENT_NODE && strcasecmp((const char *)node->name, tag) == 0;
}

ds_str ds_node_attr(const xmlNode *node, const char *name) {
  if (!node || node->type != XML_ELEMENT_NODE) return DS_STR_NONE;
  for (const xmlAttr *a = node->properties; a; a = a->next)
    if (strcasecmp((const char *)a->name, name) == 0)
      return a->children ? ds_str_from((const char *)a->children->content) : (ds_str){"", 0};
  return DS_STR_NONE;
}

xmlNode *ds_node_next(const xmlNode *root, const xmlNode *node, bool into) {
  if (into && node->type == XML_ELEMENT_NODE && node->children) return node->children;
  while (node != root && !node->next) node = node->parent;
  return node == root ? NULL : node->next;
}

xmlNode *ds_node_find(xmlNode *root, const char *tag) {
  for (xmlNode *n = root; n; n = ds_node_next(root, n, true))
    if (ds_node_is(n, tag)) return n;
  return NULL;
}

void ds_node_text(const xmlNode *node, ds_buf *out) {
  for (const xmlNode *n = node; n; n = ds_node_next(node, n, true))
    if ((n->type == XML_TEXT_NODE || n->type == XML_CDATA_SECTION_NODE) && n->content)
      ds_buf_appendz(out, (const char *)n->content);
}

bool ds_attr_has_word(ds_str value, const char *word) {
  ds_str wanted = ds_str_from(word);
  for (size_t at = 0; at < value.len;) {
    size_t start = at;
    while (at < value.len && (unsigned char)value.ptr[at] > ' ') at++;
    if (ds_str_eq_nocase(ds_str_sub(value, start, at), wanted)) return true;
    at++;
  }
  return false;
}
