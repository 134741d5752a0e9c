/* staff: specs that many endpoints of the staff share. */
#include "staff.h"

const struct http_parameter staff__claim_path[] = { API_CLAIM_ID, { .name = NULL } };

const struct spec staff__claim_moved = API_OBJECT(
    { "claim", true, &api__id_claim }, { "state", true, &api__claim_state }, { "version", true, &api__integer });
const struct spec staff__reason = API_OBJECT({ "reason", true, &api__text });
const struct spec staff__code = { .kind = SPEC_STRING, .max_length = 100 };
const struct spec staff__code_null = { .kind = SPEC_STRING, .max_length = 100, .nullable = true };

static const struct spec pointer = { .kind = SPEC_STRING, .max_length = 100, .description = "JSON Pointer of a fact" };
const struct spec staff__pointers = { .kind = SPEC_ARRAY, .items = &pointer, .max_items = 100, .distinct = true };
