/* export/export.h - a network written for other programs: one file a format
 *
 * Every writer streams to a sink, in the network's order, with the same bytes for the same network (I3), and states every
 * edge's evidence. What each client really reads stands in the comments of each writer.
 */
#ifndef DS_EXPORT_EXPORT_H
#define DS_EXPORT_EXPORT_H

#include "graph/graph.h"

#include <dossier/sink.h>

typedef struct ds_export {
  const ds_network *network;
  const ds_ontology *ontology;
  const ds_measures *measures; /* one an actor */
} ds_export;

typedef dossier_status ds_export_writer(const ds_export *export, const dossier_sink *sink, dossier_error *err);

typedef struct ds_export_format {
  const char *name; /* graphml */
  const char *help; /* one line */
  ds_export_writer *write;
} ds_export_format;

/* All formats, in the order of the manual. */
const ds_export_format *ds_export_formats(size_t *count);
/* The format of a name, or NULL. */
const ds_export_format *ds_export_find(const char *name);

#endif
