/* A page as a row of paragraphs, each with what tells text from boilerplate: words, links, how it ends. */
#include "read/internal.h"

#include "base/utf8.h"

#include <string.h>

/* Marks inside a paragraph while it is put together. The page's text cannot hold them: ds_utf8_repair has dropped them. */
#define BREAK '\x1e' /* <br> */
#define CELL '\x1f'  /* between the cells of a row */

typedef struct builder {
  ds_blocks *out;
  ds_buf raw, line;
  ds_block block; /* the one under way */
  size_t chars, small_chars;
  bool saw_image, in_link, in_small, keep_lines, row;
  ds_block_kind kind;
  bool failed;
} builder;

static bool is_blank_byte(char c) {
  return (unsigned char)c <= ' ';
}

static void reset(builder *b) {
  ds_buf_clear(&b->raw);
  b->block = (ds_block){0};
  b->chars = b->small_chars = 0;
}

static bool ends_like_sentence(ds_str text) {
  static const char *const closers[] = {"\"", "'", ")", "]", "\xE2\x80\x9D", "\xE2\x80\x99", "\xC2\xBB", " "};
  for (size_t i = 0; i < sizeof closers / sizeof *closers; i++) {
    ds_str closer = ds_str_from(closers[i]);
    if (!ds_str_ends(text, closer)) continue;
    text.len -= closer.len;
    i = (size_t)-1;
  }
  return text.len > 1 && (strchr(".!?:;", text.ptr[text.len - 1]) || ds_str_ends(text, DS_STR("\xE2\x80\xA6")));
}

/* Appends raw's lines and cells, each with its blanks in order. */
static void append_lines(builder *b) {
  ds_str rest = ds_buf_str(&b->raw);
  size_t begin = b->out->text.len;
  char join = 0;
  while (rest.len) {
    size_t end = 0;
    while (end < rest.len && rest.ptr[end] != BREAK && rest.ptr[end] != CELL) end++;
    ds_buf_clear(&b->line);
    ds_squeeze(ds_str_sub(rest, 0, end), &b->line);
    if (b->line.len && b->out->text.len > begin) ds_buf_byte(&b->out->text, join == CELL ? '\t' : '\n');
    ds_buf_append(&b->out->text, ds_buf_str(&b->line));
    if (end < rest.len) join = rest.ptr[end];
    rest = ds_str_sub(rest, end + 1, rest.len);
  }
}

static void flush(builder *b) {
  if (b->chars == 0) {
    reset(b);
    return;
  }
  b->block.kind = b->row ? DS_BLOCK_ROW : b->kind;
  b->block.start = b->out->text.len;
  append_lines(b);
  b->block.end = b->out->text.len;
  ds_str text = ds_block_text(b->out, &b->block);
  if (text.len) {
    b->block.words = ds_word_count(text);
    b->block.sentence = ends_like_sentence(text);
    /* Some sites set their lead as a heading. */
    if (b->block.kind == DS_BLOCK_HEADING && b->block.words >= 15 && b->block.sentence) b->block.kind = DS_BLOCK_TEXT;
    b->block.small_print = b->small_chars == b->chars;
    b->block.after_image = b->saw_image;
    b->saw_image = false;
    if (!DS_PUSH(b->out->list, b->block)) b->failed = true;
  }
  if (b->raw.failed || b->line.failed || b->out->text.failed) b->failed = true;
  reset(b);
}

static void add_text(builder *b, xmlNode *node, const char *content) {
  ds_str s = ds_str_from(content);
  size_t chars = 0;
  for (size_t i = 0; i < s.len; i++) chars += !is_blank_byte(s.ptr[i]);
  if (chars && !b->block.node) b->block.node = node->parent;
  for (size_t i = 0, from = 0; i <= s.len; i++) {
    if (i < s.len && !(b->keep_lines && s.ptr[i] == '\n')) continue;
    ds_buf_append(&b->raw, ds_str_sub(s, from, i));
    if (i < s.len) ds_buf_byte(&b->raw, BREAK);
    from = i + 1;
  }
  b->chars += chars;
  if (b->in_link) b->block.link_chars += chars;
  if (b->in_small) b->small_chars += chars;
}

/* A second <br> with nothing but blanks between ends the paragraph. */
static void add_break(builder *b) {
  size_t end = b->raw.len;
  while (end > 0 && is_blank_byte(b->raw.data[end - 1]) && b->raw.data[end - 1] != BREAK) end--;
  if (end > 0 && b->raw.data[end - 1] == BREAK && b->chars)
    flush(b);
  else if (b->chars)
    ds_buf_byte(&b->raw, BREAK);
}

/* "[3]" and the like point to notes that are not here. */
static bool is_note_mark(const xmlNode *node) {
  if (!ds_node_is(node, "sup")) return false;
  ds_buf text;
  ds_buf_init(&text);
  ds_node_text(node, &text);
  ds_str s = ds_str_trim(ds_buf_str(&text));
  bool mark = s.len <= 5;
  for (size_t i = 0; i < s.len; i++) mark = mark && strchr("0123456789[]()*,", s.ptr[i]) != NULL;
  ds_buf_release(&text);
  return mark;
}

