/* Writes the networks of networks.h in every format into a folder, for the clients that the scripts beside this file run.
 *     write_exports FOLDER */
#include "export/export.h"
#include "networks.h"

static int write_bytes(void *context, const char *bytes, size_t size) {
  return fwrite(bytes, 1, size, context) == size ? 0 : 5;
}

static void write_all(maker *m, const char *folder, const char *name) {
  dossier_error err = DOSSIER_ERROR_INIT;
  ds_export export = {.network = &m->network, .ontology = &m->ontology};
  ds_measures *measures;
  must(ds_network_measure(&m->arena, &m->network, &measures, &err) == DOSSIER_OK ? m : NULL, err.message);
  export.measures = measures;
  size_t count;
  const ds_export_format *formats = ds_export_formats(&count);
  for (size_t i = 0; i < count; i++) {
    const char *path = ds_arena_printf(&m->arena, "%s/%s.%s", folder, name, formats[i].name).ptr;
    FILE *file = must(fopen(path, "wb"), path);
    dossier_sink sink = {write_bytes, file};
    must(formats[i].write(&export, &sink, &err) == DOSSIER_OK ? m : NULL, err.message);
    must(fclose(file) == 0 ? m : NULL, path);
  }
  make_end(m);
}

/* A ring with chords, for the layouts of larger drawings. */
static maker *make_ring(size_t actors) {
  maker *m = make_start();
  make_document(m, "d1", "Paper", "2020", "Ring", "", "");
  for (size_t i = 0; i < actors; i++) {
    const char *id = ds_arena_printf(&m->arena, "actor-%05zu", i).ptr;
    make_actor(m, id, i % 3 ? "person" : "organization", ds_arena_printf(&m->arena, "Actor number %zu", i).ptr, "");
  }
  for (size_t i = 0; i < actors; i++) {
    make_claim_at(m, 0, (uint32_t)i, "supports", (uint32_t)((i + 1) % actors));
    if (i % 3 == 0) make_claim_at(m, 0, (uint32_t)i, "meets", (uint32_t)((i * 7 + 3) % actors));
  }
  made(m);
  return m;
}

int main(int argc, char **argv) {
  if (argc != 2) return 2;
  maker *one = make_start(), *empty = make_start();
  make_document(one, "d1", "Paper", "2020", "One", "", "");
  make_actor(one, "alone", "person", "Alone", "");
  made(one);
  made(empty);
  write_all(make_sample(), argv[1], "sample");
  write_all(make_hostile(), argv[1], "hostile");
  write_all(one, argv[1], "one");
  write_all(empty, argv[1], "empty");
  write_all(make_ring(150), argv[1], "ring150");
  write_all(make_ring(1100), argv[1], "ring1100");
  return 0;
}
