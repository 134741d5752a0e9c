/* people: names of those who acted, for trails and files: asked for once for a whole document. */
#ifndef SHIENKIN_SERVICE_CORE_PEOPLE_H
#define SHIENKIN_SERVICE_CORE_PEOPLE_H

#include "core/work.h"

struct names { const struct person_name_row *rows; size_t count; };
/* Of these persons, each once or more; the service's own person has none. */
MUST_USE result service__names(struct work *w, const struct uuid *people, size_t count, struct names *out);
struct json service__people_json(struct arena *a, const struct names *names);   /* [{person, name}] */
str service__name(const struct names *names, struct uuid person);       /* p NULL: it has none */

/* Words as a LIKE pattern that finds them anywhere: what stands for itself is escaped. */
str service__like(struct arena *a, str words);

#endif
