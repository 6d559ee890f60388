/* What names tell: of elements (class, id, role) and of short lines ("Read more:"). English news sites the world over name
 * these things alike; no table here is about one site. */
#include "read/internal.h"

#include "base/utf8.h"

#include <string.h>

#define COUNT(table) (sizeof(table) / sizeof *(table))

/* Words of class names and ids, sorted by bytes; what is joined by a hyphen stands for two or three words in a row. */
#define J DS_HINT_JUNK
#define F DS_HINT_FOREIGN
#define B DS_HINT_BODY
static const struct {
  const char *words;
  ds_hint hint;
} named[] = {
    {"about-author", J},
    {"about-the-author", J},
    {"ad", J},
    {"adbox", J},
    {"adcontainer", J},
    {"addthis", J},
    {"addtoany", J},
    {"ads", J},
    {"adsbygoogle", J},
    {"adsense", J},
    {"adslot", J},
    {"adunit", J},
    {"adv", J},
    {"advert", J},
    {"advertisement", J},
    {"advertisements", J},
    {"advertising", J},
    {"advertorial", J},
    {"adverts", J},
    {"adwrapper", J},
    {"also-read", J},
    {"alsoread", J},
    {"app-promo", J},
    {"article-body", B},
    {"article-content", B},
    {"article-copy", B},
    {"article-main-text", B},
    {"article-meta", J},
    {"article-text", B},
    {"articlebody", B},
    {"articlecontent", B},
    {"articletext", B},
    {"audio-player", J},
    {"author-bio", J},
    {"author-box", J},
    {"author-info", J},
    {"authorbox", J},
    {"banner", J},
    {"banners", J},
    {"body-copy", B},
    {"body-text", B},
    {"bodycopy", B},
    {"bodytext", B},
    {"breadcrumb", J},
    {"breadcrumbs", J},
    {"byline", J},
    {"bylines", J},
    {"caption", J},
    {"captions", J},
    {"carousel", J},
    {"colophon", J},
    {"comment", F},
    {"comment-list", F},
    {"commenting", F},
    {"commentlist", F},
    {"comments", F},
    {"comments-area", F},
    {"consent", F},
    {"content-body", B},
    {"cookie", F},
    {"cookies", F},
    {"copyright", J},
    {"credit", J},
    {"credits", J},
    {"dfp", J},
    {"disqus", F},
    {"donate", J},
    {"donation", J},
    {"download-app", J},
    {"entry-content", B},
    {"entry-meta", J},
    {"fb-comments", F},
    {"fb-post", J},
    {"field-name-body", B},
    {"figcaption", J},
    {"follow-us", J},
    {"followus", J},
    {"footer", J},
    {"gallery", J},
    {"gdpr", F},
    {"google-news", J},
    {"imagecredit", J},
    {"inline-link", J},
    {"instagram-media", J},
    {"jump-link", J},
    {"language-switcher", J},
    {"latest-news", J},
    {"lightbox", J},
    {"link-list", J},
    {"linklist", J},
    {"listen", J},
    {"livefyre", F},
    {"login", J},
    {"main-text", B},
    {"maintext", B},
    {"masthead", J},
    {"menu", J},
    {"menus", J},
    {"modal", J},
    {"more-from", J},
    {"more-news", J},
    {"more-on", J},
    {"more-stories", J},
    {"most-read", J},
    {"most-viewed", J},
    {"mostpopular", J},
    {"mostread", J},
    {"nav", J},
    {"navbar", J},
    {"navigation", J},
    {"news-body", B},
    {"news-content", B},
    {"news-text", B},
    {"newsletter", F},
    {"newsletters", F},
    {"newstext", B},
    {"next-article", J},
    {"next-post", J},
    {"notification", J},
    {"notifications", J},
    {"onetrust", F},
    {"outbrain", F},
    {"overlay", J},
    {"pager", J},
    {"pagination", J},
    {"paging", J},
    {"photocredit", J},
    {"player", J},
    {"podcast-player", J},
    {"poll", J},
    {"popular", J},
    {"popup", J},
    {"post-body", B},
    {"post-content", B},
    {"post-meta", J},
    {"postbody", B},
    {"postcontent", B},
    {"postmeta", J},
    {"prev-article", J},
    {"prev-post", J},
    {"print-only", J},
    {"promo", J},
    {"promos", J},
    {"promoted", J},
    {"promotion", J},
    {"pubdate", J},
    {"pull-quote", J},
    {"pullquote", J},
    {"quiz", J},
    {"rating", J},
    {"ratings", J},
    {"read-also", J},
    {"read-more", J},
    {"read-next", J},
    {"reader-comments", F},
    {"readercomments", F},
    {"readmore", J},
    {"readnext", J},
    {"recirc", J},
    {"recirculation", J},
    {"recommendation", J},
    {"recommendations", J},
    {"recommended", J},
    {"register", J},
    {"registration", J},
    {"related", J},
    {"relatedarticles", J},
    {"relatedcontent", J},
    {"relatedlinks", J},
    {"relatedposts", J},
    {"relatedstories", J},
    {"replies", F},
    {"respond", F},
    {"rich-text", B},
    {"richtext", B},
    {"search-form", J},
    {"searchbox", J},
    {"searchform", J},
    {"see-also", J},
    {"seealso", J},
    {"share", J},
    {"sharebar", J},
    {"sharebuttons", J},
    {"sharedaddy", J},
    {"shares", J},
    {"sharethis", J},
    {"sharetools", J},
    {"sharing", J},
    {"sidebar", J},
    {"sidenav", J},
    {"sign-in", J},
    {"sign-up", J},
    {"signin", J},
    {"signup", J},
    {"single-content", B},
    {"site-header", J},
    {"skip-link", J},
    {"skip-links", J},
    {"skiplink", J},
    {"slider", J},
    {"slideshow", J},
    {"social", J},
    {"socialmedia", J},
    {"socials", J},
    {"sponsor", J},
    {"sponsored", J},
    {"sponsors", J},
    {"spotim", F},
    {"story-body", B},
    {"story-content", B},
    {"story-link", J},
    {"story-meta", J},
    {"story-text", B},
    {"storybody", B},
    {"storycontent", B},
    {"storytext", B},
    {"submenu", J},
    {"subscribe", J},
    {"subscription", J},
    {"subscriptions", J},
    {"support-us", J},
    {"tablist", J},
    {"taboola", F},
    {"tag-list", J},
    {"tagcloud", J},
    {"taglist", J},
    {"tags", J},
    {"teaser-box", J},
    {"teaser-list", J},
    {"teasers", J},
    {"telegram-channel", J},
    {"text-body", B},
    {"thumbnail", J},
    {"thumbnails", J},
    {"ticker", J},
    {"tiktok-embed", J},
    {"timestamp", J},
    {"toc", J},
    {"toolbar", J},
    {"topbar", J},
    {"topics", J},
    {"trending", J},
    {"twitter-tweet", J},
    {"up-next", J},
    {"upnext", J},
    {"usercomments", F},
    {"viafoura", F},
    {"video-player", J},
    {"weather", J},
    {"whatsapp", J},
    {"widget-area", J},
    {"widget-title", J},
};
#undef J
#undef F
#undef B

