/* dossier/engine.h - what the library knows of the world and the language */
#ifndef DOSSIER_ENGINE_H
#define DOSSIER_ENGINE_H

#include <dossier/api.h>
#include <dossier/error.h>

#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct dossier_engine dossier_engine;

/* All may be NULL. */
typedef struct dossier_engine_options {
  const char *data_dir;   /* the folder that holds schema/ and models/; else $DOSSIER_DATA, the source tree, the install prefix */
  const char *schema_dir; /* another ontology, with frames/ and gazetteers/ beside it; else data_dir/schema */
  const char *model;      /* another model file; else data_dir/models/english.safetensors */
} dossier_engine_options;

/* Reads the ontology. Frames, gazetteers and model are read when an article is first analysed (about 50 ms, once), so that a
 * program that only asks a store pays for none of it. options may be NULL. DOSSIER_INPUT with file and line for a mistake in
 * the schema. */
DOSSIER_API dossier_status dossier_engine_open(dossier_engine **out, const dossier_engine_options *options, dossier_error *err);
DOSSIER_API void dossier_engine_free(dossier_engine *engine);

/* Reads frames, gazetteers and model now: so that their mistakes are known before a long job starts. May be called from any
 * thread, any number of times. */
DOSSIER_API dossier_status dossier_engine_prepare(dossier_engine *engine, dossier_error *err);

/* One relation of the ontology. */
typedef struct dossier_relation {
  const char *name;       /* cooperates_with */
  const char *label;      /* cooperates with */
  const char *class_name; /* support */
  int symmetric;
} dossier_relation;
DOSSIER_API size_t dossier_engine_relation_count(const dossier_engine *engine);
DOSSIER_API const dossier_relation *dossier_engine_relation(const dossier_engine *engine, size_t index);
/* The kinds of actors, by number, and the colour that drawings give them ("#rrggbb"). */
DOSSIER_API size_t dossier_engine_kind_count(const dossier_engine *engine);
DOSSIER_API const char *dossier_engine_kind(const dossier_engine *engine, size_t index);
DOSSIER_API const char *dossier_engine_kind_color(const dossier_engine *engine, size_t index);

#ifdef __cplusplus
}
#endif
#endif
