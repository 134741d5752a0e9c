/* evidence: files. */
#include "answers.h"

const struct spec answer__upload_begun =
    API_OBJECT({ "evidence", true, &api__id_evidence }, { "offset", true, &api__integer },
               { "chunk_bytes", true, &api__integer }, { "length", true, &api__integer });
const struct spec answer__upload = API_OBJECT({ "evidence", true, &api__id_evidence }, { "offset", true, &api__integer },
                                              { "length", true, &api__integer }, { "finished", true, &api__bool_spec });
const struct spec answer__file = {
  .kind = SPEC_OBJECT,
  .component = "File",
  .members = API_MEMBERS({ "evidence", true, &api__id_evidence }, { "name", true, &api__short }, { "length", true, &api__integer },
                         { "sha256", true, &api__sha256 }, { "media_type", true, &api__short },
                         { "purpose", false, &api__text_null }, { "at", false, &api__moment }),
};
static const struct spec list = API_ARRAY(answer__file);
const struct spec answer__files =
    API_OBJECT({ "files", true, &list }, { "count", true, &api__integer }, { "bytes", true, &api__integer });
