/* casework: what the pages of adjusters and approvers share: the words for facts, items and verdicts, a case read whole, and
 * its page with one of its forms filled in. */
#ifndef WEB_CASEWORK_H
#define WEB_CASEWORK_H

#include "page.h"

enum { CASE_LOOKS = HTTP_ROLE_ADJUSTER | HTTP_ROLE_APPROVER | HTTP_ROLE_OWNER | HTTP_ROLE_AUDITOR,
       CASE_JUDGES = HTTP_ROLE_ADJUSTER | HTTP_ROLE_APPROVER, CASE_HOLDS = CASE_JUDGES | HTTP_ROLE_OWNER };

/* ---- words (casework_words.c) */

/* The text "<family>_<code>" of the catalogue "fact"; the code itself where nobody has a word for it. */
str casework__word(const struct page *p, const char *family, str code);
str casework__fact_name(const struct page *p, str key);
/* A fact's value as lines that people read; a list with "unknown" for null. */
struct json casework__value(const struct page *p, const struct json *value);
/* A day of a service's document; "" for null. */
str casework__day(const struct page *p, const struct json *object, const char *name);
str casework__moment(const struct page *p, const struct json *object, const char *name);
/* The list of that name; an empty one where there is none. */
struct json casework__list(const struct json *object, const char *name);

/* ---- cells of decision tables in words (casework_cell.c) */

str casework__cell(const struct page *p, str cell);     /* "true, null": はい、わからない; what is no such form stays as it is */
struct json casework__cells(const struct page *p, const struct json *row, const char *part);    /* "inputs", "outputs" of a row as shown */

/* ---- decisions (casework_decision.c) */

/* {outcome_words, total, potential, claimed_days, closed_days, reasons, items: [{…}], rules} of a decision's document. */
struct json casework__decision(struct page *p, const struct json *decision);
/* What two decisions say differently, line by line; an empty list where nothing differs. */
struct json casework__differences(struct page *p, const struct json *was, const struct json *now);
/* Of a rule set as shown, the tables that were asked, rows that answered marked, with the clauses that they name:
 * {tables: [...], clauses: [...]}. */
struct json casework__tables(struct page *p, const struct json *rules, const struct json *trace);
/* The clauses that a decision's items rest on: [{clause, clause_text}]. */
struct json casework__clauses(struct page *p, const struct json *decision);
/* The text of a clause of the scheme, "P9"; n = 0: there is none. The source: rules/cyber-support/policy-ja.md, policy.md. */
str casework__clause(struct arena *a, bool english, str number);

/* ---- a case (casework_case.c) */

enum { CASE_STORY = 1, CASE_RULES = 2, CASE_PAPERS = 4, CASE_NEIGHBOURS = 8, CASE_WHOLE = 15 };  /* what is read beside the file */
struct casework_case {
  struct uuid claim;
  str id;                               /* "clm_…" */
  str state;
  int64_t version;
  struct json file;
  struct json timeline;                 /* STORY */
  struct json versions, assessment, tables;     /* RULES; the last two null where the rules refused: `unassessed` says why */
  struct findings unassessed;
  struct json evidence;                 /* PAPERS */
  struct json duplicates, neighbours;   /* NEIGHBOURS: the claims of its facility */
};
/* Reads the file and the parts named, a look each; false: *answer is the refusal. */
bool casework__read(struct page *p, struct uuid claim, unsigned parts, struct casework_case *out, struct http_answer *answer);
/* The name of a person by what happened to the claim; "" for the service itself. */
str casework__person(const struct page *p, const struct casework_case *c, str person);
/* What happened after the event that the reader saw last: [{who, what, at}]. */
struct json casework__since(struct page *p, const struct casework_case *c, str seen);
/* The last event of the story, for the hidden field "seen". */
str casework__last_event(const struct casework_case *c);
/* Number, facility, state, who has it: what every page about a case begins with. */
void casework__add_head(struct page *p, const struct casework_case *c);
bool casework__is_mine(const struct page *p, const struct casework_case *c);
/* The files with boxes to choose them, those in `posted` ticked: [{evidence, file_name, media_type, size, sent, purpose, original,
 * first_page, view, scan, scan_advice, infected, chosen}]: the three addresses are n = 0 where there is nothing to see: the last two for a
 * paper of a type that is never shown, all of them for an infected one. */
struct json casework__file(struct page *p, const struct casework_case *c, const struct json *file, const struct http_values *posted);
struct json casework__files(struct page *p, const struct casework_case *c, const struct http_values *posted);

/* ---- facts (casework_facts.c) */

/* document.facts: {open: […], lacking: […], must: […], rest: […]}: each with what the clinic says, what stands, and who checked it. */
void casework__add_facts(struct page *p, const struct casework_case *c, const struct http_values *posted);
const struct json *casework__fact(const struct casework_case *c, str key);     /* of the assessment; NULL: there is none */
/* Whether the decision as it stands lacks it: an item names it as missing, or among those of which one is enough. */
bool casework__lacks(const struct casework_case *c, str key);
struct json casework__fact_row(struct page *p, const struct casework_case *c, const struct json *fact,
                               const struct http_values *posted);

/* ---- where things are */
str casework__path(const struct page *p, struct uuid claim, const char *rest);  /* "/cases/clm_…" + rest */
str casework__fact_path(const struct page *p, struct uuid claim, str key);      /* the page of one of its facts */
/* An id of the prefix from a form's field; zero where it is none. */
struct uuid casework__id(const struct http_values *posted, const char *name, const char *prefix);
/* Ids of the prefix from a field that may come more than once; what is none is left out. */
const struct uuid *casework__ids(struct arena *a, const struct http_values *posted, const char *name, const char *prefix, size_t *count);
#define CASEWORK_FIELD(n, most_) \
  { .name = (n), .kind = HTTP_PARAMETER_TEXT, .may_be_empty = true, .most = (most_), .description_en = "A field of the form" }
#define CASEWORK_FIELDS(n, most_) \
  { .name = (n), .kind = HTTP_PARAMETER_TEXT, .repeated = true, .may_be_empty = true, .most = (most_), .description_en = "Boxes of the form" }
/* The field "version": what the form was made for; SERVICE_ANY_VERSION never passes unseen: 0 where it is no number. */
int64_t casework__version(const struct http_values *posted);

#endif
