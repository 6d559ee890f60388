/* Reading and analysing many articles on all cores.
 *
 * The calling thread reads articles into the slots of a ring, workers analyse them, and the calling thread takes the results
 * out in the order of the input. So whatever the number of threads, records are stored and printed in the same order (I3),
 * and at most `slot_count` articles are in memory. */
#include "api/internal.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

typedef enum slot_state { SLOT_EMPTY, SLOT_READ, SLOT_BUSY, SLOT_DONE } slot_state;

typedef struct slot {
  slot_state state;
  ds_arena arena;
  ds_analysis analysis;
  ds_record record;
  ds_buf line; /* the record as JSON, where it is asked for */
  dossier_status status;
  dossier_error error;
} slot;

typedef struct crew {
  dossier_engine *engine;
  slot *slots;
  size_t slot_count;
  size_t filled, taken; /* articles put into and taken out of the ring so far */
  size_t next;          /* the next article for a worker */
  bool want_lines;
  bool stop;
  pthread_mutex_t lock;
  pthread_cond_t work, done;
  pthread_t *threads;
  size_t thread_count;
} crew;

static dossier_status analyse(crew *c, slot *s, ds_parser *parser) {
  dossier_error *err = &s->error;
  dossier_status status = ds_analysis_run(c->engine, parser, &s->arena, true, &s->analysis, err);
  if (status == DOSSIER_OK)
    status = ds_record_make(&s->arena, &c->engine->ontology, &s->analysis.article, &s->analysis.layers,
                            &s->analysis.claims, &s->record, err);
  if (status == DOSSIER_OK && c->want_lines) status = ds_record_write(&s->record, &s->line, err);
  return status;
}

static void *worker(void *context) {
  crew *c = context;
  ds_idle_parser *parser = NULL;
  dossier_error error = DOSSIER_ERROR_INIT;
  dossier_status ready = ds_engine_take_parser(c->engine, &parser, &error);
  pthread_mutex_lock(&c->lock);
  while (!c->stop) {
    if (c->next == c->filled) {
      pthread_cond_wait(&c->work, &c->lock);
      continue;
    }
    slot *s = &c->slots[c->next++ % c->slot_count];
    s->state = SLOT_BUSY;
    pthread_mutex_unlock(&c->lock);
    s->error = error;
    s->status = ready == DOSSIER_OK ? analyse(c, s, parser->parser) : ready;
    pthread_mutex_lock(&c->lock);
    s->state = SLOT_DONE;
    pthread_cond_signal(&c->done);
  }
  pthread_mutex_unlock(&c->lock);
  ds_engine_give_parser(c->engine, parser);
  return NULL;
}

static size_t default_jobs(const dossier_job *job) {
  if (job->jobs) return job->jobs > 256 ? 256 : job->jobs;
  long processors = sysconf(_SC_NPROCESSORS_ONLN);
  return processors > 0 ? (size_t)processors : 1;
}

static void crew_free(crew *c) {
  pthread_mutex_lock(&c->lock);
  c->stop = true;
  pthread_cond_broadcast(&c->work);
  pthread_mutex_unlock(&c->lock);
  for (size_t i = 0; i < c->thread_count; i++) pthread_join(c->threads[i], NULL);
  for (size_t i = 0; c->slots && i < c->slot_count; i++) {
    ds_arena_release(&c->slots[i].arena);
    ds_buf_release(&c->slots[i].line);
  }
  free(c->slots);
  free(c->threads);
  pthread_cond_destroy(&c->work);
  pthread_cond_destroy(&c->done);
  pthread_mutex_destroy(&c->lock);
}

static dossier_status crew_start(crew *c, dossier_engine *engine, const dossier_job *job, bool want_lines,
                                 dossier_error *err) {
  size_t jobs = default_jobs(job);
  *c = (crew){.engine = engine, .slot_count = jobs * 2 + 2, .want_lines = want_lines};
  pthread_mutex_init(&c->lock, NULL);
  pthread_cond_init(&c->work, NULL);
  pthread_cond_init(&c->done, NULL);
  c->slots = calloc(c->slot_count, sizeof *c->slots);
  c->threads = calloc(jobs, sizeof *c->threads);
  for (size_t i = 0; c->slots && i < c->slot_count; i++) {
    ds_arena_init(&c->slots[i].arena);
    ds_buf_init(&c->slots[i].line);
  }
  if (!c->slots || !c->threads) {
    crew_free(c);
    return ds_fail_memory(err);
  }
  while (c->thread_count < jobs && pthread_create(&c->threads[c->thread_count], NULL, worker, c) == 0)
    c->thread_count++;
  if (c->thread_count) return DOSSIER_OK; /* fewer than asked for do the same work */
  crew_free(c);
  return ds_fail(err, DOSSIER_SYSTEM, "cannot start a thread");
}

/* What a job does with each finished article. */
typedef struct outcome {
  ds_store *store;          /* build */
  const dossier_sink *sink; /* extract */
  const dossier_job *job;
  dossier_report *report;
} outcome;

