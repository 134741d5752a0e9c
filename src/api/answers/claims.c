/* claims: drafts, claims and what happens to them, as claimants see it. */
#include "answers.h"

/* ---- remarks */

const struct spec answer__remark = {
  .kind = SPEC_OBJECT,
  .component = "Remark",
  .members = API_MEMBERS({ "pointer", false, &api__text }, { "code", true, &api__short }, { "message_ja", true, &api__text },
                         { "message_en", true, &api__text }),
};
const struct spec answer__remarks = API_ARRAY(answer__remark);

/* ---- drafts */

const struct spec answer__draft_begun =
    API_OBJECT({ "claim", true, &api__id_claim }, { "facility", true, &api__id_facility }, { "channel", true, &api__channel },
               { "state", true, &api__claim_state }, { "version", true, &api__integer });
const struct spec answer__draft_saved =
    API_OBJECT({ "claim", true, &api__id_claim }, { "version", true, &api__integer }, { "saved_at", true, &api__moment });
const struct spec answer__draft =
    API_OBJECT({ "claim", true, &api__id_claim }, { "facility", true, &api__id_facility }, { "channel", true, &api__channel },
               { "version", true, &api__integer }, { "saved_at", true, &api__moment }, { "document", true, &api__object });

/* ---- what a change answers */

const struct spec answer__receipt = {
  .kind = SPEC_OBJECT,
  .component = "Receipt",
  .members = API_MEMBERS({ "claim", true, &api__id_claim }, { "number", true, &api__short },
                         { "state", true, &api__claim_state }, { "version", true, &api__integer },
                         { "submitted_at", true, &api__moment }, { "facility", true, &api__id_facility },
                         { "occurred_on", true, &api__date }, { "declaration", true, &api__short },
                         { "facts_sha256", true, &api__sha256 }, { "warnings", false, &answer__remarks }),
};
const struct spec answer__amended =
    API_OBJECT({ "claim", true, &api__id_claim }, { "state", true, &api__claim_state }, { "version", true, &api__integer },
               { "facts_version", true, &api__integer }, { "changed", true, &api__texts });
const struct spec answer__payee_changed =
    API_OBJECT({ "claim", true, &api__id_claim }, { "version", true, &api__integer }, { "holder_name", true, &api__text },
               { "changes", true, &api__texts }, { "warnings", true, &answer__remarks });
const struct spec answer__report_saved = API_OBJECT({ "claim", true, &api__id_claim }, { "version", true, &api__integer });
const struct spec answer__claim_state = API_OBJECT({ "claim", true, &api__id_claim }, { "state", true, &api__claim_state },
                                                   { "version", false, &api__integer });
const struct spec answer__reply = API_OBJECT({ "claim", true, &api__id_claim }, { "request", true, &api__id_request },
                                             { "state", true, &api__claim_state }, { "version", true, &api__integer });
static const char *const directions[] = { "from_claimant", "to_claimant", NULL };
static const struct spec direction = { .kind = SPEC_ENUM, .words = directions };
const struct spec answer__message = API_OBJECT({ "message", true, &api__id_message }, { "at", true, &api__moment },
                                               { "direction", true, &direction });
const struct spec answer__reconsideration =
    API_OBJECT({ "claim", true, &api__id_claim }, { "reconsideration", true, &api__id_reconsideration },
               { "decision", false, &api__id_decision }, { "state", true, &api__claim_state },
               { "version", true, &api__integer });

/* ---- the list */

#define CLAIM_HEAD                                                                                              \
  { "claim", true, &api__id_claim }, { "number", true, &api__short_null }, { "facility", true, &api__id_facility },     \
      { "channel", true, &api__channel }, { "state", true, &api__claim_state }, { "version", true, &api__integer },     \
      { "submitted_at", true, &api__moment_null }, { "moved_at", true, &api__moment }

static const struct spec line = API_OBJECT(CLAIM_HEAD, { "asked", true, &api__integer });
static const struct spec lines = API_ARRAY(line);
const struct spec answer__claims = API_OBJECT({ "claims", true, &lines }, { "next", true, &api__short_null });

