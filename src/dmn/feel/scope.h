/* scope: which names are visible while a text is compiled, and where their values will be found (DMN 1.5, 10.3.2.11).
 *
 * Scopes form a chain. Crossing a scope that belongs to a function means leaving its frame: the value is then captured,
 * which gives it a slot of the inner frame. */
#ifndef FEEL_SCOPE_H
#define FEEL_SCOPE_H

#include "feel/feel.h"
#include "feel/scan.h"

struct feel_name {
  dmn_symbol symbol;
  str spelled; /* in the scanner's one spelling */
  uint32_t slot;
  const struct dmn_type *type;
  const struct feel_node *code; /* instead of a slot */
  bool used;
};

struct feel_scope {
  struct feel_scope *outer;
  struct feel_lambda *lambda; /* the function whose outermost scope this is */
  struct feel_name *names;
  uint32_t count, capacity;
  bool element; /* the names of one element's entries, known or not */
  uint32_t element_slot;
  const struct dmn_type *element_type; /* NULL: unknown */
};

struct feel_lambda {
  struct feel_scope *scope;
  struct feel_frame frame, *outer_frame;
  const struct feel_parameter *parameters;
  uint32_t parameter_count;
  struct {
    uint32_t from, to;
  } * captures; /* slot of the frame outside, slot of this one */
  uint32_t capture_count, capture_capacity;
};

/* What a name means where it stands. */
enum feel_meaning {
  MEANS_NOTHING,
  MEANS_SLOT,  /* a value in a slot */
  MEANS_CODE,  /* code of its own */
  MEANS_ENTRY, /* an entry that the element at `slot` is known to have */
  MEANS_BUILTIN,
};
struct feel_found {
  enum feel_meaning meaning;
  uint32_t slot;
  dmn_symbol symbol;
  uint32_t index; /* ENTRY: where it probably stands */
  const struct dmn_type *type;
  const struct feel_node *code;
  const struct dmn_builtin *builtin;
  /* Elements on the way out whose type is unknown: each may have an entry of that name at run time, innermost first. */
  uint32_t maybe_count;
  struct {
    uint32_t slot;
    bool closed;
  } maybe[4];
};

/* The meaning of a name in the scanner's spelling, from `s` outwards. Elements of unknown type are noted as maybe. */
void feel_scope_find(struct feel_compiler *c, struct feel_scope *s, str spelled, struct feel_found *out);
/* The name in scope that is nearest to `spelled` by edits, as a suggestion; n = 0: none is near. */
str feel_scope_nearest(struct feel_compiler *c, const struct feel_scope *s, str spelled);
/* Has any scope on the way out an element of unknown type? */
bool feel_scope_has_element(const struct feel_scope *s);
/* The name of that symbol declared in this very scope, or NULL. */
struct feel_name *feel_scope_own(struct feel_scope *s, dmn_symbol symbol);
/* A slot of the compiler's frame without a name. */
uint32_t feel_scope_slot(struct feel_compiler *c);
/* The symbol's text in the scanner's spelling. */
str feel_spelled(struct feel_compiler *c, dmn_symbol symbol);

#endif
