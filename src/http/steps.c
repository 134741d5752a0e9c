/* steps: what a worker does with a job. Every step runs under guards on both arenas, so that exhaustion anywhere within
 * ends in one answer; after a step the job goes back to its event thread with a reply, or without one to go on. */
#include "messages.h"
#include "server_inside.h"

enum { SOURCE_BYTES = HTTP_CHUNK_BYTES };

struct call {
  struct job *job;
  struct arena *arena;
  result why;
};

/* ---- the next piece of a source's body */

static void next_piece(struct job *j) {
  struct piece *p = &j->piece;
  p->n = p->at = 0;
  if (!p->bytes) p->bytes = mem_alloc(SOURCE_BYTES);
  size_t n = 0;
  const struct http_source *source = j->reply.source;
  result made = p->bytes ? source->next(&j->r, source->state, p->bytes, SOURCE_BYTES, &n) : RESULT_NO_MEMORY;
  assert(n <= SOURCE_BYTES && "a source keeps to what it was given");
  p->n = made == RESULT_OK ? n : 0;
  p->broken = made != RESULT_OK;
  p->end = made == RESULT_OK && n == 0;
}

/* The first piece is made before the status is sent, so that a source that cannot even begin is an honest 503. */
static void begin_source(struct job *j) {
  if (!j->reply.source || j->r.method == HTTP_HEAD) return;
  next_piece(j);
  if (!j->piece.broken) return;
  const struct http_source *source = j->reply.source;
  j->reply.source = NULL;
  if (source->close) source->close(source->state);
  reply__problem(j, &http_problem_unavailable, 5);
}

static void answer_with(struct job *j, struct http_answer *answer) {
  reply__of(j, answer);
  begin_source(j);
}

/* ---- whole requests */

static void handle(struct job *j) {
  struct http_answer answer = { 0 };
  if (gates__admission(j, &answer) && gates__body(j, &answer)) answer = j->r.route->handler(&j->r);
  answer_with(j, &answer);
}

/* ---- streams */

static void begin(struct job *j) {
  struct http_answer answer = { 0 };
  if (j->r.route->stream->begin(&j->r, &answer)) {
    j->begun = true;
  } else {
    answer_with(j, &answer);
  }
}

static void refuse_multipart(struct job *j) {
  struct http_answer answer = http__because(&j->r, &http_problem_bad_request, &http__reason_multipart);
  answer_with(j, &answer);
}

static void admit(struct job *j) {
  struct http_answer answer = { 0 };
  bool multipart = j->r.route->body == HTTP_BODY_MULTIPART;
  if (!gates__admission(j, &answer) || !gates__body(j, &answer)) {
    answer_with(j, &answer);
  } else if (multipart) {
    j->multipart = multipart__new(j->keep, http_request_header(&j->r, "Content-Type"));
    if (!j->multipart) refuse_multipart(j);
  } else {
    begin(j);
  }
}

static void begin_after_fields(struct job *j) {
  struct http_answer answer = { 0 };
  size_t count;
  const struct http_pair *fields = multipart__fields(j->multipart, &count);
  if (gates__fields(j, fields, count, &answer)) {
    begin(j);
  } else {
    answer_with(j, &answer);
  }
}

/* Gives the first full chunk away, or whatever is left at the end; what a multipart left over moves to the front. */
static bool give_chunk(struct job *j) {
  size_t n = j->body_n < HTTP_CHUNK_BYTES ? j->body_n : HTTP_CHUNK_BYTES;
  if (n == 0) return true;
  struct http_answer answer = { 0 };
  bool on = j->r.route->stream->chunk(&j->r, (str){ j->body, n }, &answer);
  memmove(j->body, j->body + n, j->body_n - n);
  j->body_n -= n;
  if (!on) answer_with(j, &answer);
  return on;
}

static void chunk(struct job *j) { (void)give_chunk(j); }

static void finish(struct job *j) {
  if (j->multipart && !multipart__whole(j->multipart)) {
    refuse_multipart(j);
    return;
  }
  if (!j->begun) {
    begin_after_fields(j); /* a multipart without a file */
    if (j->reply.status) return;
  }
  while (j->body_n) {
    if (!give_chunk(j)) return;
  }
  j->finished = true;
  struct http_answer answer = j->r.route->stream->finish(&j->r);
  answer_with(j, &answer);
}

static void abandon(struct job *j) { j->r.route->stream->abandon(&j->r); }

/* ---- guards */

static void (*const steps[])(struct job *j) = {
  [STEP_HANDLE] = handle, [STEP_ADMIT] = admit,       [STEP_BEGIN] = begin_after_fields, [STEP_CHUNK] = chunk,
  [STEP_FINISH] = finish, [STEP_SOURCE] = next_piece, [STEP_ABANDON] = abandon,
};

static void run_inside(void *context) {
  struct call *c = context;
  steps[c->job->step](c->job);
}

static void run_guarded(void *context) {
  struct call *c = context;
  result why = arena_run(c->arena, run_inside, c);
  if (why != RESULT_OK) c->why = why;
}

/* The call's arena is guarded inside and outside of the kept one: whichever is exhausted, the jump passes over no guard
 * that would stay behind, because the outermost restores what stood before. */
static void run_kept(void *context) {
  struct call *c = context;
  result why = arena_run(c->job->keep, run_guarded, c);
  if (why != RESULT_OK) c->why = why;
}

static void exhausted(struct job *j, result why) {
  if (j->step == STEP_SOURCE) {
    j->piece.broken = true;
  } else if (j->step != STEP_ABANDON) {
    reply__fallback(j, why);
  }
}

void steps__run(struct job *j, struct arena *arena, void *worker) {
  struct call call = { .job = j, .arena = arena, .why = RESULT_OK };
  j->r.arena = arena;
  j->r.worker = worker;
  if (j->step == STEP_HANDLE || j->step == STEP_ADMIT) j->r.at_us = clock_now_us(&j->s->config.clock);
  result why = arena_run(arena, run_kept, &call);
  if (why == RESULT_OK) why = call.why;
  if (why != RESULT_OK) exhausted(j, why);
  j->r.arena = j->keep;
  j->r.worker = NULL;
  arena_reset(arena); /* before the job is handed back: what was deferred may speak of the request, which may be gone by then */
  if (j->step == STEP_ABANDON) {
    job__free(j);
  } else {
    handoff__done(j);
  }
}
