/* reference: what does not belong to one claim: facilities, the declaration, calendars, banks. */
#include "answers.h"

static const struct spec facility =
    API_OBJECT({ "facility", true, &api__id_facility }, { "mandate", true, &api__short }, { "key", true, &api__short },
               { "name", true, &api__short_null }, { "kind", true, &api__short_null }, { "code", true, &api__short_null },
               { "closed_weekdays", true, &api__texts }, { "closed_on_holidays", true, &api__bool_spec });
static const struct spec facilities = API_ARRAY(facility);
const struct spec answer__facilities = API_OBJECT({ "facilities", true, &facilities });

static const struct spec long_text = { .kind = SPEC_STRING };
const struct spec answer__declaration =
    API_OBJECT({ "declaration", true, &api__id_declaration }, { "version", true, &api__short }, { "ja", true, &long_text },
               { "en", true, &long_text });

static const struct spec holiday = API_OBJECT({ "day", true, &api__date }, { "name", true, &api__short });
static const struct spec days = API_ARRAY(holiday);
const struct spec answer__calendar =
    API_OBJECT({ "kind", true, &api__short }, { "version", true, &api__short }, { "sha256", true, &api__sha256 },
               { "from", true, &api__date }, { "to", true, &api__date }, { "days", true, &days });

static const struct spec bank = API_OBJECT({ "code", true, &api__short }, { "kana", true, &api__short }, { "name", true, &api__short });
static const struct spec banks = API_ARRAY(bank);
const struct spec answer__banks = API_OBJECT({ "directory", true, &api__short }, { "banks", true, &banks });
const struct spec answer__branches = API_OBJECT({ "directory", true, &api__short }, { "branches", true, &banks });
