/* routes: the areas of the API, in the order of its documentation. */
#include "api_inside.h"

const struct http_route_table *const api_routes[] = {
  &api__sign_in,          &api__account,      &api__drafts,      &api__claims,       &api__evidence,
  &api__reference,        &api__staff_queue,  &api__staff_case,  &api__staff_review, &api__staff_duplicates,
  &api__staff_decide,     &api__staff_roster, &api__staff_rules, &api__staff_people, &api__staff_audit,
  &api__documents,
};
const size_t api_route_table_count = COUNT_OF(api_routes);

/* Everything that the API refuses is http's or the service's to say. */
static const struct http_problem *const none[] = { NULL };
const struct http_problem_table api_problems = { none, 0 };