/* ---- one claim */

static const struct spec incident = API_OBJECT({ "incident", true, &api__id_incident }, { "occurred_on", true, &api__date });
static const struct spec roster =
    API_OBJECT({ "class", true, &api__short_null }, { "relation", true, &api__short_null }, { "kind", true, &api__short_null },
               { "code", true, &api__short_null }, { "name", true, &api__short_null });
static const struct spec payee = {
  .kind = SPEC_OBJECT,
  .nullable = true,
  .description = "as it is held; of the number only the end",
  .members = API_MEMBERS({ "bank_code", false, &api__short_null }, { "branch_code", false, &api__short_null },
                         { "account_type", false, &api__short_null }, { "account_number", false, &api__short_null },
                         { "holder_name", false, &api__text_null }, { "changes", false, &api__texts },
                         { "warnings", false, &answer__remarks }, { "version", true, &api__integer }),
};
static const struct spec report = { .kind = SPEC_MAP, .nullable = true, .items = &api__any };
static const struct spec asked_one =
    API_OBJECT({ "request", true, &api__id_request }, { "keys", true, &api__texts }, { "due_on", true, &api__date },
               { "text", true, &api__text }, { "at", true, &api__moment });
static const struct spec asked = API_ARRAY(asked_one);
static const struct spec answered_one =
    API_OBJECT({ "request", true, &api__id_request }, { "keys", true, &api__texts }, { "due_on", true, &api__date },
               { "text", true, &api__text }, { "at", true, &api__moment }, { "ended", true, &api__short },
               { "reply", true, &api__text_null }, { "replied_at", true, &api__moment });
static const struct spec answered = API_ARRAY(answered_one);
static const struct spec message = API_OBJECT({ "message", true, &api__id_message }, { "direction", true, &direction },
                                              { "text", true, &api__text }, { "at", true, &api__moment });
static const struct spec messages = API_ARRAY(message);
static const struct spec files = API_ARRAY(answer__file);
static const struct spec decision = {
  .kind = SPEC_OBJECT,
  .nullable = true,
  .members = API_MEMBERS({ "decision", true, &api__id_decision }, { "number", true, &api__integer },
                         { "at", true, &api__moment }, { "body", true, &api__decision }),
};
static const struct spec step = API_OBJECT({ "event", true, &api__id_event }, { "type", true, &api__short },
                                           { "at", true, &api__moment }, { "version", true, &api__integer });
static const struct spec steps = API_ARRAY(step);
const struct spec answer__claim = {
  .kind = SPEC_OBJECT,
  .component = "Claim",
  .members = API_MEMBERS(CLAIM_HEAD, { "facts", true, &api__facts_asserted }, { "facts_version", true, &api__integer },
                         { "facts_sha256", true, &api__sha256 }, { "incident", true, &incident },
                         { "roster", true, &roster }, { "payee", true, &payee }, { "report_version", true, &api__integer },
                         { "report", true, &report }, { "asked", true, &asked },
                         { "answered", true, &answered }, { "messages", true, &messages },
                         { "evidence", true, &files }, { "decision", true, &decision }, { "steps", true, &steps }),
};

/* ---- what a claim rests on */

static const struct spec event = API_OBJECT({ "event", true, &api__id_event }, { "type", true, &api__short },
                                            { "at", true, &api__moment }, { "version", true, &api__integer_null },
                                            { "sha256", false, &api__sha256 });
static const struct spec events = API_ARRAY(event);
const struct spec answer__certificate =
    API_OBJECT({ "claim", true, &api__id_claim }, { "number", true, &api__short_null }, { "state", true, &api__claim_state },
               { "version", true, &api__integer }, { "at", true, &api__moment }, { "facts_version", true, &api__integer },
               { "facts_sha256", true, &api__sha256 }, { "decision_sha256", true, &api__sha256_null },
               { "events", true, &events });
