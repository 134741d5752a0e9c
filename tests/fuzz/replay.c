/* replay: runs a fuzz target over kept inputs, without libFuzzer, so that what fuzzing once found is tested in every
 * build and by every compiler. Arguments are files, or folders whose files are taken in the order of their names.
 * Fails when there was nothing to replay: a target without a corpus tests nothing. */
#include <dirent.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n);

enum { INPUT_LIMIT_BYTES = 4 << 20, PATH_LIMIT_BYTES = 4096 };

/* The input is copied to memory of exactly its size, so that a read past its end is seen by the sanitizers. */
static int replay_file(const char *path) {
  FILE *file = fopen(path, "rb");
  if (!file) {
    fprintf(stderr, "cannot open %s\n", path);
    return -1;
  }
  static uint8_t whole[INPUT_LIMIT_BYTES];
  size_t n = fread(whole, 1, sizeof whole, file);
  bool more = fgetc(file) != EOF;
  fclose(file);
  if (more) {
    fprintf(stderr, "%s is longer than %d bytes\n", path, (int)INPUT_LIMIT_BYTES);
    return -1;
  }
  uint8_t *exact = malloc(n ? n : 1);
  if (!exact) return -1;
  memcpy(exact, whole, n);
  fprintf(stderr, "%s\n", path); /* the last line of the log names the input that broke something */
  LLVMFuzzerTestOneInput(exact, n);
  free(exact);
  return 1;
}

static int visible(const struct dirent *entry) { return entry->d_name[0] != '.'; }

static int replay_folder(const char *path) {
  struct dirent **entries = NULL;
  int count = scandir(path, &entries, visible, alphasort);
  if (count < 0) return -1;
  int replayed = 0;
  for (int i = 0; i < count; i++) {
    char file[PATH_LIMIT_BYTES];
    int length = snprintf(file, sizeof file, "%s/%s", path, entries[i]->d_name);
    free(entries[i]);
    if (replayed < 0) continue;
    bool fits = length > 0 && (size_t)length < sizeof file;
    replayed = fits && replay_file(file) == 1 ? replayed + 1 : -1;
  }
  free(entries);
  return replayed;
}

int main(int argc, char **argv) {
  int total = 0;
  for (int i = 1; i < argc; i++) {
    struct stat status;
    bool there = stat(argv[i], &status) == 0;
    int replayed = !there ? -1 : S_ISDIR(status.st_mode) ? replay_folder(argv[i]) : replay_file(argv[i]);
    if (replayed < 0) {
      fprintf(stderr, "cannot replay %s\n", argv[i]);
      return 1;
    }
    total += replayed;
  }
  printf("%d inputs replayed\n", total);
  return total > 0 ? 0 : 1;
}
