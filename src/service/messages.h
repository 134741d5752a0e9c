/* messages: every problem that the service names, with its status and texts; see service/core.h, struct service_problem. */
#ifndef SHIENKIN_SERVICE_MESSAGES_H
#define SHIENKIN_SERVICE_MESSAGES_H

#include "shienkin/service.h"

#endif
