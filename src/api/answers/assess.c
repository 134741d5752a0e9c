/* assess: what the rules say, to claimants. */
#include "answers.h"

static const struct spec decision_null = { .kind = SPEC_CHOICE, .nullable = true,
                                           .choices = (const struct spec *const[]){ &api__decision, NULL } };

/* ---- what is still to come */

static const struct spec arrival = API_OBJECT({ "pointer", true, &api__text }, { "name_ja", true, &api__text },
                                              { "name_en", true, &api__text });
static const struct spec arrival_set = API_ARRAY(arrival);
static const struct spec arrival_sets = API_ARRAY(arrival_set);
static const struct spec arrival_item = API_OBJECT({ "item", true, &api__item }, { "sets", true, &arrival_sets });
static const struct spec arrivals = {
  .kind = SPEC_ARRAY, .items = &arrival_item, .component = "Arrivals",
  .description = "for each item, sets of facts and filings: when all of a set arrive, the item becomes payable"
};

const struct spec answer__assessment = {
  .kind = SPEC_OBJECT,
  .members = API_MEMBERS({ "claim", true, &api__id_claim }, { "version", true, &api__integer },
                         { "decision", true, &api__decision }, { "arrivals", true, &arrivals }),
};
/* ---- days and desks, as the model tells them */

static const struct spec told_day = API_OBJECT({ "day", true, &api__date }, { "verdict", true, &api__text }, { "counts", true, &api__bool_spec },
                                               { "ja", true, &api__text }, { "en", true, &api__text });
static const struct spec told_days = API_ARRAY(told_day);
static const struct spec desk =
    API_OBJECT({ "code", true, &api__text_null }, { "name_ja", true, &api__text_null }, { "name_en", true, &api__text_null },
               { "telephone", true, &api__text_null }, { "hours_ja", true, &api__text_null }, { "hours_en", true, &api__text_null },
               { "for_ja", true, &api__text_null }, { "for_en", true, &api__text_null });
static const struct spec desks = API_ARRAY(desk);

const struct spec answer__draft_assessment =
    API_OBJECT({ "claim", true, &api__id_claim }, { "version", true, &api__integer }, { "decision", true, &decision_null },
               { "arrivals", true, &arrivals }, { "days", true, &told_days }, { "desks", true, &desks },
               { "open", true, &answer__remarks }, { "warnings", true, &answer__remarks },
               { "unresolved", true, &api__bool_spec });
const struct spec answer__estimate = API_OBJECT({ "decision", true, &decision_null }, { "arrivals", true, &arrivals },
                                                { "days", true, &told_days }, { "desks", true, &desks }, { "open", true, &answer__remarks });
