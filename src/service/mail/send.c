/* send: the outbox, a message at a time: lease it in one transaction, send it with no connection held, write down in another
 * how it ended. A crash between leaves the lease to run out; the next try has the same Message-ID, so that what came twice is
 * seen as one. */
#include "core/work.h"
#include "jobs/jobs.h"
#include "mail/texts.h"
#include "shienkin/service/mail.h"

enum { LEASE_MINUTES = 10, LONGEST_PAUSE_MINUTES = 6 * 60, AWAY_MOST = 3 };

struct taken { struct service *service; struct mail_row mail; str address; };

static result take_body(struct tx *tx, void *context) {
  struct taken *t = context;
  struct sealing key;
  TRY(store_mail_take(tx, &t->mail));
  store_mail_lease(tx, t->mail.id, tx_at(tx) + LEASE_MINUTES * JOBS_A_MINUTE_US);
  t->mail.tries++;
  t->address = STR_NONE;
  result opened = sealing_open(tx, t->service->keys, t->mail.account_id, &key);
  if (opened == RESULT_NOT_FOUND) return RESULT_OK; /* erased: nobody is there to be told */
  TRY(opened);
  opened = sealing_unseal(tx, &key, "contact", "sealed_address", t->mail.contact_id, t->mail.sealed_address, &t->address);
  sealing_close(&key);
  return opened;
}

/* ---- how it ended */

struct ending { struct mail_row mail; const char *outcome, *code; };

static result end_body(struct work *w, const void *request) {
  const struct ending *e = request;
  bool later = strcmp(e->outcome, "later") == 0, last = e->mail.tries >= MAIL_MOST_TRIES;
  struct mail_end_row end = {
    .id = e->mail.id, .state = str_of(!later ? e->outcome : last ? "given_up" : "queued"),
    .due_at = later && !last ? jobs__next_try(tx_at(w->tx), e->mail.tries, LONGEST_PAUSE_MINUTES) : SQL_NONE, .tries = e->mail.tries,
  };
  store_mail_end(w->tx, &end);
  store_mail_attempt_insert(w->tx, &(struct mail_attempt_row){ e->mail.id, e->mail.tries, str_of(e->outcome),
                                                               e->code ? str_of(e->code) : STR_NONE });
  service__wrote(w, "mail", e->mail.id, STR_NONE);
  struct members data = members_in(w->arena);
  members_add_str(&data, "kind", e->mail.kind);
  members_add_int(&data, "tries", e->mail.tries);
  members_add_str(&data, "outcome", str_of(e->outcome));
  members_add_str(&data, "code", e->code ? str_of(e->code) : STR_NONE);
  TRY(service__event(w, &(struct event){ .type = "mail.ended", .subject = e->mail.id, .data = members_object(&data) }));
  w->answer->status = 200;
  return RESULT_OK;
}

static result write_end(struct service *s, struct arena *a, const struct ending *e) {
  static const struct use_case use_case = { "job_send_mail", SERVICE_JOB, end_body, false };
  struct caller c = service_job_caller();
  struct findings f = findings_in(a);
  struct service_answer answer;
  return service__run(s, &c, a, &use_case, e, &f, &answer);
}

/* ---- sending */

static str message_id(struct arena *a, struct uuid id, str from) {
  char text[37];
  str domain;
  uuid_write(id, text);
  (void)str_cut(from, '@', &domain);
  return str_format(a, "%s@%.*s", text, STR_ARG(domain));
}

static struct ending send(const struct mail_settings *settings, struct arena *a, const struct taken *t) {
  const struct mail_text *text = mail__text(t->mail.kind);
  struct ending e = { t->mail, "sent", NULL };
  if (!t->address.p || !text) return (struct ending){ t->mail, "refused", text ? "erased" : "kind_unknown" };
  struct net_mail mail = {
    .from_address = settings->from_address, .from_name = settings->from_name, .to_address = t->address,
    .subject = mail__subject(a, text, t->mail.number), .text = mail__body(a, text, t->mail.number, settings->site),
    .message_id = message_id(a, t->mail.id, settings->from_address), .at_us = t->mail.queued_at,
  };
  struct findings f = findings_in(a);
  result r = net_mail_send(a, settings->server, &mail, &f);
  if (r == RESULT_REFUSED) e.outcome = "refused";
  else if (r != RESULT_OK) e.outcome = "later";
  if (r != RESULT_OK) e.code = f.count ? f.items[0].code : "net_unreachable";
  return e;
}

/* RESULT_NOT_FOUND: nothing is due. */
static result send_one(struct service *s, const struct mail_settings *m, struct arena *a, struct job_report *out, int *away) {
  struct actor who = { STORE_SERVICE_ACCOUNT, STR_NONE };
  struct taken t = { .service = s };
  TRY(store_run(s->store, STORE_STAFF, who, a, take_body, &t, NULL));
  struct ending e = send(m, a, &t);
  if (e.code)
    LOG(&s->log, LOG_WARNING, "service.mail", LOG_S("kind", t.mail.kind), LOG_S("outcome", str_of(e.outcome)),
        LOG_S("code", str_of(e.code)));
  if (e.code) out->failed++;
  else out->done++;
  *away = strcmp(e.outcome, "later") == 0 ? *away + 1 : 0;
  return write_end(s, a, &e);
}

result job_send_mail(struct service *s, const struct mail_settings *m, int64_t limit, struct job_report *out) {
  *out = (struct job_report){ 0, 0 };
  int away = 0; /* a server that is away is not asked again for each of many; the next run goes on */
  for (int64_t i = 0; i < limit && away < AWAY_MOST; i++) {
    struct arena *a = arena_new(0);
    if (!a) return RESULT_NO_MEMORY;
    result r = send_one(s, m, a, out, &away);
    arena_free(a);
    if (r == RESULT_NOT_FOUND) return RESULT_OK;
    TRY(r);
  }
  return RESULT_OK;
}