/* "has-sidebar" is no sidebar. */
static const char *const negations[] = {"has",  "with", "no",     "without", "not",    "non",
                                        "hide", "open", "enable", "enabled", "disable"};

static bool in_table(ds_str word, const char *const *table, size_t count) {
  for (size_t i = 0; word.len && i < count; i++)
    if (table[i][0] == word.ptr[0] && ds_str_eqz(word, table[i])) return true;
  return false;
}

/* ---- names of elements */

typedef struct name_words {
  char room[128]; /* lower case, a hyphen between words */
  size_t len;
} name_words;

/* "storyBody__main" and "story_body-main" alike become "story-body-main". */
static name_words split_name(ds_str name) {
  name_words w = {.len = 0};
  bool lower_before = false;
  for (size_t i = 0; i < name.len && w.len + 2 < sizeof w.room; i++) {
    char c = name.ptr[i];
    bool upper = c >= 'A' && c <= 'Z', lower = c >= 'a' && c <= 'z';
    if ((upper && lower_before) || (!upper && !lower)) {
      if (w.len && w.room[w.len - 1] != '-') w.room[w.len++] = '-';
    }
    if (upper || lower) w.room[w.len++] = (char)(c | 0x20);
    lower_before = lower;
  }
  if (w.len && w.room[w.len - 1] == '-') w.len--;
  return w;
}

