/* What a scanner says, and where a setting says it stands. Whatever comes: a verdict of the four or none, words that people and a
 * column can hold; nothing is clean but the one answer that says so; no place is beyond this machine. */
#include <arpa/inet.h>
#include <netinet/in.h>
#include <stdint.h>

#include "net/clamd_read.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n);

struct input {
  struct arena *arena;
  str bytes;
};

static void check_words(str words) {
  assert(words.n > 0 && words.n <= CLAMD_NAME_MOST);
  for (size_t i = 0; i < words.n; i++) assert(words.p[i] >= ' ' && words.p[i] <= '~');
}

static void check_place(str place) {
  struct clamd_address at;
  if (!clamd__address(place, &at)) return;
  if (at.socket.ss_family == AF_UNIX) {
    assert(str_starts(place, STR("/")));
  } else if (at.socket.ss_family == AF_INET) {
    struct sockaddr_in four;
    memcpy(&four, &at.socket, sizeof four);
    assert(ntohl(four.sin_addr.s_addr) >> 24 == 127 && four.sin_port != 0);
  } else {
    assert(at.socket.ss_family == AF_INET6 && str_starts(place, STR("[")));
  }
}

static void run(void *context) {
  struct input *in = context;
  struct clamd_said said;
  struct clamd_engine engine;
  bool understood = clamd__said(in->arena, in->bytes, &said);
  if (understood) check_words(said.words);
  assert((understood && said.verdict == CLAMD_CLEAN) == str_eq(in->bytes, STR("stream: OK")));
  if (clamd__engine(in->arena, in->bytes, &engine)) {
    check_words(engine.name);
    assert(engine.data_unix_s >= 0);
  }
  check_place(in->bytes);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n) {
  struct arena *a = arena_new((size_t)1 << 20);
  struct input in = { a, { (const char *)bytes, n } };
  result r = arena_run(a, run, &in);
  (void)r;
  arena_free(a);
  return 0;
}
