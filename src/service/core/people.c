/* people: names of those who acted, and words as people search for them. */
#include "core/people.h"

static bool has(const struct uuid *ids, size_t count, struct uuid id) {
  for (size_t i = 0; i < count; i++)
    if (uuid_eq(ids[i], id)) return true;
  return false;
}

result service__names(struct work *w, const struct uuid *people, size_t count, struct names *out) {
  struct uuid *once = ARENA_ARRAY(w->arena, struct uuid, count);
  struct person_name_row *rows;
  size_t kept = 0;
  for (size_t i = 0; i < count; i++)
    if (!uuid_none(people[i]) && !uuid_eq(people[i], STORE_SERVICE_PERSON) && !has(once, kept, people[i]))
      once[kept++] = people[i];
  *out = (struct names){ NULL, 0 };
  if (kept == 0) return RESULT_OK;
  TRY(store_person_names(w->tx, (struct uuids){ once, kept }, &rows, &kept));
  *out = (struct names){ rows, kept };
  return RESULT_OK;
}

struct json service__people_json(struct arena *a, const struct names *names) {
  struct json *items = ARENA_ARRAY(a, struct json, names->count);
  for (size_t i = 0; i < names->count; i++) {
    struct members one = members_in(a);
    members_add_id(&one, "person", "person", names->rows[i].id);
    members_add_str(&one, "name", names->rows[i].name);
    items[i] = members_object(&one);
  }
  return json_of_array(items, names->count);
}

str service__name(const struct names *names, struct uuid person) {
  for (size_t i = 0; i < names->count; i++)
    if (uuid_eq(names->rows[i].id, person)) return names->rows[i].name;
  return STR_NONE;
}

str service__like(struct arena *a, str words) {
  struct buf b = buf_in(a);
  buf_byte(&b, '%');
  for (size_t i = 0; i < words.n; i++) {
    if (words.p[i] == '%' || words.p[i] == '_' || words.p[i] == '\\') buf_byte(&b, '\\');
    buf_byte(&b, words.p[i]);
  }
  buf_byte(&b, '%');
  return buf_str(&b);
}
