/* base/ontology.h - schema/ontology.yaml: the kinds of actors and the relations between them
 *
 * The engine knows no kind and no relation by name; code that needs a property of one asks for it here (is it symmetric, does a
 * personal name fit this kind). Read once, never changed, shared by all threads.
 */
#ifndef DS_BASE_ONTOLOGY_H
#define DS_BASE_ONTOLOGY_H

#include "base/arena.h"
#include "base/error.h"

#define DS_NO_KIND UINT8_MAX
#define DS_NO_RELATION UINT8_MAX

/* What a kind is like for the engine, whatever it is called. `like:` in the YAML. */
typedef enum ds_kind_like {
  DS_LIKE_OTHER,
  DS_LIKE_PERSON,       /* has a given name, a surname, offices; "he", "she" */
  DS_LIKE_STATE,        /* has a capital, an adjective; "it", "the country" */
  DS_LIKE_ORGANIZATION, /* acts as one body; acronyms; "it", "they", "the group" */
  DS_LIKE_PLACE         /* "there"; does not act */
} ds_kind_like;

typedef struct ds_kind {
  ds_str name;
  ds_kind_like like;
  ds_str color; /* "#rrggbb" for drawings */
} ds_kind;

typedef struct ds_relation {
  ds_str name;
  ds_str class_name;
  ds_str label;  /* words for a drawing or a table: "cooperates with" */
  ds_str plover; /* PLOVER code or "" */
  bool symmetric;
  bool has_role;          /* an office or post belongs to it */
  uint64_t subject_kinds; /* bit set of kinds that may be its subject; all ones where any may */
  uint64_t object_kinds;
} ds_relation;

typedef struct ds_ontology {
  ds_kind *kinds; /* at most 64 */
  size_t kind_count;
  ds_relation *relations; /* at most 200 */
  size_t relation_count;
} ds_ontology;

/* Reads ontology.yaml. A mistake is an error with file and line. Everything lives in the arena. */
dossier_status ds_ontology_read(ds_arena *arena, const char *path, ds_ontology *out, dossier_error *err);
/* The number of a kind or relation, or DS_NO_KIND, DS_NO_RELATION. */
uint8_t ds_ontology_kind(const ds_ontology *ontology, ds_str name);
uint8_t ds_ontology_relation(const ds_ontology *ontology, ds_str name);

#endif
