/* casework_value: the value of a fact as an adjuster types it. */
#ifndef WEB_CASEWORK_VALUE_H
#define WEB_CASEWORK_VALUE_H

#include "page.h"

enum value_shape { VALUE_YES_NO, VALUE_DAY, VALUE_ATTACK, VALUE_CLASS, VALUE_RELATION, VALUE_KIND, VALUE_NUMBER, VALUE_TEXT,
                   VALUE_WEEKDAYS, VALUE_DAYS, VALUE_CLOSURES };
bool casework__value_shape(str key, enum value_shape *out);             /* false: nobody corrects this */
struct page_field casework__value_field(enum value_shape shape);
/* What was typed as a value: nothing typed is null, of a list the empty list. false: it cannot be read. */
bool casework__value_read(struct arena *a, enum value_shape shape, str text, struct json *out);
str casework__value_written(struct arena *a, enum value_shape shape, const struct json *value);

#endif
