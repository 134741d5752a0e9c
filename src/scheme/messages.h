/* messages: the catalogue of this room: every text for people, in Japanese and English. */
#ifndef SCHEME_MESSAGES_H
#define SCHEME_MESSAGES_H

#include "shienkin/base.h"

extern const struct message scheme__in_future, scheme__beyond_calendar, scheme__range_reversed, scheme__too_long,
  scheme__before_incident, scheme__contradiction_no_attack, scheme__contradiction_no_leak, scheme__check_digit,
  scheme__rules_fault, scheme__rules_answer, scheme__rules_unreadable, scheme__rules_folder, scheme__rules_none, scheme__rules_attribute,
  scheme__rules_node_missing, scheme__rules_input_unknown,
  scheme__rules_memory, scheme__case_table;

#endif
