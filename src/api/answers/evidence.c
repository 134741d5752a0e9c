/* evidence: files. */
#include "answers.h"

const struct spec answer__upload_begun =
    API_OBJECT({ "evidence", true, &api__id_evidence }, { "offset", true, &api__integer },
               { "chunk_bytes", true, &api__integer }, { "length", true, &api__integer });
static const char *const states[] = { "none", "waiting", "clean", "infected", "unscannable", NULL };
static const struct spec state = { .kind = SPEC_ENUM, .words = states,
                                   .description = "none: no scanner is configured and none has looked; infected: kept, and opened to nobody" };
#define SCAN_MEMBERS                                                                                                     \
  API_MEMBERS({ "state", true, &state }, { "at", true, &api__moment_null }, { "engine", true, &api__short_null },       \
              { "signature", true, &api__short_null })
static const struct spec scan = { .kind = SPEC_OBJECT, .component = "Scan", .members = SCAN_MEMBERS };
static const struct spec scan_null = { .kind = SPEC_OBJECT, .nullable = true, .members = SCAN_MEMBERS };
const struct spec answer__upload = API_OBJECT({ "evidence", true, &api__id_evidence }, { "offset", true, &api__integer },
                                              { "length", true, &api__integer }, { "finished", true, &api__bool_spec },
                                              { "scan", true, &scan_null });
const struct spec answer__file = {
  .kind = SPEC_OBJECT,
  .component = "File",
  .members = API_MEMBERS({ "evidence", true, &api__id_evidence }, { "name", true, &api__short }, { "length", true, &api__integer },
                         { "sha256", true, &api__sha256 }, { "media_type", true, &api__short },
                         { "purpose", false, &api__text_null }, { "at", false, &api__moment },
                         { "scan", true, &scan }),
};
static const struct spec list = API_ARRAY(answer__file);
const struct spec answer__files =
    API_OBJECT({ "files", true, &list }, { "count", true, &api__integer }, { "bytes", true, &api__integer });
