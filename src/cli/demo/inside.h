/* inside: the demo under construction. */
#ifndef CLI_DEMO_INSIDE_H
#define CLI_DEMO_INSIDE_H

#include "demo/demo.h"
#include "shienkin/codec.h"

enum { DEMO_FACILITIES = 12, DEMO_PEOPLE_MOST = 24 };

struct demo_person {
  const char *login;
  struct uuid account, person;
  uint32_t roles;                       /* service_role bits */
  enum store_realm realm;
  str password, totp;                   /* totp: base32; n = 0: none */
};

struct demo {
  struct arena *arena;                  /* of the whole */
  struct arena *step;                   /* of one use case's answer; reset by the next */
  const struct demo_ground *ground;
  struct service service;
  int64_t now_us;                       /* what the demo's clock shows; it goes forward alone */
  struct findings findings;
  struct service_answer answer;
  struct json body;
  struct demo_person people[DEMO_PEOPLE_MOST];
  size_t people_count;
  struct uuid facilities[DEMO_FACILITIES];
  uint64_t keys;
};

/* One use case as one person; its answer is in d->answer and d->body until the next. What goes wrong is logged by name. */
#define DEMO(d, use_case, who, request)                                                                       \
  __extension__({                                                                                             \
    demo__begin(d);                                                                                           \
    struct caller demo_c_ = demo__caller((d), (who));                                                         \
    demo__answered((d), #use_case, use_case(&(d)->service, &demo_c_, (d)->step, (request), &(d)->findings, &(d)->answer)); \
  })
void demo__begin(struct demo *d);
struct caller demo__caller(struct demo *d, const char *login);           /* NULL: nobody; "service": its own jobs */
result demo__answered(struct demo *d, const char *name, result r);

struct demo_person *demo__person(struct demo *d, const char *login);    /* asserts that there is one */
/* Of the last answer: a text (n = 0: absent), a number, an id; and a JSON text of ours as a document, in d->arena. */
str demo__text(struct demo *d, const char *pointer);
int64_t demo__int(struct demo *d, const char *pointer);
struct uuid demo__id(struct demo *d, const char *pointer, const char *table);
const struct json *demo__json(struct demo *d, str text);
day demo__today(const struct demo *d);
int64_t demo__next_us(const struct demo *d);             /* what the clock shows in the next use case */

MUST_USE result demo__people(struct demo *d);
MUST_USE result demo__write_logins(struct demo *d);
MUST_USE result demo__roster(struct demo *d);
MUST_USE result demo__mandates(struct demo *d);
MUST_USE result demo__letter(struct demo *d);
MUST_USE result demo__rules(struct demo *d);
MUST_USE result demo__claims(struct demo *d, int64_t until_us);

/* ---- one claim on its way (claims.c, steps.c) */
enum demo_facts { FACTS_WHOLE, FACTS_NO_LEAK, FACTS_NOT_FILED, FACTS_INSIDER, FACTS_LOST_RECORDS, FACTS_LEAK_UNKNOWN };
struct demo_story;
struct demo_case {
  const struct demo_story *story;
  struct uuid claim, proposal, asked;
  int64_t version;
  day occurred_on;
  bool notified;                        /* after it was filed */
};
typedef result demo_step(struct demo *d, struct demo_case *k);
struct demo_story {
  int facility;                         /* 0 … DEMO_FACILITIES - 1 */
  const char *clinic;                   /* whose claim it is */
  enum demo_facts facts;
  int days_ago;                         /* at most so long ago it begins */
  demo_step *const *steps;              /* ended by NULL */
};
demo_step demo__draft, demo__file, demo__file_again, demo__file_on_paper, demo__take, demo__prove, demo__send_evidence, demo__note,
    demo__write, demo__ask, demo__reply, demo__propose, demo__approve, demo__return, demo__notify, demo__withdraw, demo__reconsider;

#endif
