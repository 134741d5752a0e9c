/* page: how a page is made. A handler fills a document, names a template and a title; what every page has (header, footer,
 * language, notices, errors, hidden fields of forms) is added here, once.
 *
 *   struct page p = page_begin(r);
 *   page_set_str(&p.document, "number", number);
 *   return page_answer(&p, HTTP_OK, "claim", page_say(&p, "claim.title"));
 *
 * Templates escape by default and look names up outwards, so a member that may be missing is set to false, not left out.
 * Everything lives in the request's arena. */
#ifndef WEB_PAGE_H
#define WEB_PAGE_H

#include "shienkin/web.h"
#include "text.h"

/* ---- documents, built member by member */

struct page_object { struct arena *arena; struct json_member *members; size_t count, capacity; };
struct page_list { struct arena *arena; struct json *items; size_t count, capacity; };

struct page_object page_object(struct arena *a);
void page_set(struct page_object *o, const char *name, struct json value);      /* the name is borrowed; takes the place of one set before */
void page_set_str(struct page_object *o, const char *name, str value);         /* n = 0: false, so that {{#name}} skips it */
void page_set_int(struct page_object *o, const char *name, int64_t value);
void page_set_bool(struct page_object *o, const char *name, bool value);
struct json page_json(const struct page_object *o);
struct page_list page_list(struct arena *a);
void page_push(struct page_list *l, struct json value);
struct json page_items(const struct page_list *l);

/* ---- a page */

struct page {
  struct http_request *r;
  struct gate *gate;
  struct arena *arena;
  bool english;
  bool wrong;                           /* a form on it has errors: the title says so */
  struct tx *within;                    /* while page_together() runs its body */
  struct page_object document;
};

/* Chooses the language: the account's setting, the cookie of the switch, Accept-Language, Japanese. */
struct page page_begin(struct http_request *r);
struct http_answer page_answer(struct page *p, int status, const char *template, str title);

/* A text of the catalogue with {0} … filled in; asserts that it is there. */
str page_say_with(const struct page *p, const char *name, size_t count, const str *arguments);
#define page_say(p, name, ...)                                                                                 \
  page_say_with((p), (name), sizeof((str[]){ STR(""), ##__VA_ARGS__ }) / sizeof(str) - 1,                      \
                (str[]){ STR(""), ##__VA_ARGS__ } + 1)

/* After a form that changed something: 303 to a path of ours. `notice`: a text "notice.<name>" that the next page shows
 * once, or NULL. */
struct http_answer page_go(struct http_request *r, str path, const char *notice);
/* A path of ours to return to, or `otherwise`: begins with one "/", holds no "\", no control character, at most 1,000 bytes. */
str page_local_path(str path, str otherwise);
/* "/path?next=<encoded>"; without a next worth telling, "/path". */
str page_with_next(struct arena *a, const char *path, str next);

/* ---- forms. Declare form fields of routes loosely (TEXT, not required, may_be_empty), so that what does not fit comes back
 * beside its field, with everything that was typed, and not as a page of its own. */

enum page_input { PAGE_LINE, PAGE_PASSWORD, PAGE_CODE, PAGE_AREA, PAGE_DAY, PAGE_NUMBER, PAGE_SELECT, PAGE_RADIO, PAGE_CHECK };

struct page_choice { const char *value, *text; };               /* text: of the catalogue */
struct page_field {
  const char *name;                     /* of the form field; its id in the page is "f-<name>" */
  enum page_input kind;
  const char *label, *hint;             /* of the catalogue; hint NULL: none */
  const char *pointer;                  /* findings at it or below are this field's; NULL: "/<name>" */
  const char *autocomplete;             /* NULL: off */
  bool optional;
  const struct page_choice *choices; size_t choice_count;       /* SELECT, RADIO */
  const str *said;                      /* what each choice says, where no catalogue can; NULL: its text */
};

/* What a finding may be about that is no field of the form: the summary calls it by its name and leads to it. */
struct page_place { str pointer, name, link; };

struct page_form {
  const char *name;                     /* member of the document; several forms may stand on one page */
  str action;                           /* path of ours */
  const char *submit;                   /* of the catalogue */
  const struct page_field *fields; size_t count;
  const struct http_values *posted;     /* what was typed; NULL: nothing yet */
  const struct json *values;            /* {field name: text} to begin with; NULL: empty. Password fields always come empty */
  const struct findings *findings;      /* of the last try; NULL: none. Those of no field stand in the summary alone */
  const struct page_place *places; size_t place_count;
  const struct json_member *hidden; size_t hidden_count;        /* further hidden fields */
  bool once;                            /* carries an idempotency key: for routes that are `idempotent` */
};
/* Sets document[name] = {action, submit, hidden: [{name, value}], all: [field…], <field name>: field}, and document.errors, the
 * summary with links. In templates: {{#form}}{{> form_begin}}{{#all}}{{> field}}{{/all}}{{> form_end}}{{/form}}, or field by
 * field {{#form.login}}{{> field}}{{/form.login}}. */
void page_form(struct page *p, const struct page_form *form);
/* Adds a finding "required" for each field that is neither optional nor filled in. */
void page_require(const struct page *p, const struct page_field *fields, size_t count, const struct http_values *posted,
                  struct findings *f);
/* What was typed, n = 0 where nothing was. */
str page_typed(const struct http_values *posted, const char *name);

/* ---- use cases */

/* The body of an answer as a document; asserts that it is JSON. */
struct json page_body(const struct page *p, const struct service_answer *out);
/* A call that is refused in a way that no form shows: the problem's page. */
struct http_answer page_failed(struct page *p, result why, const struct findings *f, const struct service_answer *out);
/* Runs `use_case` with the caller of this request: result; findings and answer in the two names given. */
#define PAGE_CALL(p, use_case, request, findings, out)                                                         \
  __extension__({                                                                                              \
    struct caller page_caller_ = gate_caller((p)->r);                                                          \
    page_caller_.within = (p)->within;                                                                         \
    use_case((p)->gate->service, &page_caller_, (p)->arena, (request), (findings), (out));                     \
  })
/* What a page reads, in one transaction (service_together()): `body` makes PAGE_CALLs of use cases that only read, and keeps
 * their documents in its context; it touches nothing else, since it may run again from its start. False from it, or from the
 * commit: *answer is what to send instead of the page. */
typedef bool page_reads(struct page *p, void *context, struct http_answer *answer);
bool page_together(struct page *p, page_reads *body, void *context, struct http_answer *answer);
/* Members of documents: "" where it is no string, 0 where it is no integer, false where it is not true. NULL has none. */
str page_member(const struct json *object, const char *name);
int64_t page_int(const struct json *object, const char *name);
bool page_flag(const struct json *object, const char *name);

/* ---- how things are written. Days and times are Japan's. */
str page_day(const struct page *p, day d);              /* 2026年5月11日（月）; 11 May 2026 (Mon); "" for DAY_NONE */
str page_wareki(const struct page *p, day d);           /* 令和8年5月11日; in English as page_day() */
str page_moment(const struct page *p, str moment);      /* of a service's document: 2026年11月22日 9:05; 22 Nov 2026, 9:05 JST */
str page_yen(const struct page *p, int64_t yen);        /* 500,000円; 500,000 yen */
str page_state(const struct page *p, str state);        /* a claim's state in plain words for claimants */

#endif
