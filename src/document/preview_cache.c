/* preview_cache: the pictures made last, in a table of slots that is looked through from end to end: there are few, and looking is
 * nothing beside making one. A picture is held by its slot and by each reader's arena; who lets go last frees it. */
#include <pthread.h>

#include "shienkin/document/preview.h"

enum { KEY_BYTES = 32, SLOTS = 256 };

struct kept {
  struct document_previews *home;
  size_t holders;
  result why;
  struct document_preview made;                 /* its jpeg is `bytes` */
  char bytes[];
};
struct slot { char key[KEY_BYTES]; uint32_t page; uint64_t used_at; struct kept *kept; };      /* kept NULL: it is free */
struct document_previews {
  pthread_mutex_t lock;
  size_t bytes, bytes_most;
  uint64_t looks;
  struct slot slots[SLOTS];
};

struct document_previews *document_previews_new(size_t bytes_most) {
  struct document_previews *p = mem_alloc(sizeof *p);
  if (!p) return NULL;
  memset(p, 0, sizeof *p);
  p->bytes_most = bytes_most;
  pthread_mutex_init(&p->lock, NULL);
  return p;
}

/* Under the lock, as the three that follow. */
static void let_go(struct kept *k) {
  if (--k->holders == 0) mem_free(k);
}

static void clear(struct document_previews *p, struct slot *s) {
  if (!s->kept) return;
  p->bytes -= s->kept->made.jpeg.n;
  let_go(s->kept);
  *s = (struct slot){ .kept = NULL };
}

static struct slot *slot_of(struct document_previews *p, str key, uint32_t page) {
  for (size_t i = 0; i < SLOTS; i++) {
    struct slot *s = &p->slots[i];
    if (s->kept && s->page == page && memcmp(s->key, key.p, KEY_BYTES) == 0) return s;
  }
  return NULL;
}

/* A free slot, those that were not used for longest given up until there is one and the bytes fit. */
static struct slot *make_room(struct document_previews *p, size_t bytes) {
  for (;;) {
    struct slot *empty = NULL, *oldest = NULL;
    for (size_t i = 0; i < SLOTS; i++) {
      struct slot *s = &p->slots[i];
      if (!s->kept) empty = s;
      else if (!oldest || s->used_at < oldest->used_at) oldest = s;
    }
    if (empty && p->bytes + bytes <= p->bytes_most) return empty;
    clear(p, oldest);
  }
}

void document_previews_free(struct document_previews *p) {
  if (!p) return;
  for (size_t i = 0; i < SLOTS; i++) clear(p, &p->slots[i]);
  pthread_mutex_destroy(&p->lock);
  mem_free(p);
}

static void reader_lets_go(void *kept) {
  struct document_previews *p = ((struct kept *)kept)->home;
  pthread_mutex_lock(&p->lock);
  let_go(kept);
  pthread_mutex_unlock(&p->lock);
}

bool document_previews_find(struct document_previews *p, struct arena *a, str key, uint32_t page, result *why,
                            struct document_preview *out) {
  assert(key.n == KEY_BYTES && page >= 1);
  if (!p) return false;
  pthread_mutex_lock(&p->lock);
  struct slot *s = slot_of(p, key, page);
  struct kept *found = s ? s->kept : NULL;
  if (found) {
    found->holders++;
    s->used_at = ++p->looks;
  }
  pthread_mutex_unlock(&p->lock);
  if (!found) return false;
  *why = found->why;
  *out = found->made;
  arena_defer(a, reader_lets_go, found);
  return true;
}

/* What could not even be tried (RESULT_OUTSIDE) may succeed the next time, and is not kept. */
void document_previews_keep(struct document_previews *p, str key, uint32_t page, result why, const struct document_preview *made) {
  bool settled = why == RESULT_OK || why == RESULT_REFUSED || why == RESULT_NOT_FOUND;
  size_t bytes = why == RESULT_OK ? made->jpeg.n : 0;
  assert(key.n == KEY_BYTES && page >= 1);
  struct kept *k = p && settled && bytes <= p->bytes_most ? mem_alloc(sizeof *k + bytes) : NULL;
  if (!k) return;
  *k = (struct kept){ .home = p, .holders = 1, .why = why, .made = *made };
  k->made.jpeg = (str){ k->bytes, bytes };
  if (bytes) memcpy(k->bytes, made->jpeg.p, bytes);
  pthread_mutex_lock(&p->lock);
  struct slot *before = slot_of(p, key, page);
  if (before) clear(p, before);
  struct slot *s = make_room(p, bytes);
  *s = (struct slot){ .page = page, .used_at = ++p->looks, .kept = k };
  memcpy(s->key, key.p, KEY_BYTES);
  p->bytes += bytes;
  pthread_mutex_unlock(&p->lock);
}