static ds_hint look_up(ds_str words) {
  size_t low = 0, high = COUNT(named);
  while (low < high) {
    size_t middle = (low + high) / 2;
    int order = ds_str_cmp(words, ds_str_from(named[middle].words));
    if (order == 0) return named[middle].hint;
    if (order < 0)
      high = middle;
    else
      low = middle + 1;
  }
  return DS_HINT_NONE;
}

bool ds_hints_in_order(void) {
  for (size_t i = 1; i < COUNT(named); i++)
    if (strcmp(named[i - 1].words, named[i].words) >= 0) return false;
  return true;
}

/* What the name's words say, one by one, in pairs and in threes, where no negation stands before them. What is foreign wins over junk,
 * and that over body: "article-body__related" is not the body. */
static ds_hint hint_of_name(ds_str name) {
  name_words w = split_name(name);
  ds_str all = {w.room, w.len}, before = DS_STR_NONE;
  bool found[DS_HINT_FOREIGN + 1] = {false};
  for (size_t at = 0; at < all.len;) {
    size_t end = at, first_end = 0;
    bool negated = in_table(before, negations, COUNT(negations));
    for (int part = 0; part < 3; part++, end++) {
      while (end < all.len && all.ptr[end] != '-') end++;
      if (part == 0) first_end = end;
      if (!negated) found[look_up(ds_str_sub(all, at, end))] = true;
      if (end >= all.len) break;
    }
    before = ds_str_sub(all, at, first_end);
    at = first_end + 1;
  }
  if (found[DS_HINT_FOREIGN]) return DS_HINT_FOREIGN;
  if (found[DS_HINT_JUNK]) return DS_HINT_JUNK;
  return found[DS_HINT_BODY] ? DS_HINT_BODY : DS_HINT_NONE;
}

static ds_hint hint_of_names(ds_str names) {
  ds_hint found = DS_HINT_NONE;
  for (size_t at = 0, start; at < names.len; at++) {
    for (start = at; at < names.len && (unsigned char)names.ptr[at] > ' ';) at++;
    ds_hint hint = hint_of_name(ds_str_sub(names, start, at));
    if (hint == DS_HINT_BODY) return hint;
    if (hint > found) found = hint;
  }
  return found;
}

static bool has_junk_role(const xmlNode *element) {
  static const char *const roles[] = {"navigation",  "banner",  "complementary", "contentinfo", "search",
                                      "menu",        "menubar", "toolbar",       "dialog",      "alert",
                                      "alertdialog", "tablist", "tooltip"};
  ds_str role = ds_node_attr(element, "role");
  for (size_t i = 0; role.len && i < COUNT(roles); i++)
    if (ds_str_eq_nocase(role, ds_str_from(roles[i]))) return true;
  return false;
}

ds_hint ds_hint_of(const xmlNode *element) {
  if (!element || element->type != XML_ELEMENT_NODE) return DS_HINT_NONE;
  if (ds_attr_has_word(ds_node_attr(element, "itemprop"), "articleBody")) return DS_HINT_BODY;
  if (has_junk_role(element) || ds_node_is(element, "form")) return DS_HINT_JUNK;
  ds_hint by_class = hint_of_names(ds_node_attr(element, "class"));
  if (by_class == DS_HINT_BODY) return by_class;
  ds_hint by_id = hint_of_names(ds_node_attr(element, "id"));
  return by_id == DS_HINT_BODY || by_id > by_class ? by_id : by_class;
}

/* ---- tags */

static bool tag_in(const xmlNode *element, const char *const *table, size_t count) {
  for (size_t i = 0; i < count; i++)
    if (ds_node_is(element, table[i])) return true;
  return false;
}

bool ds_tag_is_junk(const xmlNode *element) {
  static const char *const tags[] = {"script",   "style",    "noscript",   "template", "svg",    "canvas", "iframe",
                                     "object",   "embed",    "applet",     "button",   "input",  "select", "textarea",
                                     "label",    "option",   "nav",        "aside",    "footer", "figure", "figcaption",
                                     "picture",  "video",    "audio",      "map",      "menu",   "dialog", "frameset",
                                     "noframes", "progress", "meter",      "head",     "title",  "link",   "meta",
                                     "base",     "amp-ad",   "amp-sidebar"};
  return tag_in(element, tags, COUNT(tags));
}

