/* run: one use case, one transaction. With a key the body runs behind a savepoint, so that a refusal undoes what the body
 * wrote and is remembered all the same; every rule that the database proves at commit is proved before that, so that its
 * refusal too is an answer. Without a key the body runs as it is. */
#include "core/idempotency.h"
#include "messages.h"

struct run {
  struct service *service;
  const struct caller *caller;
  const struct use_case *use_case;
  const void *request;
  struct findings *findings, findings_before;
  struct service_answer *answer;
  struct work work;
  result how; /* of an answer that is remembered or replayed */
};

/* ---- classes of status */

static result result_of_status(int status) {
  switch (status) {
    case 404: return RESULT_NOT_FOUND;
    case 409:
    case 412: return RESULT_CONFLICT;
    case 500: return RESULT_OUTSIDE;
    case 503: return RESULT_LIMIT;
    default: return RESULT_REFUSED;
  }
}

void service__find(struct work *w, str pointer, const char *code, size_t argument_count, const str *arguments) {
  const struct service_problem *p = service_problem(str_of(code));
  assert(p); /* every code that the service says stands in messages.c */
  findings_add(w->findings, pointer, &p->message, argument_count, arguments);
}

result service__refuse(struct work *w, str pointer, const char *code, size_t argument_count, const str *arguments) {
  service__find(w, pointer, code, argument_count, arguments);
  w->status = service_problem(str_of(code))->status;
  return result_of_status(w->status);
}

result service__refused(struct work *w) {
  assert(w->findings->count > 0);
  w->status = 422;
  return RESULT_REFUSED;
}

/* ---- what the database refused */

static const struct {
  enum tx_fault_kind kind;
  const char *code;
} fault_codes[] = {
  { TX_FAULT_STALE, "stale" },
  { TX_FAULT_RIGHT, "not_permitted" },
  { TX_FAULT_BUSY, "busy" },
  { TX_FAULT_TIMEOUT, "busy" },
  { TX_FAULT_CONNECTION, "unavailable" },
  { TX_FAULT_OTHER, "internal" },
  { TX_FAULT_UNKNOWN, "outcome_unknown" },
};

static const char *code_of(const struct tx_fault *fault, result r) {
  if (fault->kind == TX_FAULT_RULE) return service_problem(str_of(fault->constraint)) ? fault->constraint : "internal";
  for (size_t i = 0; i < COUNT_OF(fault_codes); i++)
    if (fault_codes[i].kind == fault->kind) return fault_codes[i].code;
  if (r == RESULT_NOT_FOUND) return "not_found";
  return r == RESULT_LIMIT || r == RESULT_NO_MEMORY ? "too_large" : "internal";
}

result service__fault(struct work *w, const struct tx_fault *fault, result r) {
  if (w->status != 0) return result_of_status(w->status);
  const char *code = code_of(fault, r);
  if (strcmp(code, "internal") == 0)
    LOG(&w->service->log, LOG_ERROR, "service.fault", LOG_S("statement", str_of(fault->statement)),
        LOG_S("constraint", str_of(fault->constraint)), LOG_S("sqlstate", str_of(fault->sqlstate)),
        LOG_S("result", str_of(result_name(r))));
  return service__refuse(w, STR(""), code, 0, NULL);
}

/* ---- the body */

static result act(struct tx *tx, void *context) {
  struct run *run = context;
  TRY(run->use_case->body(&run->work, run->request));
  tx_prove(tx);
  return tx_flush(tx);
}

static bool is_remembered(int status) {
  return (status >= 200 && status < 300) || status == 409 || status == 412 || status == 422;
}

static result act_under_key(struct tx *tx, struct run *run) {
  struct work *w = &run->work;
  bool found;
  TRY(idempotency__take(w, &found, &run->how));
  if (found) return RESULT_OK;
  struct tx_fault fault;
  result r = tx_attempt(tx, act, run, &fault);
  if (r != RESULT_OK) {
    if (tx_fault(tx)->kind != TX_FAULT_NONE) return r; /* the transaction itself is gone */
    r = service__fault(w, &fault, r);
    *w->answer = (struct service_answer){ .status = w->status };
    w->key_is_open[1] = false; /* it may have been made by what was undone */
  }
  if (!is_remembered(w->answer->status)) return r;
  run->how = r;
  return idempotency__remember(w, r);
}

