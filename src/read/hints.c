/* What names tell: of elements (class, id, role) and of short lines ("Read more:"). English news sites the world over name
 * these things alike; no table here is about one site. */
#include "read/internal.h"

#include "base/utf8.h"

#include <string.h>

#define COUNT(table) (sizeof(table) / sizeof *(table))

/* Words of class names and ids; two words joined by a hyphen stand for two words in a row. */
static const char *const junk_words[] = {
    "nav", "navbar", "navigation", "menu", "menus", "submenu", "breadcrumb", "breadcrumbs", "sidebar", "sidenav", "toolbar", "topbar",
    "masthead", "footer", "colophon", "site-header", "skiplink", "skip-link", "skip-links", "pagination", "pager", "paging", "tablist",
    "related", "relatedarticles", "relatedcontent", "relatedlinks", "relatedposts", "relatedstories", "recirc", "recirculation",
    "recommended", "recommendation", "recommendations", "trending", "popular", "mostread", "mostpopular", "most-read", "most-viewed",
    "readmore", "read-more", "readnext", "read-next", "read-also", "also-read", "alsoread", "see-also", "seealso", "more-news",
    "more-stories", "more-from", "more-on", "latest-news", "up-next", "upnext", "next-article", "prev-article", "next-post",
    "prev-post", "inline-link", "story-link", "link-list", "linklist",
    "ad", "ads", "adv", "advert", "adverts", "advertisement", "advertisements", "advertising", "advertorial", "adslot", "adunit",
    "adsense", "adsbygoogle", "adbox", "adwrapper", "adcontainer", "dfp", "sponsor", "sponsored", "sponsors", "promo", "promos",
    "promoted", "promotion", "outbrain", "taboola", "teasers", "teaser-list", "teaser-box", "banner", "banners",
    "newsletter", "newsletters", "subscribe", "subscription", "subscriptions", "signup", "sign-up", "signin", "sign-in", "login",
    "register", "registration", "donate", "donation", "support-us", "app-promo", "download-app", "follow-us", "followus",
    "share", "shares", "sharing", "sharebar", "sharebuttons", "sharedaddy", "sharetools", "social", "socials", "socialmedia",
    "addthis", "addtoany", "sharethis", "whatsapp", "telegram-channel", "google-news",
    "cookie", "cookies", "consent", "gdpr", "onetrust", "popup", "modal", "overlay", "lightbox", "notification", "notifications",
    "caption", "captions", "figcaption", "credit", "credits", "photocredit", "imagecredit", "gallery", "slideshow", "carousel",
    "slider", "thumbnail", "thumbnails", "video-player", "audio-player", "player", "podcast-player", "listen",
    "byline", "bylines", "timestamp", "pubdate", "post-meta", "entry-meta", "article-meta", "story-meta", "postmeta", "author-bio",
    "author-box", "authorbox", "author-info", "about-author", "about-the-author", "tags", "taglist", "tagcloud", "tag-list", "topics",
    "pullquote", "pull-quote", "twitter-tweet", "instagram-media", "tiktok-embed", "fb-post", "widget-area", "widget-title", "ticker",
    "weather", "poll", "quiz", "copyright", "searchform", "search-form", "searchbox", "language-switcher", "print-only",
    "toc", "jump-link", "rating", "ratings"};

static const char *const comment_words[] = {"comments", "comment", "commentlist", "comment-list", "commenting", "disqus", "respond",
                                            "livefyre", "viafoura", "spotim", "replies", "fb-comments", "usercomments",
                                            "readercomments", "reader-comments", "comments-area"};

static const char *const body_words[] = {
    "articlebody", "article-body", "storybody", "story-body", "story-text", "storytext", "articletext", "article-text",
    "article-content", "articlecontent", "story-content", "storycontent", "entry-content", "post-content", "postcontent", "post-body",
    "postbody", "article-copy", "body-copy", "bodycopy", "body-text", "bodytext", "news-text", "newstext", "news-body", "news-content",
    "rich-text", "richtext", "article-main-text", "maintext", "main-text", "single-content", "content-body", "text-body",
    "field-name-body"};

