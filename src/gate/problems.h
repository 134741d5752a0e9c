/* problems: which problem speaks for a status when no finding does. */
#ifndef SHIENKIN_GATE_PROBLEMS_H
#define SHIENKIN_GATE_PROBLEMS_H

#include "shienkin/gate.h"

const struct http_problem *gate__problem_of_status(int status); /* details without places to fill */

#endif