bool ds_tag_is_inline(const xmlNode *element) {
  static const char *const tags[] = {"a",    "abbr", "acronym", "b",  "bdi",  "bdo",   "big",  "cite",   "code",
                                     "data", "del",  "dfn",     "em", "font", "i",     "ins",  "kbd",    "mark",
                                     "nobr", "q",    "ruby",    "s",  "samp", "small", "span", "strike", "strong",
                                     "sub",  "sup",  "time",    "tt", "u",    "var",   "wbr"};
  if (tag_in(element, tags, COUNT(tags))) return true;
  return strchr((const char *)element->name, '-') != NULL; /* custom elements are inline unless styled */
}

bool ds_is_hidden(const xmlNode *element) {
  static const char *const classes[] = {
      "visually-hidden",   "visuallyhidden",     "sr-only",   "screen-reader-text", "hidden-text",
      "screenreader-only", "screen-reader-only", "offscreen", "u-hidden",           "is-hidden"};
  if (ds_node_attr(element, "hidden").ptr || ds_str_eqz(ds_node_attr(element, "aria-hidden"), "true")) return true;
  ds_str class_names = ds_node_attr(element, "class"), style = ds_node_attr(element, "style");
  for (size_t i = 0; class_names.len && i < COUNT(classes); i++)
    if (ds_attr_has_word(class_names, classes[i])) return true;
  size_t at;
  char packed[200]; /* the style without blanks */
  size_t len = 0;
  for (size_t i = 0; i < style.len && len < sizeof packed; i++)
    if (style.ptr[i] > ' ')
      packed[len++] = style.ptr[i] >= 'A' && style.ptr[i] <= 'Z' ? (char)(style.ptr[i] | 0x20) : style.ptr[i];
  ds_str s = {packed, len};
  return ds_str_find(s, DS_STR("display:none"), &at) || ds_str_find(s, DS_STR("visibility:hidden"), &at);
}

/* ---- lines */

static bool starts_with(ds_str text, const char *const *table, size_t count) {
  for (size_t i = 0; i < count; i++) {
    ds_str start = ds_str_from(table[i]);
    if (text.len >= start.len && ds_str_eq_nocase(ds_str_sub(text, 0, start.len), start)) return true;
  }
  return false;
}

/* The whole line, whatever the case, but for a colon or a mark at its end. */
static bool is_one_of(ds_str text, const char *const *table, size_t count) {
  while (text.len && strchr(":.!>-", text.ptr[text.len - 1])) text.len--;
  text = ds_str_trim(text);
  for (size_t i = 0; i < count; i++)
    if (ds_str_eq_nocase(text, ds_str_from(table[i]))) return true;
  return false;
}

/* "By Anna Berg", "3 hours ago", "5 min read", "20 September 2023 10:00" */
static bool is_byline(ds_str text, size_t words) {
  char day[11];
  if (words > 12 || (text.len && strchr(".?!\"", text.ptr[text.len - 1]))) return false;
  if (ds_str_starts(text, DS_STR("By ")) && text.len > 3 && text.ptr[3] >= 'A' && text.ptr[3] <= 'Z') return true;
  if (words <= 6 && (ds_str_ends(text, DS_STR(" ago")) || ds_str_ends(text, DS_STR(" read")))) return true;
  return ds_day_from(text, day);
}

