/* dossier/sink.h - where written bytes go */
#ifndef DOSSIER_SINK_H
#define DOSSIER_SINK_H

#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

/* write is called any number of times with the next bytes and returns 0, or a value of errno that stops the writing and is
 * reported as DOSSIER_SYSTEM. Calls never overlap. */
typedef struct dossier_sink {
  int (*write)(void *context, const char *bytes, size_t size);
  void *context;
} dossier_sink;

#ifdef __cplusplus
}
#endif
#endif
