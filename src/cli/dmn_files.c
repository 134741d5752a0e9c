/* dmn_files: models and time zones from the file system. */
#include "dmn_files.h"

enum { MODEL_BYTES = 16 << 20, ZONE_BYTES = 1 << 20 };

/* ---- models */

static str folder_of(str path) {
  size_t n = path.n;
  while (n > 0 && path.p[n - 1] != '/') n--;
  return n == 0 ? STR("./") : (str){ path.p, n };
}

/* The .dmn files beside the model, which it may import. One that cannot be read is left out. */
static size_t add_neighbours(struct arena *a, str path, struct dmn_source *sources, const str *names, size_t count) {
  str folder = folder_of(path), own = str_slice(path, folder.p == path.p ? folder.n : 0, path.n);
  size_t n = 0;
  for (size_t i = 0; i < count; i++) {
    if (!str_ends(names[i], STR(".dmn")) || str_eq(names[i], own)) continue;
    const char *file = str_z(a, str_format(a, "%.*s%.*s", STR_ARG(folder), STR_ARG(names[i])));
    str bytes;
    if (file_read(a, file, MODEL_BYTES, &bytes) == RESULT_OK) sources[n++] = (struct dmn_source){ names[i], bytes };
  }
  return n;
}

result dmn_files_load(struct arena *a, const char *path, struct findings *f, struct dmn_model **out) {
  *out = NULL;
  str bytes, *names;
  size_t count;
  TRY(file_read(a, path, MODEL_BYTES, &bytes));
  if (file_list(a, str_z(a, folder_of(str_of(path))), &names, &count) != RESULT_OK) count = 0;
  struct dmn_source *sources = ARENA_ARRAY(a, struct dmn_source, count + 1);
  sources[0] = (struct dmn_source){ str_of(path), bytes };
  size_t neighbours = add_neighbours(a, str_of(path), sources + 1, names, count);
  return dmn_model_load(sources, 1 + neighbours, NULL, f, out);
}

/* ---- zones */

struct dmn_files_zones { struct arena *arena; struct zone_file { str name, bytes; struct zone_file *next; } *read; };

/* "Asia/Tokyo": letters, digits, and what names of zones hold; never a way out of the folder. */
static bool is_zone_name(str name) {
  for (size_t i = 0; i < name.n; i++) {
    char c = name.p[i];
    bool plain = (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
    if (!plain && (i == 0 || !memchr("_+-/", c, 4))) return false;
  }
  return name.n > 0;
}

static str zone(void *context, str name) {
  struct dmn_files_zones *z = context;
  for (const struct zone_file *f = z->read; f != NULL; f = f->next)
    if (str_eq(f->name, name)) return f->bytes;
  struct zone_file *f = ARENA_NEW(z->arena, struct zone_file);
  *f = (struct zone_file){ str_copy(z->arena, name), STR_NONE, z->read };
  z->read = f;
  const char *path = str_z(z->arena, str_format(z->arena, "/usr/share/zoneinfo/%.*s", STR_ARG(name)));
  if (!is_zone_name(name) || file_read(z->arena, path, ZONE_BYTES, &f->bytes) != RESULT_OK) f->bytes = STR_NONE;
  return f->bytes;
}

/* today() is Japan's, as everywhere in this house. */
struct dmn_host dmn_files_host(struct arena *a) {
  struct dmn_files_zones *z = ARENA_NEW(a, struct dmn_files_zones);
  z->arena = a;
  struct clock clock = clock_system();
  return (struct dmn_host){ .now_us = clock_now_us(&clock), .utc_offset_s = 9 * 3600, .zone = zone, .context = z };
}
