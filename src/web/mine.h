/* mine: what the pages of somebody's own claims share. Each page reads the claim anew as its claimant sees it, so that what
 * it shows is what stands; a form names the version that it was made of. */
#ifndef WEB_MINE_H
#define WEB_MINE_H

#include "routes.h"

/* States in which an account, the report and files are taken. */
#define MINE_LIVING "submitted in_review info_requested dormant proposed decided reconsideration"

struct mine {
  struct page page;
  struct uuid claim;
  str id;                               /* "clm_…" */
  struct json view;                     /* of claim_view() */
  str state;
  int64_t version;
};

/* Reads the claim of the path. False: *answer is where to go instead (a draft: its wizard) or why not. */
bool mine__open(struct http_request *r, struct mine *m, struct http_answer *answer);
bool mine__is(const struct mine *m, const char *states);        /* the state is among these, spaces between */
str mine__path(const struct mine *m, const char *rest);         /* "/claims/<id><rest>" */
/* Sets number, facility, state and the way back, for {{> mine_top}}. */
void mine__head(struct mine *m);
/* The hidden field `version` of the claim. */
struct json_member mine__version(const struct mine *m);
int64_t mine__posted_version(const struct http_request *r);     /* the one that came; never any version */
/* A refusal that its form shows again: what was typed does not fit, or somebody was quicker. */
static inline bool mine__shown_again(result why) { return why == RESULT_REFUSED || why == RESULT_CONFLICT; }
/* The account that stands: document["payee"], for {{> payee}}; false where there is none. */
void mine__payee(struct mine *m);
/* A facility that one files for, as the roster knows it today (facilities_mine()); null for another. */
struct json mine__facility(struct page *p, str facility);
/* The claims of the home page: document["claims"], ["filters"], ["older"]. False: *failure. */
bool mine__list(struct page *p, struct http_answer *failure);
extern const struct http_parameter mine__list_query[];

extern const struct http_parameter mine__claim_path[];
enum { MINE_REALMS = HTTP_CLINIC | HTTP_STAFF, MINE_ROLES = HTTP_ROLE_CLINIC | HTTP_ROLE_PROXY };
#define MINE_ROW(name_, method_, path_, ja, en)                                                            \
  .name = (name_), .method = (method_), .path = (path_), .realms = MINE_REALMS, .roles = MINE_ROLES, .face = HTTP_PAGE, \
  .path_parameters = mine__claim_path, .tag = "pages", .summary_ja = (ja), .summary_en = (en)
/* A form that changes the claim, once however often it is sent. */
#define MINE_FORM(name_, path_, ja, en, fields_, handler_)                                                 \
  MINE_ROW(name_, HTTP_POST, path_, ja, en), .body = HTTP_BODY_FORM, .form_parameters = (fields_), .idempotent = true, \
  .handler = (handler_)
#define MINE_CLAIM { .name = "claim", .kind = HTTP_PARAMETER_ID, .prefix = "clm_", .description_en = "the claim" }
#define MINE_VERSION { .name = "version", .kind = HTTP_PARAMETER_INTEGER, .least = 0, .most = INT64_C(1) << 53, .description_en = "As shown" }
#define MINE_TEXT(field, most_characters) \
  { .name = (field), .kind = HTTP_PARAMETER_TEXT, .may_be_empty = true, .most = (most_characters), .description_en = "As typed" }

#endif
