/* scan_words: see the header. */
#include "scan_words.h"

#include "text.h"

bool scan_words__infected(const struct json *file) {
  return str_eq(page_member(json_get(file, STR("scan")), "state"), STR("infected"));
}

/* "ClamAV 1.4.3/27400" of "ClamAV 1.4.3/27400/Sun Nov 22 08:30:00 2026": the moment of the scan stands beside it. */
static str short_name(str engine) {
  str data, made;
  (void)str_cut(engine, '/', &data);
  (void)str_cut(data, '/', &made);
  return made.n ? str_slice(engine, 0, engine.n - made.n - 1) : engine;
}

/* The reader's own text of the family where there is one, else the one for everybody; n = 0: nothing is to be said. */
static str words(const struct page *p, enum scan_reader reader, const char *family, const struct json *scan) {
  static const char *const readers[] = { [SCAN_STAFF] = "staff_", [SCAN_CLAIMANT] = "" };
  str code = page_member(scan, "state"), at = page_moment(p, page_member(scan, "at"));
  str engine = short_name(page_member(scan, "engine"));
  for (size_t i = reader; i < COUNT_OF(readers); i++) {
    const char *name = str_format(p->arena, "scan.%s%s%.*s", readers[i], family, STR_ARG(code)).p;
    if (web__text_find(str_of(name))) return page_say(p, name, at, engine, page_member(scan, "signature"));
  }
  return STR("");
}

void scan_words__add(const struct page *p, struct page_object *o, const struct json *file, enum scan_reader reader) {
  const struct json *scan = json_get(file, STR("scan"));
  page_set_str(o, "scan", words(p, reader, "", scan));
  page_set_str(o, "scan_advice", words(p, reader, "advice_", scan));
  page_set_bool(o, "infected", scan_words__infected(file));
}
