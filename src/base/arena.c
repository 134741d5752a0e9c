/* arena: bump allocation in a chain of blocks.
 *
 * The chain runs from the oldest block to the newest; `current` is the one being filled, those behind it are spare:
 * released by arena_release() and kept, so that a loop of mark and release at a block's edge does not go to the system
 * each time. Blocks double from 16 KiB to 1 MiB; a larger wish gets a block of its own size. What counts against the
 * limit is what was taken from the system, spares included.
 *
 *   blocks -> [oldest] -> … -> [current] -> [spare] -> …
 *
 * Under AddressSanitizer whatever is not handed out is poisoned, and 16 poisoned bytes follow each allocation, so that
 * a step over the edge or a use after release is reported where it happens. */
#include "shienkin/base/arena.h"

#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#ifdef ARENA_WATCHED
#include <sanitizer/asan_interface.h>
enum { RED_ZONE_BYTES = 16 };
#else
#define ASAN_POISON_MEMORY_REGION(address, size) ((void)(address), (void)(size))
#define ASAN_UNPOISON_MEMORY_REGION(address, size) ((void)(address), (void)(size))
enum { RED_ZONE_BYTES = 0 };
#endif

#define ARENA_MAGIC UINT64_C(0x4152454e41316b69)

enum {
  FIRST_BLOCK_BYTES = 16 << 10,
  LARGEST_STEP_BYTES = 1 << 20,
  KEPT_BYTES = 4 << 20, /* what a reset arena keeps at most; one large request must not hoard for ever */
};

struct block {
  struct block *newer;
  size_t size;        /* bytes behind the header */
  size_t used_before; /* handed out by the older blocks when this one became current */
  size_t padding;     /* the header is a multiple of 16, so what follows is aligned */
};
static_assert(sizeof(struct block) % 16 == 0, "the bytes behind a block's header are aligned to 16");

struct deferred {
  struct deferred *older;
  void (*function)(void *handle);
  void *handle;
};

struct guard {
  jmp_buf env;
  struct guard *outer;
  volatile result why; /* written between setjmp and longjmp */
};

struct arena {
  struct arena_bump bump; /* first: arena_alloc() reads it in the header */
  uint64_t magic;
  struct block *blocks, *current;
  struct deferred *deferred; /* newest first */
  struct guard *guard;       /* innermost */
  size_t held, limit;        /* bytes taken from the system; 0: no limit */
};
static_assert(offsetof(struct arena, bump) == 0, "arena_alloc() finds the bump pointers at the start");

static char *block_bytes(struct block *b) { return (char *)(b + 1); }

static void check(const struct arena *a) {
  assert(a && a->magic == ARENA_MAGIC);
  assert(a->bump.next <= a->bump.end);
}

_Noreturn static void die(const char *why) {
  fprintf(stderr, "shienkin: %s\n", why);
  abort();
}

struct arena *arena_new(size_t limit_bytes) {
  struct arena *a = mem_alloc(sizeof *a);
  if (a) *a = (struct arena){ .magic = ARENA_MAGIC, .limit = limit_bytes };
  return a;
}

/* Runs what was deferred after `until`, newest first. Each is taken off before it runs, so that none runs twice. */
static void run_deferred(struct arena *a, const struct deferred *until) {
  while (a->deferred != until) {
    assert(a->deferred);
    struct deferred *d = a->deferred;
    a->deferred = d->older;
    d->function(d->handle);
  }
}

static void blocks_free(struct arena *a, struct block *b) {
  while (b) {
    struct block *newer = b->newer;
    a->held -= sizeof *b + b->size;
    ASAN_UNPOISON_MEMORY_REGION(block_bytes(b), b->size);
    mem_free(b);
    b = newer;
  }
}

void arena_free(struct arena *a) {
  if (!a) return;
  check(a);
  assert(!a->guard);
  run_deferred(a, NULL);
  blocks_free(a, a->blocks);
  *a = (struct arena){ .magic = 0 };
  mem_free(a);
}

void arena_cleanup(struct arena **a) {
  arena_free(*a);
  *a = NULL;
}

/* ---- blocks */

/* NULL and *why when the limit or the system refuses. The block is not yet in the chain. */
static struct block *block_new(struct arena *a, size_t size, result *why) {
  size_t whole = sizeof(struct block) + size;
  if (a->limit && (whole > a->limit || a->held > a->limit - whole)) {
    *why = RESULT_LIMIT;
    return NULL;
  }
  struct block *b = mem_alloc(whole);
  if (!b) {
    *why = RESULT_NO_MEMORY;
    return NULL;
  }
  *b = (struct block){ .size = size };
  a->held += whole;
  ASAN_POISON_MEMORY_REGION(block_bytes(b), size);
  return b;
}

static size_t current_used(const struct arena *a) {
  return a->current ? (size_t)(a->bump.next - block_bytes(a->current)) : 0;
}

static void make_current(struct arena *a, struct block *b, size_t used_before) {
  b->used_before = used_before;
  a->current = b;
  a->bump = (struct arena_bump){ block_bytes(b), block_bytes(b) + b->size };
}

/* How large a new block should be for `need` bytes: double the last, within the bounds and what the limit leaves. */
static size_t block_wish(const struct arena *a, size_t need) {
  size_t wish = a->current ? a->current->size * 2 : FIRST_BLOCK_BYTES - sizeof(struct block);
  if (wish > LARGEST_STEP_BYTES) wish = LARGEST_STEP_BYTES;
  if (a->limit) {
    size_t left = a->limit > a->held + sizeof(struct block) ? a->limit - a->held - sizeof(struct block) : 0;
    if (wish > left) wish = left & ~(size_t)15;
  }
  return wish > need ? wish : need;
}

