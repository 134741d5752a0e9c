/* JSON from outside. Whatever the bytes: an answer or exactly one finding; what was read is written and read again as
 * the same value; canonical text is its own canonical form; a spec answers with findings that lead to a place. */
#include <stdint.h>

#include "shienkin/codec.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n);

static const char *const words[] = { "a", "b", NULL };
static const struct spec a_word = { .kind = SPEC_ENUM, .words = words, .nullable = true };
static const struct spec a_date = { .kind = SPEC_DATE };
static const struct spec a_count = { .kind = SPEC_INTEGER, .has_minimum = true, .has_maximum = true, .maximum = 100 };
static const struct spec a_text = { .kind = SPEC_STRING, .max_length = 4 };
static const struct spec a_flag = { .kind = SPEC_BOOL };
static const struct spec some_words = { .kind = SPEC_ARRAY, .distinct = true, .max_items = 40, .items = &a_word };
static const struct spec_member members[] = {
  { "w", true, &some_words }, { "d", false, &a_date }, { "n", true, &a_count },
  { "t", false, &a_text },    { "f", false, &a_flag }, { NULL, false, NULL },
};
static const struct spec object = { .kind = SPEC_OBJECT, .members = members };

struct input {
  struct arena *arena;
  str bytes;
};

static result read_again(struct arena *a, str text, struct json *out) {
  struct findings none = findings_in(a);
  return json_read(a, text, (struct json_limits){ .bytes = (size_t)64 << 20 }, &none, out);
}

static void check_round_trip(struct arena *a, const struct json *j) {
  struct json again, indented;
  str compact = json_dump(a, j);
  result r = read_again(a, compact, &again);
  assert(r == RESULT_OK && json_same(j, &again) && str_eq(json_dump(a, &again), compact));
  r = read_again(a, json_dump_indented(a, j), &indented);
  assert(r == RESULT_OK && json_same(j, &indented));
}

static void check_canonical(struct arena *a, const struct json *j) {
  struct findings f = findings_in(a);
  str once, twice;
  struct json again;
  result r = json_canonical(a, j, &f, &once);
  assert((r == RESULT_OK) == (f.count == 0));
  if (r != RESULT_OK) return;
  r = read_again(a, once, &again);
  assert(r == RESULT_OK && json_same(j, &again));
  r = json_canonical(a, &again, &f, &twice);
  assert(r == RESULT_OK && str_eq(once, twice));
}

/* Each finding stands at a value, or at a member that is missing from one. */
static void check_spec(struct arena *a, const struct json *j) {
  struct findings f = findings_in(a);
  result r = spec_check(a, &object, j, &f);
  assert((r == RESULT_OK) == (f.count == 0));
  for (size_t i = 0; i < f.count; i++) {
    bool there = json_at(j, f.items[i].pointer) != NULL;
    assert(there != (strcmp(f.items[i].code, "required") == 0));
    assert(utf8_valid(f.items[i].ja, NULL) && utf8_valid(f.items[i].en, NULL));
  }
}

static void try_input(void *context) {
  struct input *input = context;
  struct arena *a = input->arena;
  struct findings f = findings_in(a);
  struct json j;
  result r = json_read(a, input->bytes, (struct json_limits){ 0 }, &f, &j);
  if (r == RESULT_REFUSED) {
    assert(f.count == 1 && f.items[0].pointer.n == 0 && strcmp(f.items[0].code, "malformed") == 0);
    assert(utf8_valid(f.items[0].ja, NULL) && utf8_valid(f.items[0].en, NULL));
  }
  if (r != RESULT_OK) return;
  check_round_trip(a, &j);
  check_canonical(a, &j);
  check_spec(a, &j);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n) {
  struct arena *a = arena_new((size_t)256 << 20);
  if (!a) return 0;
  struct input input = { a, { (const char *)bytes, n } };
  result r = arena_run(a, try_input, &input);
  assert(r == RESULT_OK || r == RESULT_LIMIT || r == RESULT_NO_MEMORY);
  arena_free(a);
  return 0;
}