static dossier_status deliver(outcome *o, slot *s, dossier_error *err) {
  if (s->status == DOSSIER_INPUT) {
    o->report->skipped++;
    if (o->job->problem) o->job->problem(o->job->context, &s->error);
    return DOSSIER_OK;
  }
  if (s->status != DOSSIER_OK) {
    if (err) *err = s->error;
    return s->status;
  }
  bool added = true;
  dossier_status status =
      o->store ? ds_store_add(o->store, &s->record, &added, err) : ds_sink_write(o->sink, ds_buf_str(&s->line), err);
  if (status != DOSSIER_OK) return status;
  if (!added) {
    o->report->known++;
    return DOSSIER_OK;
  }
  o->report->added++;
  o->report->words += s->analysis.text.token_count;
  o->report->entities += s->record.entity_count;
  o->report->claims += s->record.claim_count;
  return DOSSIER_OK;
}

/* Waits for the oldest article in the ring and hands it on. */
static dossier_status take_oldest(crew *c, outcome *o, dossier_error *err) {
  slot *s = &c->slots[c->taken % c->slot_count];
  pthread_mutex_lock(&c->lock);
  while (s->state != SLOT_DONE) pthread_cond_wait(&c->done, &c->lock);
  pthread_mutex_unlock(&c->lock);
  c->taken++;
  dossier_status status = deliver(o, s, err);
  s->state = SLOT_EMPTY;
  return status;
}

/* Whether the store has this article already: it need not be analysed again. */
static dossier_status seen_before(outcome *o, const ds_article *article, bool *seen, dossier_error *err) {
  *seen = false;
  return o->store ? ds_store_has(o->store, article, seen, err) : DOSSIER_OK;
}

static void put_to_work(crew *c, slot *s) {
  pthread_mutex_lock(&c->lock);
  s->state = SLOT_READ;
  c->filled++;
  pthread_cond_signal(&c->work);
  pthread_mutex_unlock(&c->lock);
}

/* Reads the next article into a free slot. DOSSIER_NONE at the end. */
static dossier_status fill(crew *c, outcome *o, ds_reader *reader, dossier_error *err) {
  slot *s = &c->slots[c->filled % c->slot_count];
  ds_arena_clear(&s->arena);
  ds_buf_clear(&s->line);
  memset(&s->analysis, 0, sizeof s->analysis);
  dossier_error problem = DOSSIER_ERROR_INIT;
  dossier_status status = ds_reader_next(reader, &s->arena, &s->analysis.article, &problem);
  if (status == DOSSIER_INPUT) {
    o->report->skipped++;
    if (o->job->problem) o->job->problem(o->job->context, &problem);
    return DOSSIER_OK;
  }
  if (status != DOSSIER_OK) {
    if (err && status != DOSSIER_NONE) *err = problem;
    return status;
  }
  bool seen = false;
  status = seen_before(o, &s->analysis.article, &seen, err);
  if (status == DOSSIER_OK && seen) o->report->known++;
  if (status == DOSSIER_OK && !seen) put_to_work(c, s);
  return status;
}

static void report_progress(const outcome *o, const ds_reader *reader) {
  size_t passed, known;
  if (!o->job->progress) return;
  ds_reader_progress(reader, &passed, &known);
  size_t done = o->report->added + o->report->known + o->report->skipped;
  o->job->progress(o->job->context, done, known > done ? known : done);
}

static dossier_status run_crew(crew *c, outcome *o, ds_reader *reader, dossier_error *err) {
  dossier_status status = DOSSIER_OK;
  bool more = true;
  while (status == DOSSIER_OK && (more || c->taken < c->filled)) {
    if (more && c->filled - c->taken < c->slot_count) {
      status = fill(c, o, reader, err);
      if (status == DOSSIER_NONE) {
        more = false;
        status = DOSSIER_OK;
      }
    } else {
      status = take_oldest(c, o, err);
      report_progress(o, reader);
    }
  }
  return status;
}

static dossier_status run_job(dossier_engine *engine, const char *const *paths, size_t count, outcome *o,
                              dossier_error *err) {
  ds_reader *reader = NULL;
  crew c;
  dossier_status status = dossier_engine_prepare(engine, err);
  if (status == DOSSIER_OK) status = ds_reader_open(&reader, paths, count, err);
  if (status == DOSSIER_OK) status = crew_start(&c, engine, o->job, o->sink != NULL, err);
  if (status == DOSSIER_OK) {
    status = run_crew(&c, o, reader, err);
    crew_free(&c);
  }
  ds_reader_free(reader);
  if (status == DOSSIER_OK && o->report->added + o->report->known == 0)
    status = ds_fail(err, DOSSIER_INPUT, "none of what was given could be read as an article");
  return status;
}

static dossier_status start_job(dossier_engine *engine, const char *const *paths, size_t count, const dossier_job *job,
                                dossier_report *report, outcome *o, dossier_error *err) {
  static const dossier_job quiet;
  dossier_report unseen = {0};
  if (report) *report = unseen;
  o->job = job ? job : &quiet;
  o->report = report ? report : &unseen;
  dossier_status status = run_job(engine, paths, count, o, err);
  return status;
}

dossier_status ds_store_build(ds_store *store, dossier_engine *engine, const char *const *paths, size_t count,
                              const dossier_job *job, dossier_report *report, dossier_error *err) {
  outcome o = {.store = store};
  return start_job(engine, paths, count, job, report, &o, err);
}

dossier_status dossier_extract(dossier_engine *engine, const char *const *paths, size_t count, const dossier_job *job,
                               const dossier_sink *sink, dossier_report *report, dossier_error *err) {
  outcome o = {.sink = sink};
  return start_job(engine, paths, count, job, report, &o, err);
}
