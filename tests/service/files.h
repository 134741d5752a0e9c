/* files: what tests send as evidence, in few words: clinic-1 sends to a draft of its own. */
#ifndef SHIENKIN_TESTS_SERVICE_FILES_H
#define SHIENKIN_TESTS_SERVICE_FILES_H

#include "house.h"

static inline struct uuid a_draft(struct house *h) {
  struct caller c = house_keyed(h, "clinic-1", "begin");
  struct draft_begin_request r = { h->clinic_1, STR("online"), NULL };
  assert_ok(h, HOUSE(h, draft_begin, &c, &r));
  return house_id(h, "/claim", "claim");
}

static inline result begin(struct house *h, struct uuid claim, const char *name, int64_t length, struct sha256 hash) {
  struct caller c = house_keyed(h, "clinic-1", name);
  struct evidence_begin_request r = {
    .claim = claim, .name = str_of(name), .length = length, .sha256 = hash, .purpose = STR("/filings/jma_on")
  };
  return HOUSE(h, evidence_begin, &c, &r);
}

static inline result append(struct house *h, struct uuid file, int64_t offset, str bytes) {
  struct caller c = house_caller(h, "clinic-1");
  struct evidence_append_request r = { file, offset, bytes };
  return HOUSE(h, evidence_append, &c, &r);
}

static inline result finish(struct house *h, struct uuid file) {
  struct caller c = house_keyed(h, "clinic-1", "finish");
  struct evidence_request r = { file };
  return HOUSE(h, evidence_finish, &c, &r);
}

/* The whole upload of a small file; what the finish says. */
static inline result sent(struct house *h, struct uuid claim, const char *name, str bytes) {
  struct sha256 none = { { 0 } };
  assert_ok(h, begin(h, claim, name, (int64_t)bytes.n, none));
  struct uuid file = house_id(h, "/evidence", "evidence");
  for (size_t at = 0; at < bytes.n; at += EVIDENCE_CHUNK_BYTES) {
    size_t end = at + EVIDENCE_CHUNK_BYTES < bytes.n ? at + EVIDENCE_CHUNK_BYTES : bytes.n;
    assert_ok(h, append(h, file, (int64_t)at, str_slice(bytes, at, end)));
  }
  return finish(h, file);
}

/* So many bytes, beginning like a PDF. */
static inline str a_pdf(struct house *h, size_t size) {
  char *bytes = arena_alloc(h->arena, size);
  for (size_t i = 0; i < size; i++) bytes[i] = (char)(i * 7 + i / 251);
  memcpy(bytes, "%PDF-1.7\n", 9);
  return (str){ bytes, size };
}

#endif