bool ds_line_is_junk(ds_str text) {
  static const char *const whole[] = {"advertisement",
                                      "advertising",
                                      "ad",
                                      "sponsored",
                                      "sponsored content",
                                      "continue reading",
                                      "continue reading the main story",
                                      "story continues below",
                                      "article continues below",
                                      "article continues after ad",
                                      "story continues below advertisement",
                                      "skip advertisement",
                                      "skip to content",
                                      "share",
                                      "share this",
                                      "share this article",
                                      "share this story",
                                      "share on",
                                      "print",
                                      "email",
                                      "tweet",
                                      "save",
                                      "listen",
                                      "listen to this article",
                                      "listen to article",
                                      "loading",
                                      "play video",
                                      "watch",
                                      "video",
                                      "watch video",
                                      "follow us",
                                      "facebook",
                                      "twitter",
                                      "whatsapp",
                                      "telegram",
                                      "copy link",
                                      "tags",
                                      "topics",
                                      "comments",
                                      "newsletter",
                                      "back to top",
                                      "click to expand",
                                      "scroll to continue",
                                      "read full story",
                                      "close",
                                      "subscribe",
                                      "sign up",
                                      "image",
                                      "photo",
                                      "recommended stories",
                                      "end of list",
                                      "go to start",
                                      "x"};
  static const char *const starts[] = {"read more",
                                       "read also",
                                       "read next",
                                       "also read",
                                       "read:",
                                       "see also",
                                       "more:",
                                       "related:",
                                       "watch:",
                                       "listen:",
                                       "recommended:",
                                       "don't miss",
                                       "don\xE2\x80\x99t miss",
                                       "you may also like",
                                       "you might also like",
                                       "sign up for",
                                       "sign up to",
                                       "subscribe to",
                                       "get the latest",
                                       "get our",
                                       "follow us on",
                                       "follow @",
                                       "join our",
                                       "download our",
                                       "click here",
                                       "advertisement",
                                       "article continues",
                                       "story continues",
                                       "continue reading",
                                       "image credit",
                                       "image source",
                                       "image:",
                                       "image caption",
                                       "photo:",
                                       "photo by",
                                       "photo credit",
                                       "picture:",
                                       "file photo",
                                       "\xC2\xA9",
                                       "copyright 1",
                                       "copyright 2",
                                       "copyright \xC2\xA9",
                                       "copyright (c)",
                                       "all rights reserved",
                                       "this site uses cookies",
                                       "we use cookies",
                                       "this website uses cookies",
                                       "please enable javascript",
                                       "javascript is disabled",
                                       "your browser does not",
                                       "filed under",
                                       "tags:",
                                       "topics:",
                                       "share this",
                                       "support our journalism",
                                       "list of",
                                       "end of list",
                                       "published on:",
                                       "published:",
                                       "last updated",
                                       "updated:",
                                       "posted on",
                                       "posted in",
                                       "leave a comment",
                                       "log in to",
                                       "our standards:"};
  size_t counted = ds_word_count(text);
  if (counted == 0) return true;
  if (is_one_of(text, whole, COUNT(whole)) || is_byline(text, counted)) return true;
  /* These open boxes of links as well as sentences: only where no sentence follows. */
  bool sentence = text.len && strchr(".?\"", text.ptr[text.len - 1]) != NULL;
  if (starts_with(text, (const char *const[]){"list of", "watch:", "more:"}, 3) && sentence) return false;
  return counted <= 30 && starts_with(text, starts, COUNT(starts));
}

bool ds_heading_ends_article(ds_str text) {
  static const char *const whole[] = {
      "comments",        "comment",        "reader comments",   "readers' comments",     "leave a reply",
      "leave a comment", "post a comment", "add a comment",     "join the conversation", "join the discussion",
      "responses",       "your comments",  "what do you think", "conversation",          "discussion",
      "view comments",   "show comments",  "write a comment"};
  /* "12 comments", "Comments (12)" */
  while (text.len && (strchr("0123456789 ,(", text.ptr[0]))) text = ds_str_sub(text, 1, text.len);
  while (text.len && (strchr("0123456789 ,()", text.ptr[text.len - 1]))) text.len--;
  if (is_one_of(text, whole, COUNT(whole))) return true;
  static const char *const starts[] = {"thoughts on \"", "thoughts on \xE2\x80\x9C", "leave a reply",
                                       "responses to \""};
  return starts_with(text, starts, COUNT(starts));
}

bool ds_heading_opens_links(ds_str text) {
  static const char *const whole[] = {
      "related",         "more news",        "latest news",  "top stories",      "editor's picks",
      "editors' picks",  "recommended",      "trending",     "trending now",     "popular",
      "most read",       "most popular",     "most viewed",  "read more",        "read next",
      "see also",        "also read",        "up next",      "more stories",     "in this story",
      "latest",          "around the web",   "from the web", "promoted content", "sponsored content",
      "share",           "about the author", "newsletter",   "topics",           "tags",
      "further reading", "what to read next"};
  static const char *const starts[] = {"related ",     "more from ",   "more on ",          "more in ",
                                       "more stories", "you may also", "you might also",    "recommended ",
                                       "most read",    "most popular", "latest from",       "latest in ",
                                       "read more ",   "also on ",     "from our partners", "sign up",
                                       "subscribe",    "follow us",    "don't miss",        "don\xE2\x80\x99t miss",
                                       "keep reading"};
  if (ds_word_count(text) > 8) return false;
  return is_one_of(text, whole, COUNT(whole)) || starts_with(text, starts, COUNT(starts));
}