/* "has-sidebar" is no sidebar. */
static const char *const negations[] = {"has", "with", "no", "without", "not", "non", "hide", "open", "enable", "enabled", "disable"};

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

/* Whether the name holds a word, or two or three in a row, of the table, and no negation stands before it. */
static bool name_has(const name_words *w, const char *const *table, size_t count) {
  ds_str all = {w->room, w->len}, before = DS_STR_NONE;
  for (size_t at = 0; at < all.len;) {
    size_t end = at, first_end = 0;
    for (int part = 0; part < 3 && end <= all.len; part++, end++) {
      while (end < all.len && all.ptr[end] != '-') end++;
      if (part == 0) first_end = end;
      if (end > at && in_table(ds_str_sub(all, at, end), table, count) && !in_table(before, negations, COUNT(negations))) return true;
      if (end >= all.len) break;
    }
    before = ds_str_sub(all, at, first_end);
    at = first_end + 1;
  }
  return false;
}

static ds_hint hint_of_name(ds_str name) {
  name_words w = split_name(name);
  if (w.len == 0) return DS_HINT_NONE;
  if (name_has(&w, comment_words, COUNT(comment_words))) return DS_HINT_COMMENTS;
  if (name_has(&w, junk_words, COUNT(junk_words))) return DS_HINT_JUNK;
  return name_has(&w, body_words, COUNT(body_words)) ? DS_HINT_BODY : DS_HINT_NONE;
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
  static const char *const roles[] = {"navigation", "banner", "complementary", "contentinfo", "search", "menu", "menubar", "toolbar",
                                      "dialog", "alert", "alertdialog", "tablist", "tooltip"};
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
  static const char *const tags[] = {"script", "style", "noscript", "template", "svg", "canvas", "iframe", "object", "embed", "applet",
                                     "button", "input", "select", "textarea", "label", "option", "nav", "aside", "footer", "figure",
                                     "figcaption", "picture", "video", "audio", "map", "menu", "dialog", "frameset", "noframes",
                                     "progress", "meter", "head", "title", "link", "meta", "base", "amp-ad", "amp-sidebar"};
  return tag_in(element, tags, COUNT(tags));
}

bool ds_tag_is_inline(const xmlNode *element) {
  static const char *const tags[] = {"a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em",
                                     "font", "i", "ins", "kbd", "mark", "nobr", "q", "ruby", "s", "samp", "small", "span", "strike",
                                     "strong", "sub", "sup", "time", "tt", "u", "var", "wbr"};
  if (tag_in(element, tags, COUNT(tags))) return true;
  return strchr((const char *)element->name, '-') != NULL; /* custom elements are inline unless styled */
}