/* Makes a block current that has room for `need`: the first spare when it fits, else a new one. */
static result next_block(struct arena *a, size_t need) {
  size_t used = arena_used(a);
  struct block **tail = a->current ? &a->current->newer : &a->blocks;
  if (*tail && (*tail)->size < need) {
    blocks_free(a, *tail);
    *tail = NULL;
  }
  if (!*tail) {
    result why = RESULT_OK;
    struct block *b = block_new(a, block_wish(a, need), &why);
    if (!b) return why;
    *tail = b;
  }
  make_current(a, *tail, used);
  return RESULT_OK;
}

/* Allocates, or says why not. */
static void *try_alloc(struct arena *a, size_t size, result *why) {
  check(a);
  *why = RESULT_LIMIT;
  if (size > PTRDIFF_MAX / 2) return NULL;
  size_t need = ((size + (size == 0) + 15) & ~(size_t)15) + RED_ZONE_BYTES;
  if (need > (size_t)(a->bump.end - a->bump.next)) {
    *why = next_block(a, need);
    if (*why != RESULT_OK) return NULL;
  }
  char *p = a->bump.next;
  a->bump.next += need;
  ASAN_UNPOISON_MEMORY_REGION(p, size);
  *why = RESULT_OK;
  return p;
}

/* ---- allocating */

void *arena__alloc_slowly(struct arena *a, size_t size) {
  result why;
  void *p = try_alloc(a, size, &why);
  if (!p) arena_leave(a, why);
  return p;
}

void *arena_zalloc(struct arena *a, size_t size) { return memset(arena_alloc(a, size), 0, size); }

_Noreturn void arena__too_large(struct arena *a) { arena_leave(a, RESULT_LIMIT); }

void *arena_grow(struct arena *a, void *old, size_t old_size, size_t new_size) {
  check(a);
  if (old && new_size <= old_size) return old;
#ifndef ARENA_WATCHED
  size_t old_need = (old_size + (old_size == 0) + 15) & ~(size_t)15;
  if (old && (char *)old + old_need == a->bump.next && new_size <= (size_t)(a->bump.end - (char *)old) / 16 * 16) {
    a->bump.next = (char *)old + ((new_size + 15) & ~(size_t)15);
    return old;
  }
#endif
  void *p = arena_alloc(a, new_size);
  if (old && old_size) memcpy(p, old, old_size);
  return p;
}

void arena_defer(struct arena *a, void (*function)(void *handle), void *handle) {
  assert(function);
  result why;
  struct deferred *d = try_alloc(a, sizeof *d, &why);
  if (!d) {
    function(handle);
    arena_leave(a, why);
  }
  *d = (struct deferred){ a->deferred, function, handle };
  a->deferred = d;
}

/* ---- going back */

struct arena_mark arena_mark(const struct arena *a) {
  check(a);
  return (struct arena_mark){ a->current, current_used(a), a->deferred };
}

/* Poisons what lies behind the mark in its block and in every newer one. */
static void poison_behind(struct arena *a, struct block *b, size_t used) {
  for (; b; b = b->newer, used = 0) {
    ASAN_POISON_MEMORY_REGION(block_bytes(b) + used, b->size - used);
    if (b == a->current) break;
  }
}

void arena_release(struct arena *a, struct arena_mark mark) {
  check(a);
  run_deferred(a, mark.deferred);
  struct block *b = mark.block;
  if (!a->current) return;
  poison_behind(a, b ? b : a->blocks, mark.used);
  if (b) {
    make_current(a, b, b->used_before);
    a->bump.next += mark.used;
  } else {
    a->current = NULL;
    a->bump = (struct arena_bump){ NULL, NULL };
  }
}

/* A reset arena starts again with one block as large as what it held, so that a thread that serves like requests
 * soon asks the system for nothing. Failing to get that block is no failure: the oldest one stays. */
void arena_reset(struct arena *a) {
  check(a);
  arena_release(a, (struct arena_mark){ NULL, 0, NULL });
  if (!a->blocks) return;
  size_t kept = a->held > KEPT_BYTES ? KEPT_BYTES : a->held;
  struct block *oldest = a->blocks;
  if (!oldest->newer && oldest->size <= kept) return;
  blocks_free(a, oldest->newer);
  oldest->newer = NULL;
  if (oldest->size + sizeof *oldest >= kept && oldest->size <= kept) return;
  result why;
  struct block *one = block_new(a, (kept - sizeof *one) & ~(size_t)15, &why);
  if (!one) return;
  blocks_free(a, oldest);
  a->blocks = one;
}

size_t arena_used(const struct arena *a) {
  check(a);
  return a->current ? a->current->used_before + current_used(a) : 0;
}

/* ---- the guard */

result arena_run(struct arena *a, void (*body)(void *context), void *context) {
  check(a);
  struct guard g = { .outer = a->guard, .why = RESULT_OK };
  a->guard = &g;
  if (setjmp(g.env) == 0) body(context);
  a->guard = g.outer;
  return g.why;
}

_Noreturn void arena_leave(struct arena *a, result why) {
  check(a);
  assert(why != RESULT_OK);
  if (!a->guard) die(why == RESULT_LIMIT ? "an arena met its limit outside any guard" : "no memory left");
  a->guard->why = why;
  longjmp(a->guard->env, 1);
}