/* A table of short cells is data, a row a line; any other lays out the page. */
static bool is_data_table(const xmlNode *table) {
  size_t cells = 0, longest = 0, chars = 0;
  for (const xmlNode *n = table->children; n; n = ds_node_next(table, n, true)) {
    if (ds_node_is(n, "table") || ds_node_is(n, "p") || ds_node_is(n, "div") || ds_node_is(n, "br")) return false;
    if (ds_node_is(n, "td") || ds_node_is(n, "th")) cells++, chars = 0;
    if (n->type == XML_TEXT_NODE && n->content) chars += strlen((const char *)n->content);
    if (chars > longest) longest = chars;
  }
  return cells >= 4 && longest <= 100;
}

static void walk(builder *b, xmlNode *node);

static void walk_children(builder *b, xmlNode *node) {
  for (xmlNode *child = node->children; child && !b->failed; child = child->next) walk(b, child);
}

static void walk_inline(builder *b, xmlNode *node) {
  bool link = b->in_link, small = b->in_small;
  if (is_note_mark(node)) return;
  if (ds_node_is(node, "a") && ds_node_attr(node, "href").ptr) b->in_link = true;
  if (ds_node_is(node, "em") || ds_node_is(node, "i") || ds_node_is(node, "small")) b->in_small = true;
  walk_children(b, node);
  b->in_link = link;
  b->in_small = small;
}

static ds_block_kind kind_of(const xmlNode *node, ds_block_kind outer) {
  const char *name = (const char *)node->name;
  if ((name[0] == 'h' || name[0] == 'H') && name[1] >= '1' && name[1] <= '6' && !name[2]) return DS_BLOCK_HEADING;
  if (ds_node_is(node, "li") || ds_node_is(node, "dt") || ds_node_is(node, "dd")) return DS_BLOCK_ITEM;
  if (ds_node_is(node, "p") && outer == DS_BLOCK_HEADING) return DS_BLOCK_TEXT;
  return outer;
}

/* An element that stands for a paragraph or holds some. It may stand inside a link: whole teasers are links nowadays. */
static void walk_block(builder *b, xmlNode *node) {
  bool keep_lines = b->keep_lines, row = b->row;
  ds_block_kind kind = b->kind;
  if (b->row && (ds_node_is(node, "td") || ds_node_is(node, "th"))) {
    if (b->chars) ds_buf_byte(&b->raw, CELL);
    walk_children(b, node);
    return;
  }
  flush(b);
  b->kind = kind_of(node, kind);
  if (ds_node_is(node, "pre")) b->keep_lines = true;
  if (ds_node_is(node, "table")) b->row = is_data_table(node);
  walk_children(b, node);
  flush(b);
  b->kind = kind;
  b->keep_lines = keep_lines;
  b->row = row;
}

static void walk(builder *b, xmlNode *node) {
  if (node->type == XML_TEXT_NODE || node->type == XML_CDATA_SECTION_NODE) {
    if (node->content) add_text(b, node, (const char *)node->content);
  } else if (node->type != XML_ELEMENT_NODE) {
    return;
  } else if (ds_node_is(node, "br")) {
    add_break(b);
  } else if (ds_node_is(node, "img") || ds_node_is(node, "amp-img")) {
    b->saw_image = true;
  } else if (ds_tag_is_inline(node)) {
    walk_inline(b, node);
  } else {
    walk_block(b, node);
  }
}

dossier_status ds_blocks_read(xmlNode *root, ds_blocks *out, dossier_error *err) {
  builder b = {.out = out};
  memset(out, 0, sizeof *out);
  ds_buf_init(&out->text);
  ds_buf_init(&b.raw);
  ds_buf_init(&b.line);
  walk(&b, root);
  flush(&b);
  bool failed = b.failed || b.raw.failed;
  ds_buf_release(&b.raw);
  ds_buf_release(&b.line);
  return failed ? ds_fail_memory(err) : DOSSIER_OK;
}

void ds_blocks_release(ds_blocks *blocks) {
  DS_VEC_RELEASE(blocks->list);
  ds_buf_release(&blocks->text);
}

ds_str ds_block_text(const ds_blocks *blocks, const ds_block *block) {
  return ds_str_sub(ds_buf_str(&blocks->text), block->start, block->end);
}

int ds_block_value(const ds_blocks *blocks, const ds_block *block) {
  ds_str text = ds_block_text(blocks, block);
  size_t links = block->link_chars * 100 / (text.len ? text.len : 1); /* percent; blanks make it a little small */
  if (ds_line_is_junk(text)) return -1;
  if (block->kind == DS_BLOCK_HEADING) return links > 60 ? -1 : 0;
  if (links > 55) return -1;
  if (links > 35) return block->words >= 30 && block->sentence ? 0 : -1;
  if (block->kind == DS_BLOCK_ROW) return 0;
  bool running = block->words >= 15 || (block->sentence && block->words >= 6);
  return running ? (int)(block->words < 1000 ? block->words : 1000) : 0;
}
