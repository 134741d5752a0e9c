/* roster import: a file of members or facilities to the service, whole or not at all; every bad line with what is wrong. */
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "commands.h"
#include "remote/remote.h"

enum { IMPORT_WAIT_MS = 10 * 60 * 1000 };

struct import {
  struct remote remote;
  const char *path;
  bool members, facilities, preview, shift_jis, whole;
  str key;
  enum exit_code code;
};

static str name_of(struct arena *a, const char *path) {
  const char *slash = strrchr(path, '/');
  struct buf b = buf_in(a);
  for (const char *p = slash ? slash + 1 : path; *p; p++) buf_format(&b, "%%%02X", (unsigned char)*p);
  return buf_str(&b);
}

static void say_what_it_took(const struct import *i, int64_t bytes) {
  if (cli_japanese()) fprintf(stderr, "%s（%lld KiB）を送って%sしています…\n", i->path, (long long)(bytes / 1024), i->preview ? "比較" : "取り込み");
  else fprintf(stderr, "Sending %s (%lld KiB) and %s it…\n", i->path, (long long)(bytes / 1024), i->preview ? "comparing" : "taking");
}

static void run(void *context) {
  struct import *i = context;
  struct remote *r = &i->remote;
  CLEANUP(fd_close) int fd = -1;
  struct stat st;
  struct net_answer answer;
  result opened = cli_open(i->path, &fd);
  if (opened == RESULT_OK && (fstat(fd, &st) != 0 || !S_ISREG(st.st_mode))) opened = RESULT_OUTSIDE;
  if (opened != RESULT_OK) {
    cli_unreadable(r->arena, str_of(i->path), opened);
    return;
  }
  i->code = remote_signed_in(r);
  if (i->code != EXIT_DONE) return;
  str path = str_format(r->arena, "/v1/roster/imports?kind=%s&file_name=%.*s%s%s%s", i->members ? "members" : "facilities",
                        STR_ARG(name_of(r->arena, i->path)), i->shift_jis ? "&shift_jis=true" : "", i->whole ? "&whole=true" : "",
                        i->preview ? "&preview=true" : "");
  struct remote_call c = { .method = "POST", .path = path, .type = "text/csv", .idempotent = true, .key = i->key, .has_file = true,
                           .file = fd, .file_length = (int64_t)st.st_size, .wait_ms = IMPORT_WAIT_MS };
  if (!r->json) say_what_it_took(i, c.file_length);
  i->code = remote_call(r, &c, &answer);
  if (i->code == EXIT_DONE) remote_show(r, &answer, "line what table key before after");
}

enum exit_code cmd_roster_import(int argc, char **argv) {
  CLEANUP(arena_cleanup) struct arena *a = arena_new(0);
  struct import i = { .remote = { .arena = a, .clock = clock_system(), .randomness = randomness_system() }, .code = EXIT_OUTSIDE };
  const struct cli_option options[] = {
    { "members", false, NULL, &i.members }, { "facilities", false, NULL, &i.facilities }, { "preview", false, NULL, &i.preview },
    { "shift-jis", false, NULL, &i.shift_jis }, { "whole", false, NULL, &i.whole }, { "json", false, NULL, &i.remote.json },
    { "key", true, &i.key, NULL } };
  if (!a) return EXIT_OUTSIDE;
  if (!cli_options("roster import", &argc, argv, options, COUNT_OF(options))) return EXIT_USAGE;
  if (argc != 1) return cli_usage("roster import", "ファイルを一つ指定してください。", "Name one file.");
  if (i.members == i.facilities)
    return cli_usage("roster import", "--members（会員）か --facilities（施設）のどちらかを指定してください。", "Say --members or --facilities.");
  i.path = argv[0];
  return arena_run(a, run, &i) == RESULT_OK ? i.code : EXIT_OUTSIDE;
}
