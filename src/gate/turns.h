/* turns: taking one and giving it back. */
#ifndef SHIENKIN_GATE_TURNS_H
#define SHIENKIN_GATE_TURNS_H

#include "shienkin/gate.h"

bool gate__turn_take(struct gate_turns *t); /* waits; false: the queue is full, nothing was taken */
void gate__turn_give_back(struct gate_turns *t);
unsigned gate__turns_waiting(struct gate_turns *t); /* for tests */

#endif
