/* dmn_files: DMN models from files, for the commands that run the engine by itself, and a host for them: the system's
 * clock and its time zones. */
#ifndef CLI_DMN_FILES_H
#define CLI_DMN_FILES_H

#include "shienkin/dmn.h"

/* The model at `path`; what it imports is looked for among the .dmn files beside it. Findings as dmn_model_load() gives
 * them; RESULT_NOT_FOUND or RESULT_OUTSIDE: the file cannot be read. */
MUST_USE result dmn_files_load(struct arena *a, const char *path, struct findings *f, struct dmn_model **out);

/* Zones are read from the system's zoneinfo when first asked for and kept in the arena. */
struct dmn_files_zones;
struct dmn_host dmn_files_host(struct arena *a);

#endif