bool ds_is_hidden(const xmlNode *element) {
  static const char *const classes[] = {"visually-hidden", "visuallyhidden", "sr-only", "screen-reader-text", "hidden-text",
                                        "screenreader-only", "screen-reader-only", "offscreen", "u-hidden", "is-hidden"};
  if (ds_node_attr(element, "hidden").ptr || ds_str_eqz(ds_node_attr(element, "aria-hidden"), "true")) return true;
  ds_str class_names = ds_node_attr(element, "class"), style = ds_node_attr(element, "style");
  for (size_t i = 0; class_names.len && i < COUNT(classes); i++)
    if (ds_attr_has_word(class_names, classes[i])) return true;
  size_t at;
  char packed[200]; /* the style without blanks */
  size_t len = 0;
  for (size_t i = 0; i < style.len && len < sizeof packed; i++)
    if (style.ptr[i] > ' ') packed[len++] = style.ptr[i] >= 'A' && style.ptr[i] <= 'Z' ? (char)(style.ptr[i] | 0x20) : style.ptr[i];
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
  static const char *const whole[] = {
      "advertisement", "advertising", "ad", "sponsored", "sponsored content", "continue reading", "continue reading the main story",
      "story continues below", "article continues below", "article continues after ad", "story continues below advertisement",
      "skip advertisement", "skip to content", "share", "share this", "share this article", "share this story", "share on", "print",
      "email", "tweet", "save", "listen", "listen to this article", "listen to article", "loading", "play video", "watch", "video",
      "watch video", "follow us", "facebook", "twitter", "whatsapp", "telegram", "copy link", "tags", "topics", "comments", "newsletter",
      "back to top", "click to expand", "scroll to continue", "read full story", "close", "subscribe", "sign up", "image", "photo",
      "recommended stories", "end of list", "go to start", "x"};
  static const char *const starts[] = {
      "read more", "read also", "read next", "also read", "read:", "see also", "more:", "related:", "watch:", "listen:",
      "recommended:", "don't miss", "don\xE2\x80\x99t miss", "you may also like", "you might also like", "sign up for", "sign up to",
      "subscribe to", "get the latest", "get our", "follow us on", "follow @", "join our", "download our", "click here",
      "advertisement", "article continues", "story continues", "continue reading", "image credit", "image source", "image:",
      "image caption", "photo:", "photo by", "photo credit", "picture:", "file photo", "\xC2\xA9", "copyright 1", "copyright 2",
      "copyright \xC2\xA9", "copyright (c)", "all rights reserved",
      "this site uses cookies", "we use cookies", "this website uses cookies", "please enable javascript", "javascript is disabled",
      "your browser does not", "filed under", "tags:", "topics:", "share this", "support our journalism", "list of", "end of list",
      "published on:", "published:", "last updated", "updated:", "posted on", "posted in", "leave a comment", "log in to", "our standards:"};
  size_t counted = ds_word_count(text);
  if (counted == 0) return true;
  if (is_one_of(text, whole, COUNT(whole)) || is_byline(text, counted)) return true;
  /* These open boxes of links as well as sentences: only where no sentence follows. */
  bool sentence = text.len && strchr(".?\"", text.ptr[text.len - 1]) != NULL;
  if (starts_with(text, (const char *const[]){"list of", "watch:", "more:"}, 3) && sentence) return false;
  return counted <= 30 && starts_with(text, starts, COUNT(starts));
}

bool ds_heading_ends_article(ds_str text) {
  static const char *const whole[] = {"comments", "comment", "reader comments", "readers' comments", "leave a reply", "leave a comment",
                                      "post a comment", "add a comment", "join the conversation", "join the discussion", "responses",
                                      "your comments", "what do you think", "conversation", "discussion", "view comments",
                                      "show comments", "write a comment"};
  /* "12 comments", "Comments (12)" */
  while (text.len && (strchr("0123456789 ,(", text.ptr[0]))) text = ds_str_sub(text, 1, text.len);
  while (text.len && (strchr("0123456789 ,()", text.ptr[text.len - 1]))) text.len--;
  if (is_one_of(text, whole, COUNT(whole))) return true;
  static const char *const starts[] = {"thoughts on \"", "thoughts on \xE2\x80\x9C", "leave a reply", "responses to \""};
  return starts_with(text, starts, COUNT(starts));
}

bool ds_heading_opens_links(ds_str text) {
  static const char *const whole[] = {"related", "more news", "latest news", "top stories", "editor's picks", "editors' picks",
                                      "recommended", "trending", "trending now", "popular", "most read", "most popular", "most viewed",
                                      "read more", "read next", "see also", "also read", "up next", "more stories", "in this story",
                                      "latest", "around the web", "from the web", "promoted content", "sponsored content", "share",
                                      "about the author", "newsletter", "topics", "tags", "further reading", "what to read next"};
  static const char *const starts[] = {"related ", "more from ", "more on ", "more in ", "more stories", "you may also",
                                       "you might also", "recommended ", "most read", "most popular", "latest from", "latest in ",
                                       "read more ", "also on ", "from our partners", "sign up", "subscribe", "follow us",
                                       "don't miss", "don\xE2\x80\x99t miss", "keep reading"};
  if (ds_word_count(text) > 8) return false;
  return is_one_of(text, whole, COUNT(whole)) || starts_with(text, starts, COUNT(starts));
}
