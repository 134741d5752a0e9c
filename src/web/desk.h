/* desk: pages of those who look things up and keep the house in order: sections of words, facts, tables, charts and forms, all
 * by one template. Tables are also files: what a page shows as a table, ?csv=<name> gives as CSV.
 *
 *   struct desk d = desk_begin(r);
 *   struct desk_section s = desk_section(&d, "audit.story");
 *   desk_fact(&s, "audit.number", number, STR(""));
 *   desk_close(&s);
 *   return desk_answer(&d, HTTP_OK, "audit.title", STR("")); */
#ifndef WEB_DESK_H
#define WEB_DESK_H

#include "page.h"
#include "routes.h"

struct desk {
  struct page page;
  struct page_list sections, ways;
  struct http_answer file;              /* of the table that is asked for as a file, once it was put into a section; status 0: none */
};
struct desk_section { struct desk *desk; struct page_object object; str heading; struct page_list words, facts, commands, links; };

struct desk desk_begin(struct http_request *r);
/* A link above all sections, to a page beside this one. */
void desk_way(struct desk *d, const char *text, str path);
struct desk_section desk_section(struct desk *d, const char *heading);           /* of the catalogue; NULL: none */
struct desk_section desk_section_named(struct desk *d, str heading);
void desk_words(struct desk_section *s, str words);
void desk_fact(struct desk_section *s, const char *label, str value, str link);  /* n = 0 of link: no link; an empty value is left out */
void desk_commands(struct desk_section *s, str lines);                           /* for a terminal, line by line */
void desk_link(struct desk_section *s, str words, str path);
void desk_progress(struct desk_section *s, const char *label, int64_t done, int64_t all);
/* A further member of the section's document, for a part that has a template of its own: "tables" (case_tables). */
void desk_set(struct desk_section *s, const char *name, struct json value);
void desk_form(struct desk_section *s, const struct page_form *form);
void desk_close(struct desk_section *s);
/* The page; or the file, where ?csv=<name> asks for one of its tables. */
struct http_answer desk_answer(struct desk *d, int status, const char *title, str argument);

/* ---- tables */

struct desk_cell {
  str text;
  str link;                             /* n = 0: none */
  str raw;                              /* what stands in the file where it differs (a plain number); n = 0: the text */
  str note;                             /* small, beside the text: a code, an id; the file leaves it out; n = 0: none */
  bool amount;                          /* to the right, its column's head too */
};
#define DESK_TEXT(...) ((struct desk_cell){ .text = (__VA_ARGS__) })
#define DESK_LINK(text_, path_) ((struct desk_cell){ .text = (text_), .link = (path_) })

struct desk_table {
  struct desk *desk;
  str caption;
  const char *csv;                      /* the file's name without its ending, in a page whose query has DESK_CSV; NULL: no file */
  size_t columns;
  const str *head;
  bool *amounts;                        /* which columns hold any */
  struct page_list rows;
  struct buf file;
};
/* Caption and columns: of the catalogue; or as they are, for tables that come from outside. */
struct desk_table desk_table(struct desk *d, const char *caption, const char *csv, const char *const *columns, size_t count);
struct desk_table desk_table_named(struct desk *d, str caption, const char *csv, const str *columns, size_t count);
void desk_row(struct desk_table *t, const struct desk_cell *cells);      /* as many as columns */
struct desk_cell desk_number(const struct desk *d, int64_t n);
struct desk_cell desk_yen(const struct desk *d, int64_t amount_yen);
void desk_put_table(struct desk_section *s, const struct desk_table *t);
/* This table is asked for as a file. Pages of a template of their own answer it themselves; the others need not ask. */
bool desk_wants(const struct desk *d, const struct desk_table *t);
struct http_answer desk_file(struct desk *d, const struct desk_table *t);
#define DESK_CSV { .name = "csv", .kind = HTTP_PARAMETER_TEXT, .most = 40, .description_en = "The table to give as a file" }

/* ---- charts: bars, each with its words, all of them in its description too; the table beside says the same */

struct desk_bar { str label, value; int64_t length; };
void desk_chart(struct desk_section *s, const char *name, const char *title, const struct desk_bar *bars, size_t count);

/* ---- searches: a question, not a change, so that a form's POST leads to the address that asks it: `path` with what was typed */
struct http_answer desk_ask(struct http_request *r, const char *path);

/* ---- use cases: false: *failure is the answer */
#define DESK_CALL(d, use_case, request, body, failure)                                                          \
  __extension__({                                                                                              \
    struct findings desk_f_ = findings_in((d)->page.arena);                                                    \
    struct service_answer desk_out_ = { 0 };                                                                   \
    result desk_why_ = PAGE_CALL(&(d)->page, use_case, (request), &desk_f_, &desk_out_);                       \
    if (desk_why_ == RESULT_OK) *(body) = page_body(&(d)->page, &desk_out_);                                   \
    else *(failure) = page_failed(&(d)->page, desk_why_, &desk_f_, &desk_out_);                                \
    desk_why_ == RESULT_OK;                                                                                    \
  })

/* Members of documents: NULL or "" where they are not there. */
day desk_day(const struct json *object, const char *name);        /* DAY_NONE where there is none */
const struct json *desk_list(const struct json *object, const char *name, uint32_t *count);      /* items */
/* A value as people read it: a text as it is, a list joined, nothing as "–". */
str desk_value(const struct page *p, const struct json *value);
/* A word of a code list: the text "<area>.<prefix><code>", or the code itself where there is none. */
str desk_code(const struct page *p, const char *prefix, str code);
str desk_path(struct arena *a, const char *pattern, str id);    /* with one %s */

#endif
