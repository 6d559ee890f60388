/* export/dot.h - the two files of the DOT writer: the drawing (dot.c) and its legend (dot_legend.c) */
#ifndef DS_EXPORT_DOT_H
#define DS_EXPORT_DOT_H

#include "export/evidence.h"
#include "export/out.h"
#include "export/writers.h"

typedef struct ds_dot {
  const ds_export *export;
  const ds_network *network;
  ds_out out;
  bool *tied;   /* of each actor: it has a tie and is drawn */
  size_t drawn; /* how many are */
  int32_t latest;
} ds_dot;

/* Appends the legend, an HTML-like label: the kinds, classes and kinds of line that the drawing has. It is the graph's own
 * label, so that no reader takes a part of it for an actor. */
void ds_dot_legend(ds_dot *d);

/* The colour of a relation's class, the line style of a certainty, the fill made of a kind's colour ("#rrggbb"). */
const char *ds_dot_class_color(const ds_ontology *ontology, size_t relation);
const char *ds_dot_line(uint8_t certainty);
void ds_dot_fill(ds_str color, char out[8]);

#endif
