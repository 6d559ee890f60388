/* export/writers.h - the writers, one a format; export.c lists them */
#ifndef DS_EXPORT_WRITERS_H
#define DS_EXPORT_WRITERS_H

#include "export/export.h"

ds_export_writer ds_export_graphml; /* graphml.c */
ds_export_writer ds_export_dot;     /* dot.c */
ds_export_writer ds_export_json;    /* json.c */

#endif
