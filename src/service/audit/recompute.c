/* recompute: every yen is rules(facts), so anybody may ask the rules again. The stored bytes are hashed again, the stored rule file
 * is asked over the stored facts and the calendar of then, and what it says is compared with what was decided, byte for byte;
 * the event that recorded the decision must name the same bytes. */
#include "assess/assess.h"
#include "audit/trace.h"
#include "shienkin/service/queue.h"

enum { CHECKS_MOST = 7 };
struct comparison { struct work *w; struct json *items; size_t count; bool all; };

static void compare(struct comparison *c, const char *what, struct sha256 stored, struct sha256 found) {
  struct members m = members_in(c->w->arena);
  bool same = memcmp(&stored, &found, sizeof stored) == 0;
  assert(c->count < CHECKS_MOST);
  members_add_str(&m, "what", str_of(what));
  members_add_sha256(&m, "stored", stored);
  members_add_sha256(&m, "found", found);
  members_add_bool(&m, "same", same);
  c->items[c->count++] = members_object(&m);
  c->all = c->all && same;
}

static str member_text(const struct json *object, const char *name) {
  const struct json *found = json_get(object, str_of(name));
  return found && found->kind == JSON_KIND_STRING ? json_text(found) : STR("");
}

/* What an event's body says of the row that it recorded; false: it does not name it. */
static bool names_row(struct arena *a, str body, str table, str id, struct sha256 *found) {
  struct findings f = findings_in(a);
  struct json document;
  str bytes;
  if (json_read(a, body, (struct json_limits){ 0, 0 }, &f, &document) != RESULT_OK) return false;
  const struct json *rows = json_get(&document, STR("rows"));
  for (uint32_t i = 0; rows && rows->kind == JSON_KIND_ARRAY && i < rows->count; i++) {
    const struct json *row = &rows->as.items[i];
    if (!str_eq(member_text(row, "table"), table) || !str_eq(member_text(row, "id"), id)) continue;
    if (hex_decode(a, member_text(row, "sha256"), &bytes) != RESULT_OK || bytes.n != sizeof *found) continue;
    memcpy(found, bytes.p, sizeof *found);
    return true;
  }
  return false;
}

/* What the approval's event says of the decision; zero where none names it. A claim is approved a few times at most, and looked at
 * without end: so its approvals alone are read. */
static result recorded(const struct tracing *t, struct sha256 *found) {
  struct trail_filter approvals = { .claim_id = t->decision.claim_id, .type = STR("proposal.approved") };
  struct event_read_row *rows;
  size_t count;
  str id = service__uuid_text(t->w->arena, t->decision.id);
  *found = (struct sha256){ { 0 } };
  TRY(store_trail(t->w->tx, &approvals, 0, TIMELINE_MOST, &rows, &count));
  for (size_t i = 0; i < count; i++)
    if (names_row(t->w->arena, rows[i].body, STR("decision"), id, found)) break;
  return RESULT_OK;
}

static result ask_again(struct tracing *t, struct verdict *verdict, str *refused) {
  struct findings f = findings_in(t->w->arena);
  result r = assess__decide_again(t->w, &t->snapshot, t->decision.rule_set_id, &f, verdict);
  *refused = STR_NONE;
  if (r != RESULT_REFUSED && r != RESULT_CONFLICT) return r;
  *refused = f.count ? str_of(f.items[0].code) : STR("rules_broken");
  return RESULT_OK;
}

result audit__recompute(struct tracing *t, struct members *m) {
  struct comparison c = { .w = t->w, .items = ARENA_ARRAY(t->w->arena, struct json, CHECKS_MOST), .all = true };
  struct members one = members_in(t->w->arena);
  struct verdict verdict;
  struct sha256 said;
  str refused;
  TRY(ask_again(t, &verdict, &refused));
  TRY(recorded(t, &said));
  compare(&c, "facts", t->snapshot.sha256, sha256_of(t->snapshot.body));
  compare(&c, "rules", t->proposal.rule_set_sha256, sha256_of(t->rules.bytes));
  compare(&c, "calendar", t->snapshot.calendar_sha256, sha256_of(t->calendar.bytes));
  compare(&c, "decision_stored", t->decision.sha256, sha256_of(t->decision.body));
  compare(&c, "decision", t->decision.sha256, verdict.decision_sha256);
  compare(&c, "trace", t->decision.trace_sha256, verdict.trace_sha256);
  compare(&c, "event", t->decision.sha256, said);
  members_add_bool(&one, "identical", c.all);
  members_add_str(&one, "refused", refused);
  members_add(&one, "checks", json_of_array(c.items, c.count));
  members_add(m, "recomputed", members_object(&one));
  return RESULT_OK;
}