static enum service_role role_of(const struct run *run) {
  for (unsigned bit = 1; bit <= SERVICE_JOB; bit <<= 1)
    if (run->use_case->roles & run->caller->roles & bit) return (enum service_role)bit;
  return 0;
}

/* May run again: everything begins anew but the request. */
static result run_once(struct tx *tx, void *context) {
  struct run *run = context;
  *run->findings = run->findings_before;
  *run->answer = (struct service_answer){ 0 };
  run->how = RESULT_OK;
  run->work = (struct work){ .service = run->service,
                             .caller = run->caller,
                             .tx = tx,
                             .arena = tx_arena(tx),
                             .findings = run->findings,
                             .answer = run->answer,
                             .role = role_of(run) };
  struct work *w = &run->work;
  bool by_account = (run->use_case->roles & USE_CASE_ACCOUNT) && !uuid_none(run->caller->account);
  if (w->role == 0 && !by_account) return REFUSE(w, STR(""), "role_needed");
  if (run->caller->idempotency_key.n > 0 && !run->use_case->reads) return act_under_key(tx, run);
  TRY(run->use_case->body(w, run->request));
  assert(run->answer->status != 0); /* a body that ends well has answered */
  return RESULT_OK;
}

/* Whatever the body found before is void where the transaction itself came to nothing. */
static bool is_outside(const struct tx_fault *fault) { return fault->kind >= TX_FAULT_BUSY; }

struct explanation {
  struct run *run;
  const struct tx_fault *fault;
  result r;
};

static void explain(void *context) {
  struct explanation *e = context;
  e->r = service__fault(&e->run->work, e->fault, e->r);
}

/* The answer to whatever came of the run, and what stays open of it closed. */
static result conclude(struct run *run, struct arena *a, result r, const struct tx_fault *fault) {
  for (size_t i = 0; i < COUNT_OF(run->work.keys); i++) sealing_close(&run->work.keys[i]);
  if (r == RESULT_OK) return run->how;
  if (is_outside(fault)) {
    run->work.status = 0;
    *run->findings = run->findings_before;
  }
  struct explanation e = { run, fault, r };
  result said = arena_run(a, explain, &e); /* the arena itself may be what ran out */
  *run->answer = (struct service_answer){ .status = said == RESULT_OK ? run->work.status : 503 };
  return said == RESULT_OK ? e.r : said;
}

result service__run(struct service *s, const struct caller *c, struct arena *a, const struct use_case *u,
                    const void *request, struct findings *f, struct service_answer *out) {
  struct run run = { .service = s,
                     .caller = c,
                     .use_case = u,
                     .request = request,
                     .findings = f,
                     .findings_before = *f,
                     .answer = out,
                     .work = { .service = s, .caller = c, .findings = f, .arena = a } };
  if (c->within) {
    assert(u->reads);
    result read = run_once(c->within, &run);
    if (read != RESULT_OK) tx_forget(c->within);
    return conclude(&run, f->arena, read, tx_fault(c->within));
  }
  struct actor who = { c->account, c->request_id };
  struct tx_fault fault;
  result r = store_run(s->store, c->realm, who, a, run_once, &run, &fault);
  return conclude(&run, f->arena, r, &fault);
}

/* ---- several reads together */

struct together {
  const struct caller *caller;
  service_reads *body;
  void *context;
};

static result read_together(struct tx *tx, void *context) {
  struct together *t = context;
  struct caller within = *t->caller;
  within.within = tx;
  return t->body(&within, t->context);
}

result service_together(struct service *s, const struct caller *c, struct arena *a, service_reads *body, void *context,
                        struct findings *f, struct service_answer *out) {
  struct together t = { c, body, context };
  struct actor who = { c->account, c->request_id };
  struct tx_fault fault;
  struct run run = { .service = s,
                     .caller = c,
                     .findings = f,
                     .findings_before = *f,
                     .answer = out,
                     .work = { .service = s, .caller = c, .findings = f, .arena = a } };
  result r = store_run(s->store, c->realm, who, a, read_together, &t, &fault);
  return conclude(&run, f->arena, r, &fault);
}
