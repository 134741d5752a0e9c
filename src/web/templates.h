/* templates: the pages' templates, compiled once for the process. */
#ifndef WEB_TEMPLATES_H
#define WEB_TEMPLATES_H

#include "shienkin/codec.h"

const struct template_set *web__template_set(void);

#endif
