/* filing: what the steps of filing share. Each step is a page over the saved draft: what was typed is kept as it was typed, and
 * then looked at. A form carries `seen`, a digest of its step's part of the draft as it was shown: where another window changed
 * that part meanwhile, both are shown and nothing is written; where it changed another part, nobody has to know.
 *
 * A draft's document is {facts, payee, report, step, asked}: `asked` holds answers that are no facts (whether it is still
 * closed, which account a form is about), for the pages alone. */
#ifndef WEB_FILING_H
#define WEB_FILING_H

#include "facts_form.h"
#include "routes.h"

struct filing {
  struct page page;
  struct uuid claim;
  str id;                               /* "clm_…" */
  str facility, saved_at;
  int64_t version;
  struct json document;
};

enum filing_step { FILING_INCIDENT, FILING_CLOSURES, FILING_LEAK, FILING_FILINGS, FILING_PAYEE, FILING_REPORT, FILING_EVIDENCE,
                   FILING_REVIEW, FILING_STEPS };
extern const char *const filing__names[FILING_STEPS];           /* as in paths: "incident" */
const char *filing__title(enum filing_step step);               /* of the catalogue */
str filing__path(struct arena *a, str id, const char *rest);    /* "/filing/<id>/<rest>" */

/* Reads the draft of the path. False: *answer is where to go instead (a claim that was filed: its receipt). */
bool filing__open(struct http_request *r, struct filing *f, struct http_answer *answer);
/* The digest of what stands at the places. */
str filing__seen(const struct filing *f, const struct json *document, const char *const *keys, size_t count);

/* A step: which places of the draft are its own, and the questions that stand for them in words. */
struct filing_part { enum filing_step step; const char *const *keys; size_t key_count; const struct question *questions; size_t count; };
enum filing_saved { FILING_SAVED, FILING_STALE, FILING_FAILED };
/* Saves `typed` as the draft, if this part is as it was seen. SAVED: f->document is typed. STALE: document["stale"] holds the
 * places that differ, [{label, theirs, yours}], and f->document is what stands. FAILED: *answer. */
enum filing_saved filing__save(struct filing *f, const struct filing_part *part, const struct json *typed, str seen,
                               struct http_answer *answer);
/* What submission would say of the draft. False: *answer. */
bool filing__assess(struct filing *f, struct json *assessment, struct http_answer *answer);
/* Findings of places of this part where something was typed: what is missing waits for the review. */
struct findings filing__faults(struct filing *f, const struct filing_part *part, const struct json *assessment);

/* The form of a step with its hidden fields, and the page around it. */
struct http_answer filing__show(struct filing *f, int status, const struct filing_part *part, const struct json *document,
                                const char *template, const struct findings *faults);
/* After saving: the next step, home, or the same page, by the button that was pressed. */
struct http_answer filing__go_on(struct filing *f, enum filing_step step, str button);
/* What every step's page has: its place among the steps. */
void filing__frame(struct filing *f, enum filing_step step);

extern const struct http_parameter filing__claim_path[];
/* Fields that the form of every step has. */
#define FILING_FIELDS FORM_TEXT("seen", 100), FORM_TEXT("go", 20)
enum { FILING_REALMS = HTTP_CLINIC | HTTP_STAFF, FILING_ROLES = HTTP_ROLE_CLINIC | HTTP_ROLE_PROXY };
#define FILING_ROW(name_, method_, path_, ja, en)                                                        \
  .name = (name_), .method = (method_), .path = (path_), .realms = FILING_REALMS, .roles = FILING_ROLES, \
  .face = HTTP_PAGE, .tag = "pages", .summary_ja = (ja), .summary_en = (en)

extern const struct question filing__incident[], filing__closures[], filing__leak[], filing__filings[];
extern const size_t filing__incident_count, filing__leak_count, filing__filings_count;
/* Those of the closures that are told one by one: the boxes of the days off behind them hold only where the roster does not. */
extern const size_t filing__closures_told;

/* The table of who must be told by when (rules/reporting-duties): document["duties"]. */
void filing__duties(struct page *p, const struct json *document);
/* The months of the closures with what counts: document["months"]. `assessment`: of filing__assess(). */
void filing__calendar(struct page *p, const struct json *document, const struct json *assessment);
bool filing__still_closed(const struct json *document, day today);     /* goes on, and is filed to an earlier day than today */
/* Files that came: document["files"], document["file_count"]. False: *answer. */
bool filing__files(struct filing *f, struct http_answer *answer);

#endif
