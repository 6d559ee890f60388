/* dossier/api.h - which symbols the shared library shows, and its version */
#ifndef DOSSIER_API_H
#define DOSSIER_API_H

#if defined(__GNUC__)
#define DOSSIER_API __attribute__((visibility("default")))
#else
#define DOSSIER_API
#endif

#define DOSSIER_VERSION "0.1.0"

#ifdef __cplusplus
extern "C" {
#endif

/* The version of the library that runs, "0.1.0"; DOSSIER_VERSION is that of the header. */
DOSSIER_API const char *dossier_version(void);

#ifdef __cplusplus
}
#endif
#endif
