/* dossier/dossier.h - the whole public interface of libdossier
 *
 * The way through it:
 *
 *     dossier_engine   what the library knows: ontology, frames, gazetteers, language model. Open one, share it.
 *     dossier_reader   files, folders and JSON Lines -> articles, one at a time
 *     dossier_analysis one article -> tokens, trees, actors, dates, claims; needs no store
 *     dossier_store    one file on disk that keeps articles and their claims
 *     dossier_graph    actors and ties over all articles of a store: find, paths, measures, exports
 *
 * Rules that hold everywhere:
 * - A call that can fail returns a dossier_status and takes a dossier_error (or NULL) last (dossier/error.h).
 * - Handles are opaque; a handle that a call makes is its first parameter, and NULL after a failure. X_free accepts NULL.
 * - What a getter returns belongs to the handle that it was asked of, and lives until that handle is freed or, where its
 *   comment says so, asked again (a reader's article; the answers of search, paths and why).
 * - Strings are UTF-8 and end with a zero byte; an unknown one is "" (never NULL). Offsets are bytes of the article's text,
 *   half open.
 * - An engine may be shared by threads. Any other handle is used by one thread at a time.
 * - Nothing prints, exits or aborts; there are no globals.
 */
#ifndef DOSSIER_DOSSIER_H
#define DOSSIER_DOSSIER_H

#include <dossier/analysis.h>
#include <dossier/api.h>
#include <dossier/engine.h>
#include <dossier/error.h>
#include <dossier/graph.h>
#include <dossier/reader.h>
#include <dossier/sink.h>
#include <dossier/store.h>

#endif
