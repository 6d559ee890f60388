/* The library in forty lines: reads articles into a store in memory-sized steps and prints who is tied to whom.
 *
 *     cc embed.c $(pkg-config --cflags --libs dossier) -o embed && ./embed articles/ store.db
 */
#include <dossier/dossier.h>
#include <stdio.h>

static int failed(const char *doing, const dossier_error *err) {
  fprintf(stderr, "%s: %s\n", doing, err->message);
  return err->status;
}

int main(int argc, char **argv) {
  dossier_error err = DOSSIER_ERROR_INIT;
  dossier_engine *engine = NULL;
  dossier_store *store = NULL;
  dossier_graph *graph = NULL;
  if (argc != 3) return fprintf(stderr, "usage: embed FOLDER STORE\n"), DOSSIER_USAGE;
  const char *const paths[] = {argv[1]};

  if (dossier_engine_open(&engine, NULL, &err) != DOSSIER_OK) return failed("engine", &err);
  if (dossier_store_open(&store, argv[2], DOSSIER_WRITE, &err) != DOSSIER_OK) return failed("store", &err);
  if (dossier_build(store, engine, paths, 1, NULL, NULL, &err) != DOSSIER_OK) return failed("build", &err);
  if (dossier_graph_open(&graph, store, engine, NULL, &err) != DOSSIER_OK) return failed("graph", &err);

  for (size_t i = 0; i < dossier_graph_tie_count(graph); i++) {
    const dossier_tie *tie = dossier_graph_tie(graph, i);
    const dossier_claim *claim = dossier_graph_claim(graph, tie->claims[0]);
    printf("%s %s %s (%s, %zu articles): %s\n", dossier_graph_actor(graph, tie->source)->label, tie->label,
           dossier_graph_actor(graph, tie->target)->label, tie->polarity, tie->weight, claim->quote);
  }

  dossier_graph_free(graph);
  dossier_store_free(store);
  dossier_engine_free(engine);
  return DOSSIER_OK;
}
