#include "export/export.h"

#include <string.h>

#include "export/writers.h"

static const ds_export_format formats[] = {
    {"graphml", "GraphML for Gephi, Cytoscape, networkx and igraph: one edge a tie, with its best evidence",
     ds_export_graphml},
    {"dot", "a Graphviz drawing with a legend: dossier export dot | dot -Tsvg -o graph.svg", ds_export_dot},
    {"json", "everything: documents, actors, ties and each claim (schema/graph.schema.json)", ds_export_json},
};

const ds_export_format *ds_export_formats(size_t *count) {
  *count = sizeof formats / sizeof *formats;
  return formats;
}

const ds_export_format *ds_export_find(const char *name) {
  for (size_t i = 0; i < sizeof formats / sizeof *formats; i++)
    if (strcmp(formats[i].name, name) == 0) return &formats[i];
  return NULL;
}
