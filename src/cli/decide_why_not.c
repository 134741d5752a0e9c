#include "decide_why_not.h"

#define SETS_SHOWN 5

static struct why_not search(struct scheme_decider *d, struct arena *a, const struct facts *facts, enum item item) {
  struct why_not found = { NULL, 0, false };
  if (scheme_why_not(d, a, facts, item, false, 0, &found) != RESULT_OK) found = (struct why_not){ NULL, 0, false };
  return found;
}

static void write_set(struct json_writer *w, const struct why_set *set) {
  json_write_begin_array(w);
  for (uint32_t i = 0; i < set->count; i++) {
    json_write_begin_object(w);
    json_write_name(w, STR("kind"));
    json_write_str(w, set->facts[i].kind == WHY_ARRIVAL ? STR("arrival") : STR("change"));
    json_write_name(w, STR("pointer"));
    json_write_str(w, set->facts[i].pointer);
    json_write_name(w, STR("with"));
    json_write_raw(w, set->facts[i].with);
    json_write_end_object(w);
  }
  json_write_end_array(w);
}

str cli_why_not_member(struct scheme_decider *d, struct arena *a, const struct facts *facts, const struct decision *decision) {
  struct buf out = buf_in(a);
  struct json_writer w = json_writer_to(&out);
  buf_add(&out, STR(",\"why_not\":"));
  json_write_begin_object(&w);
  for (int i = 0; i < ITEM_COUNT; i++) {
    if (decision->items[i].outcome == OUTCOME_PAYABLE) continue;
    struct why_not found = search(d, a, facts, (enum item)i);
    json_write_name(&w, scheme_item_code((enum item)i));
    json_write_begin_object(&w);
    json_write_name(&w, STR("complete"));
    json_write_bool(&w, found.complete);
    json_write_name(&w, STR("sets"));
    json_write_begin_array(&w);
    for (uint32_t k = 0; k < found.count; k++) write_set(&w, &found.sets[k]);
    json_write_end_array(&w);
    json_write_end_object(&w);
  }
  json_write_end_object(&w);
  return buf_str(&out);
}

static void tell_set(struct buf *out, const struct why_set *set, bool ja) {
  buf_add(out, STR("    "));
  for (uint32_t i = 0; i < set->count; i++) {
    bool arrives = set->facts[i].kind == WHY_ARRIVAL;
    str what = scheme_fact_name(set->facts[i].pointer, ja);
    buf_format(out, "%s%.*s → %.*s%s", i ? (ja ? "、" : "; ") : "", STR_ARG(what), STR_ARG(set->facts[i].with),
               arrives ? "" : ja ? "（申告の変更）" : " (a change of what was said)");
  }
  buf_byte(out, '\n');
}

str cli_why_not_text(struct scheme_decider *d, struct arena *a, const struct facts *facts, const struct decision *decision,
                     bool ja) {
  struct buf out = buf_in(a);
  for (int i = 0; i < ITEM_COUNT; i++) {
    if (decision->items[i].outcome == OUTCOME_PAYABLE) continue;
    struct why_not found = search(d, a, facts, (enum item)i);
    str name = scheme_item_name((enum item)i, ja);
    buf_format(&out, ja ? "  %.*sを支給できるようにする最小の事実:\n" : "  What would make it payable: %.*s\n", STR_ARG(name));
    if (!found.count) buf_add(&out, ja ? STR("    ありません\n") : STR("    nothing that may still arrive or change\n"));
    for (uint32_t k = 0; k < found.count && k < SETS_SHOWN; k++) tell_set(&out, &found.sets[k], ja);
    if (found.count > SETS_SHOWN) buf_format(&out, ja ? "    ほか %u 通り\n" : "    and %u more\n", found.count - SETS_SHOWN);
  }
  return buf_str(&out);
}
