/* arena: the memory of one request. Everything a request computes lives in its arena and goes at once.
 *
 * Allocation never returns NULL: an arena that meets its limit, or a system without memory, leaves through the
 * innermost arena_run() with RESULT_LIMIT or RESULT_NO_MEMORY. So bodies hold no allocation checks, and exactly one
 * place per request answers for exhaustion. Allocating outside any arena_run() when memory is gone aborts.
 *
 * Handles of libraries (a json_t, an xmlDoc) that live across allocations are tied to the arena by arena_defer().
 * One arena belongs to one thread at a time. */
#ifndef SHIENKIN_BASE_ARENA_H
#define SHIENKIN_BASE_ARENA_H

#include "result.h"

struct arena;

/* A new arena that may hold at most `limit_bytes` (0: no limit but the system's). NULL when there is no memory.
 * Owned by the caller: arena_free(). */
struct arena *arena_new(size_t limit_bytes);
void arena_free(struct arena *a);               /* runs the deferred calls, newest first; NULL is fine */
void arena_cleanup(struct arena **a);           /* for CLEANUP */
void arena_reset(struct arena *a);              /* as free and new, keeping the first block for reuse */

/* Run body(context). RESULT_OK when it returns; otherwise what arena_leave() or exhaustion said. May nest. */
MUST_USE result arena_run(struct arena *a, void (*body)(void *context), void *context);
/* Leave the innermost arena_run() with `why` (not RESULT_OK). */
_Noreturn void arena_leave(struct arena *a, result why);

/* The two pointers that every struct arena starts with, shown here so that allocating is two compares and an addition
 * where it is written. Nobody else touches them. Under AddressSanitizer every allocation takes the long way instead,
 * and stands between red zones. */
struct arena_bump { char *next, *end; };
#if defined(__SANITIZE_ADDRESS__)
#define ARENA_WATCHED 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define ARENA_WATCHED 1
#endif
#endif
void *arena__alloc_slowly(struct arena *a, size_t size);

/* `size` bytes aligned to 16, not zeroed; size 0 gives a valid pointer. Never NULL. */
static inline void *arena_alloc(struct arena *a, size_t size) {
#ifndef ARENA_WATCHED
  struct arena_bump *bump = (struct arena_bump *)(void *)a;
  size_t need = (size + (size == 0) + 15) & ~(size_t)15;
  if (need >= size && need <= (size_t)(bump->end - bump->next)) {
    char *p = bump->next;
    bump->next += need;
    return p;
  }
#endif
  return arena__alloc_slowly(a, size);
}
void *arena_zalloc(struct arena *a, size_t size);                       /* zeroed */
_Noreturn void arena__too_large(struct arena *a);
/* An array, the multiplication checked. */
static inline void *arena_array(struct arena *a, size_t count, size_t size) {
  size_t bytes;
  if (__builtin_mul_overflow(count, size, &bytes)) arena__too_large(a);
  return arena_alloc(a, bytes);
}
#define ARENA_NEW(a, type) ((type *)arena_zalloc((a), sizeof(type)))
#define ARENA_ARRAY(a, type, count) ((type *)arena_array((a), (count), sizeof(type)))
/* Grow the array last allocated, or move it; contents kept. */
void *arena_grow(struct arena *a, void *old, size_t old_size, size_t new_size);

/* Call function(handle) when the arena is reset, released past this point, or freed. If the arena cannot note it,
 * function(handle) is called before leaving, so the handle never leaks. */
void arena_defer(struct arena *a, void (*function)(void *handle), void *handle);

/* Scratch: everything allocated after the mark goes at release. */
struct arena_mark { void *block; size_t used; void *deferred; };
struct arena_mark arena_mark(const struct arena *a);
void arena_release(struct arena *a, struct arena_mark mark);

size_t arena_used(const struct arena *a);       /* bytes handed out, for budgets and tests */

/* memory outside arenas, for handles that outlive a request: the one way to malloc, so that tests can fail the Nth.
 * NULL when there is none. */
void *mem_alloc(size_t size);
void *mem_realloc(void *old, size_t size);
void mem_free(void *p);
/* Test hook: the Nth allocation from now (1 = the next) fails, once; 0 switches it off. Returns how many allocations
 * were made since the last call. Per thread. */
uint64_t mem_fail_at(uint64_t nth);

#endif
