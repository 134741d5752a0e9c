/* The texts of diagnostics, one for each enum dmn_diagnostic_code, in its order. A detail is added behind a colon. */
#ifndef DMN_DIAGNOSTICS_H
#define DMN_DIAGNOSTICS_H

#include "eval.h"

extern const struct message dmn__diagnostic_texts[DMN_DIAG_COUNT];

#endif
