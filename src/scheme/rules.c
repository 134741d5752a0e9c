/* rules: rule files of a scheme, loaded and told apart by their first day and day of publication (P21).
 *
 * A rule file is one self-contained DMN model. What this room needs to know of it stands as attributes of `definitions`:
 * `id`, and in the namespace urn:shienkin:rules:1 `scheme`, `version`, `firstDay` and, once published, `publishedOn`. */
#include "binding.h"
#include "messages.h"
#include "shienkin/crypto.h"

#define RULES_NAMESPACE "urn:shienkin:rules:1"
#define RULE_FILE_BYTES_MOST (8u << 20)
#define REASONS_SHOWN 20

static void refuse_attribute(struct findings *f, str path, const char *name) {
  FINDING(f, STR(""), &scheme__rules_attribute, path, str_of(name));
}

static str read_attribute(const struct rule_set *set, const char *name, struct findings *f) {
  str value = dmn_model_attribute(set->model, RULES_NAMESPACE, name);
  if (!value.n) refuse_attribute(f, set->path, name);
  return value;
}

static day read_day(const struct rule_set *set, const char *name, bool required, struct findings *f) {
  str value = dmn_model_attribute(set->model, RULES_NAMESPACE, name);
  day d;
  if (!value.n && !required) return DAY_NONE;
  if (value.n && day_parse(value, &d)) return d;
  refuse_attribute(f, set->path, name);
  return DAY_NONE;
}

static result read_attributes(struct rule_set *set, struct findings *f) {
  size_t before = f->count;
  set->id = dmn_model_id(set->model);
  if (!set->id.n) refuse_attribute(f, set->path, "id");
  set->scheme = read_attribute(set, "scheme", f);
  set->version = read_attribute(set, "version", f);
  set->first_day = read_day(set, "firstDay", true, f);
  set->published_on = read_day(set, "publishedOn", false, f);
  return f->count == before ? RESULT_OK : RESULT_REFUSED;
}

/* The loader's findings speak of places in the file; put the file's name before them. */
static void pass_on(struct findings *f, str path, const struct findings *from) {
  for (size_t i = 0; i < from->count && i < REASONS_SHOWN; i++) {
    const struct finding *one = &from->items[i];
    struct message named = { one->code, "{0} {1}行: {2}", "{0} line {1}: {3}" };
    FINDING_AT(f, one->pointer, one->line, one->column, &named, path, str_format(f->arena, "%u", one->line), one->ja,
               one->en);
  }
}

result scheme_rule_set_load(struct arena *a, str path, str bytes, struct findings *f, struct rule_set *out) {
  struct findings own = findings_in(a);
  *out = (struct rule_set){ .path = str_copy(a, path), .bytes = bytes };
  struct dmn_source source = { out->path, bytes };
  result loaded = dmn_model_load(&source, 1, NULL, &own, &out->model);
  if (loaded != RESULT_OK) {
    pass_on(f, out->path, &own);
    return loaded;
  }
  pass_on(f, out->path, dmn_model_faults(out->model));
  sha256_write(sha256_of(bytes), out->sha256);
  result r = dmn_model_faults(out->model)->count ? RESULT_REFUSED : read_attributes(out, f);
  if (r == RESULT_OK) r = scheme__binding_make(a, out, f, &out->binding);
  if (r != RESULT_OK) {
    dmn_model_free(out->model);
    out->model = NULL;
  }
  return r;
}

static result load_file(struct arena *a, const char *path, struct findings *f, struct rule_sets *out) {
  str bytes;
  result r = file_read(a, path, RULE_FILE_BYTES_MOST, &bytes);
  if (r != RESULT_OK) {
    FINDING(f, STR(""), &scheme__rules_unreadable, str_of(path));
    return r;
  }
  struct rule_set set;
  TRY(scheme_rule_set_load(a, str_of(path), bytes, f, &set));
  struct rule_set *grown = ARENA_ARRAY(a, struct rule_set, out->count + 1);
  if (out->count) memcpy(grown, out->items, out->count * sizeof *grown);
  grown[out->count++] = set;
  out->items = grown;
  return RESULT_OK;
}

static result load_folder(struct arena *a, const char *folder, unsigned levels, struct findings *f, struct rule_sets *out) {
  str *names;
  size_t count;
  result worst = RESULT_OK;
  result r = file_list(a, folder, &names, &count);
  if (r != RESULT_OK) return r;
  for (size_t i = 0; i < count; i++) {
    const char *path = str_z(a, str_format(a, "%s/%.*s", folder, STR_ARG(names[i])));
    if (str_ends(names[i], STR(".dmn"))) r = load_file(a, path, f, out);
    else if (levels > 0) r = load_folder(a, path, levels - 1, f, out);
    else continue;
    /* What is no folder is none of ours; everything else that went wrong counts. */
    if (r != RESULT_OK && r != RESULT_OUTSIDE && r != RESULT_NOT_FOUND) worst = r;
    if (r == RESULT_OUTSIDE && str_ends(names[i], STR(".dmn"))) worst = r;
  }
  return worst;
}

result scheme_rules_read(struct arena *a, const char *dir, struct findings *f, struct rule_sets *out) {
  *out = (struct rule_sets){ NULL, 0 };
  result r = load_folder(a, dir, 1, f, out);
  if (r == RESULT_OK && out->count == 0) {
    FINDING(f, STR(""), &scheme__rules_none, str_of(dir));
    r = RESULT_REFUSED;
  } else if (r != RESULT_OK && f->count == 0) {
    FINDING(f, STR(""), &scheme__rules_folder, str_of(dir));
  }
  if (r != RESULT_OK) scheme_rules_free(out);
  return r;
}

void scheme_rules_free(struct rule_sets *sets) {
  for (size_t i = 0; i < sets->count; i++) dmn_model_free(sets->items[i].model);
  *sets = (struct rule_sets){ NULL, 0 };
}

/* Does `a` decide before `b`, both with a first day not after the incident: the later first day, then the later
 * publication (that is how a mistake is mended). */
static bool decides_before(const struct rule_set *a, const struct rule_set *b) {
  if (a->first_day != b->first_day) return a->first_day > b->first_day;
  return a->published_on > b->published_on;
}

static bool is_earlier(const struct rule_set *a, const struct rule_set *b) {
  if (a->first_day != b->first_day) return a->first_day < b->first_day;
  return a->published_on > b->published_on;
}

const struct rule_set *scheme_rules_select(const struct rule_sets *sets, day occurred_on) {
  const struct rule_set *best = NULL, *earliest = NULL;
  for (size_t i = 0; i < sets->count; i++) {
    const struct rule_set *one = &sets->items[i];
    if (one->published_on == DAY_NONE) continue;
    if (!earliest || is_earlier(one, earliest)) earliest = one;
    if (one->first_day <= occurred_on && (!best || decides_before(one, best))) best = one;
  }
  return best ? best : earliest;
}
