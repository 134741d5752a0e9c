/* assets: styles and scripts, under names that hold their digest: what is asked for by such a name never changes. */
#include "files.h"
#include "routes.h"

static const struct { const char *ending, *type; } types[] = {
  { ".css", "text/css; charset=utf-8" },
  { ".js", "text/javascript; charset=utf-8" },
  { ".svg", "image/svg+xml" },
};

static str public_name(struct arena *a, const struct embedded *file) {
  const char *dot = strrchr(file->name, '.');
  return str_format(a, "%.*s.%s%s", (int)(dot - file->name), file->name, file->digest, dot);
}

str web__asset_path(struct arena *a, const char *name) {
  for (size_t i = 0; i < web__assets_count; i++)
    if (strcmp(web__assets[i].name, name) == 0)
      return str_format(a, "/assets/%.*s", STR_ARG(public_name(a, &web__assets[i])));
  assert(!"a page names an asset that is not there");
  return STR("");
}

static const char *type_of(const char *name) {
  for (size_t i = 0; i < COUNT_OF(types); i++)
    if (str_ends(str_of(name), str_of(types[i].ending))) return types[i].type;
  return "application/octet-stream";
}

static struct http_answer get_asset(struct http_request *r) {
  enum { YEAR_S = 365 * 24 * 60 * 60 };
  str name = http_value(&r->path, "name")->text;
  for (size_t i = 0; i < web__assets_count; i++) {
    if (!str_eq(public_name(r->arena, &web__assets[i]), name)) continue;
    struct http_answer answer = http_bytes(HTTP_OK, type_of(web__assets[i].name), web__assets[i].bytes);
    http_answer_cacheable(r, &answer, YEAR_S, true);
    return answer;
  }
  return HTTP_PROBLEM(r, &http_problem_not_found);
}

static const struct http_parameter asset_path[] = {
  { .name = "name", .kind = HTTP_PARAMETER_TEXT, .most = 100, .description_en = "File name with its digest" },
  { 0 },
};

static const struct http_route rows[] = {
  { .name = "asset", .method = HTTP_GET, .path = "/assets/{name}", .path_parameters = asset_path, .realms = HTTP_PUBLIC,
    .anonymous = true, .lane = HTTP_LANE_LIGHT, .face = HTTP_PAGE, .produces = "*", .handler = get_asset, .tag = "pages", .summary_ja = "画面の部品",
    .summary_en = "Styles and scripts of the pages" },
};
const struct http_route_table web__asset_routes = { rows, COUNT_OF(rows) };
