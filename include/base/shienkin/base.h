/* base: what every room above stands on. Results, arenas, strings, findings, clock and randomness as
 * interfaces, log, configuration. Needs libc alone. Including this header includes all parts. */
#ifndef SHIENKIN_BASE_H
#define SHIENKIN_BASE_H

#include "base/result.h"
#include "base/arena.h"
#include "base/str.h"
#include "base/findings.h"
#include "base/sources.h"
#include "base/file.h"
#include "base/log.h"
#include "base/process.h"
#include "base/config.h"

#endif
