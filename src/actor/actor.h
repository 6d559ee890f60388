/* actor/actor.h - who is named in one article: mentions, entities, kinds
 *
 * This room decides which words name an actor, which of them name the same one, and what kind it is. It works from the
 * model's name spans and trees, the gazetteers of schema/gazetteers, and the words around (titles, head nouns). It knows no
 * actor by name in code, and looks at one article alone: what holds over articles is resolve/'s business.
 */
#ifndef DS_ACTOR_ACTOR_H
#define DS_ACTOR_ACTOR_H

#include "base/ontology.h"
#include "parse/parse.h"
#include "text/text.h"

#define DS_NO_ENTITY UINT32_MAX

typedef enum ds_mention_form {
  DS_MENTION_NAME,        /* "Jean Dupont", "the Guards", "Paris" */
  DS_MENTION_DEMONYM,     /* "Iranian" as a modifier or "Iranians": stands for the state */
  DS_MENTION_DESCRIPTION, /* "the group", "the minister" */
  DS_MENTION_PRONOUN      /* "he", "its", "they" */
} ds_mention_form;

typedef struct ds_mention {
  uint32_t first, count; /* tokens of the name, description or pronoun (without determiner, title and possessive 's) */
  uint32_t head;         /* token that heads it in the tree: the one that fills a role in the sentence */
  uint32_t start, end;   /* bytes of the article's text */
  uint32_t entity;       /* index into entities, or DS_NO_ENTITY for one left alone */
  uint8_t form;          /* ds_mention_form */
  ds_str reason; /* why it was joined to the entity: "name", "gazetteer", "capital", "surname", "short form", "acronym",
                          * "owner" ("Iranian forces"), "state at hand" ("the government"), "description", "pronoun" */
} ds_mention;

typedef struct ds_entity {
  uint8_t kind; /* number in the ontology */
  ds_str label; /* its best name: the gazetteer's, else the fullest in the article */
  ds_str known; /* the gazetteer's id ("iran"), or empty: entities of the same id are the same in all articles */
  ds_str *
      names; /* distinct name forms in the article (no pronouns, no descriptions), fullest first; of a person also with the
                  * title ("King Salim"); of a state its adjectives last */
  size_t name_count;
  size_t mention_count;
  uint8_t gender; /* of a person: 0 unknown, 1 he, 2 she */
  uint32_t
      owner; /* entity of the state or body it belongs to by its very name ("Iranian parliament"), or DS_NO_ENTITY */
} ds_entity;

typedef struct ds_actors {
  ds_mention *mentions; /* in order of the text; a name inside a name comes after the outer one */
  size_t mention_count;
  ds_entity *entities; /* in order of first mention */
  size_t entity_count;
  /* For each token the mention that it heads (its index), or DS_NO_ENTITY; so that a tree's node is looked up at once. */
  uint32_t *mention_of_head;
} ds_actors;

/* schema/gazetteers/: read once, shared by all threads. Opaque. */
typedef struct ds_gazetteer ds_gazetteer;

/* Reads all gazetteers of a folder. A mistake (unknown kind, repeated id, missing column) is an error with file and line. */
dossier_status ds_gazetteer_open(ds_gazetteer **out, const ds_ontology *ontology, const char *folder,
                                 dossier_error *err);
void ds_gazetteer_free(ds_gazetteer *gazetteer);

/* One row of a gazetteer. */
typedef struct ds_known {
  ds_str id, label;
  uint8_t kind;
  ds_str *names; /* all forms, label first */
  size_t name_count;
  ds_str owner;     /* id of the state or body it belongs to, or empty */
  ds_str adjective; /* of a state: "Iranian"; else empty */
} ds_known;
/* The rows that carry this name (compared without case and marks where the row allows it): their count; *rows points into
 * the gazetteer. */
size_t ds_gazetteer_find(const ds_gazetteer *gazetteer, ds_str name, const ds_known *const **rows);
const ds_known *ds_gazetteer_by_id(const ds_gazetteer *gazetteer, ds_str id);

/* A word that names an office: "minister", "prime minister", "commander". Longest match at `first`, over lemmas and forms. */
typedef struct ds_office {
  ds_str words;    /* as in the gazetteer: "prime minister" */
  ds_str relation; /* the ontology's relation that it gives: leads, holds_office, member_of */
} ds_office;
/* Tokens that an office of the gazetteer covers from token `first` on (within `end`), 0 for none. */
uint32_t ds_gazetteer_office(const ds_gazetteer *gazetteer, const ds_text *text, const ds_parse *parse, uint32_t first,
                             uint32_t end, ds_office *out);

/* Finds the entities of one article. Everything lives in the arena; slices point into text, gazetteer or arena. */
dossier_status ds_actors_find(ds_arena *arena, const ds_ontology *ontology, const ds_gazetteer *gazetteer,
                              const ds_text *text, const ds_parse *parse, ds_actors *out, dossier_error *err);

#endif
