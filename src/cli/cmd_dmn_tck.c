/* dmn tck: runs the DMN compatibility kit and prints, for each level, how many cases pass: of all, and of those that
 * expect something other than null. */
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "commands.h"
#include "shienkin/codec/json.h"
#include "tck.h"

enum { LEVELS = 8, DEPTH_MOST = 16 };

struct level { uint32_t cases, passed, telling, telling_passed, nodes, nodes_passed; };

struct kit {
  struct arena *arena;
  bool json;
  struct level levels[LEVELS + 1];               /* by number; the last: files in no level's folder */
  uint32_t level;                                /* of the file at work */
  bool failed;                                   /* something could not be read */
  bool refused;                                  /* something was read and is no test */
};

/* ---- a result node */

static void print_json(struct dmn_session *s, const struct tck_node *n) {
  struct arena *a = dmn_session_arena(s);
  struct buf out = buf_in(a);
  struct json_writer w = json_writer_to(&out);
  json_write_begin_object(&w);
  json_write_name(&w, STR("file"));
  json_write_str(&w, n->file);
  json_write_name(&w, STR("case"));
  json_write_str(&w, n->test);
  json_write_name(&w, STR("node"));
  json_write_str(&w, n->node);
  json_write_name(&w, STR("expected"));
  json_write_raw(&w, dmn_tagged_json(a, n->expected));
  json_write_name(&w, STR("actual"));
  json_write_raw(&w, dmn_tagged_json(a, n->actual));
  json_write_name(&w, STR("pass"));
  json_write_bool(&w, n->passed);
  json_write_end_object(&w);
  printf("%.*s\n", STR_ARG(buf_str(&out)));
}

static void report(void *context, struct dmn_session *s, const struct tck_node *n) {
  struct kit *kit = context;
  kit->levels[kit->level].nodes++;
  kit->levels[kit->level].nodes_passed += n->passed;
  if (kit->json) {
    print_json(s, n);
  } else if (!n->passed) {
    struct arena *a = dmn_session_arena(s);
    str expected = dmn_print(a, n->expected), actual = dmn_print(a, n->actual);
    printf("%.*s %.*s %.*s\n  expected %.*s\n  actual   %.*s\n", STR_ARG(n->file), STR_ARG(n->test), STR_ARG(n->node),
           STR_ARG(expected), STR_ARG(actual));
  }
}

/* ---- files and folders */

static uint32_t level_of(str path) {
  static const char mark[] = "compliance-level-";
  ptrdiff_t at = str_find(path, str_of(mark));
  size_t digit = (size_t)at + sizeof mark - 1;
  if (at < 0 || digit >= path.n || path.p[digit] < '0' || path.p[digit] >= '0' + LEVELS) return LEVELS;
  return (uint32_t)(path.p[digit] - '0');
}

/* `named`: by the caller, not found in a folder, where models stand among the tests. */
static void run_file(struct kit *kit, const char *path, bool named) {
  struct tck_file f;
  kit->level = level_of(str_of(path));
  result ran = tck_run(path, report, kit, &f);
  kit->refused |= ran == RESULT_REFUSED;
  if (ran == RESULT_REFUSED) return;
  if (ran != RESULT_OK) {
    cli_unreadable(kit->arena, str_of(path), ran);
    kit->failed = true;
    return;
  }
  if (!f.is_test && named) {
    fprintf(stderr, cli_japanese() ? "%s: 試験のファイル（testCases）ではありません\n" : "%s: this is no test file (testCases)\n", path);
    kit->refused = true;
  }
  struct level *l = &kit->levels[kit->level];
  l->cases += f.cases;
  l->passed += f.cases_passed;
  l->telling += f.telling;
  l->telling_passed += f.telling_passed;
}

static bool is_folder(const char *path) {
  struct stat s;
  return stat(path, &s) == 0 && S_ISDIR(s.st_mode);
}

/* Folders within folders are as deep as whoever laid the kit out made them; links that go round end at the limit. */
static void run_path(struct kit *kit, const char *path, unsigned depth) {
  if (!is_folder(path)) {
    run_file(kit, path, depth == DEPTH_MOST);
    return;
  }
  str *names;
  size_t count;
  if (depth == 0 || file_list(kit->arena, path, &names, &count) != RESULT_OK) {
    cli_unreadable(kit->arena, str_of(path), RESULT_OUTSIDE);
    kit->failed = true;
    return;
  }
  for (size_t i = 0; i < count; i++) {
    const char *inner = str_z(kit->arena, str_format(kit->arena, "%s/%.*s", path, STR_ARG(names[i])));
    if (is_folder(inner) || str_ends(names[i], STR(".xml"))) run_path(kit, inner, depth - 1);
  }
}

/* ---- rates */

static void print_rate(FILE *out, const char *what, uint32_t passed, uint32_t all) {
  uint64_t hundredths = all == 0 ? 0 : (uint64_t)passed * 10000 / all;
  fprintf(out, "%s %u/%u (%u.%02u %%)", what, passed, all, (unsigned)(hundredths / 100), (unsigned)(hundredths % 100));
}

static bool print_levels(const struct kit *kit) {
  FILE *out = kit->json ? stderr : stdout;
  bool ja = cli_japanese(), all = true, none = true;
  for (uint32_t i = 0; i <= LEVELS; i++) {
    const struct level *l = &kit->levels[i];
    if (l->cases == 0) continue;
    none = false;
    if (i < LEVELS) fprintf(out, ja ? "レベル%u: " : "level %u: ", i);
    print_rate(out, ja ? "事例" : "cases", l->passed, l->cases);
    print_rate(out, ja ? "、うち null 以外を期待" : ", of those that expect a value", l->telling_passed, l->telling);
    print_rate(out, ja ? "、節点" : ", nodes", l->nodes_passed, l->nodes);
    fputc('\n', out);
    all = all && l->passed == l->cases;
  }
  if (none) fputs(ja ? "試験の事例がありません\n" : "there are no test cases\n", stderr);
  return all && !none;
}

struct call { struct kit kit; int argc; char **argv; };

static void run_paths(void *context) {
  struct call *c = context;
  for (int i = 0; i < c->argc; i++) run_path(&c->kit, c->argv[i], DEPTH_MOST);
}

enum exit_code cmd_dmn_tck(int argc, char **argv) {
  struct call c = { .argv = argv };
  const struct cli_option options[] = { { "json", false, NULL, &c.kit.json } };
  if (!cli_options("dmn tck", &argc, argv, options, COUNT_OF(options))) return EXIT_USAGE;
  if (argc == 0) return cli_usage("dmn tck", "試験のファイルまたはフォルダーを指定してください。", "Name test files or folders.");
  c.argc = argc;
  CLEANUP(arena_cleanup) struct arena *a = arena_new(0);
  if (a == NULL) return EXIT_OUTSIDE;
  c.kit.arena = a;
  if (arena_run(a, run_paths, &c) != RESULT_OK) return EXIT_OUTSIDE;
  bool all = print_levels(&c.kit);
  return c.kit.failed ? EXIT_OUTSIDE : all && !c.kit.refused ? EXIT_DONE : EXIT_FINDING;
}
