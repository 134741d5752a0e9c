/* specs: what many bodies and answers hold. */
#include "api_inside.h"

enum { TEXT_MOST = 4000, SHORT_MOST = 200 };

#define BOTH(name, ...)                                    \
  const struct spec name = { __VA_ARGS__ };                \
  const struct spec name##_null = { .nullable = true, __VA_ARGS__ }

BOTH(api__text, .kind = SPEC_STRING, .max_length = TEXT_MOST);
BOTH(api__short, .kind = SPEC_STRING, .max_length = SHORT_MOST);
BOTH(api__integer, .kind = SPEC_INTEGER);
BOTH(api__yen, .kind = SPEC_INTEGER, .description = "whole yen");
BOTH(api__date, .kind = SPEC_DATE);
BOTH(api__moment, .kind = SPEC_STRING, .format = "date-time", .max_length = 32);
const struct spec api__bool_spec = { .kind = SPEC_BOOL };
const struct spec api__bool_null = { .kind = SPEC_BOOL, .nullable = true };

static bool is_sha256(str s) {
  if (s.n != 64) return false;
  for (size_t i = 0; i < s.n; i++) {
    bool hex = (s.p[i] >= '0' && s.p[i] <= '9') || (s.p[i] >= 'a' && s.p[i] <= 'f');
    if (!hex) return false;
  }
  return true;
}
BOTH(api__sha256, .kind = SPEC_STRING, .pattern = is_sha256, .pattern_text = "^[0-9a-f]{64}$");

const struct spec api__any = { .kind = SPEC_ANY };
const struct spec api__object = { .kind = SPEC_MAP, .items = &api__any };
const struct spec api__texts = API_ARRAY(api__text);
const struct spec api__empty = { .kind = SPEC_OBJECT, .members = API_MEMBERS({ NULL, false, NULL }) };

/* ---- words */

static const char *const states[] = { "draft",    "submitted", "in_review",       "info_requested", "dormant",
                                      "proposed", "decided",   "reconsideration", "withdrawn",      "erased",
                                      NULL };
const struct spec api__claim_state = { .kind = SPEC_ENUM, .words = states, .component = "ClaimState" };

static const char *const channels[] = { "online", "proxy", "paper", "telephone", NULL };
const struct spec api__channel = { .kind = SPEC_ENUM, .words = channels, .component = "Channel",
                                   .description = "how it came: clinics \"online\", proxies \"proxy\", the staff what "
                                                  "came on paper or by telephone" };

static const char *const items[] = { "attack", "closure", "leak_by_attack", "leak_other", NULL };
const struct spec api__item = { .kind = SPEC_ENUM, .words = items, .component = "Item" };

static const char *const outcomes[] = { "payable",       "partly_payable", "awaiting_filing", "undetermined",
                                        "not_payable",   NULL };
const struct spec api__outcome = { .kind = SPEC_ENUM, .words = outcomes, .component = "Outcome",
                                   .description = "of a whole claim (P26)" };

static const char *const roles[] = { "clinic", "proxy", "adjuster", "approver", "cashier", "owner", "auditor", NULL };
const struct spec api__role = { .kind = SPEC_ENUM, .words = roles, .component = "Role" };

/* ---- documents that have a schema of their own; documents.c gives it */

const struct spec api__decision = { .kind = SPEC_MAP, .items = &api__any, .component = "Decision" };
const struct spec api__facts_asserted = { .kind = SPEC_MAP, .items = &api__any, .component = "Facts" };

/* ---- ids */

#define ID_PATTERN(prefix) "^" prefix "[0-7][0-9A-HJKMNP-TV-Z]{25}$"
#define ID_DEFINED(table, table_prefix)                                                                \
  static bool is_##table##_id(str s) {                                                                 \
    struct uuid ignored;                                                                               \
    return uuid_from_outside(s, table_prefix, &ignored);                                               \
  }                                                                                                    \
  BOTH(api__id_##table, .kind = SPEC_STRING, .pattern = is_##table##_id, .pattern_text = ID_PATTERN(table_prefix));
API_ID_TABLES(ID_DEFINED)

bool api__is_id(const struct spec *s) {
#define ID_IS(table, prefix) if (s == &api__id_##table || s == &api__id_##table##_null) return true;
  API_ID_TABLES(ID_IS)
  return false;
}
