/* fixture: an arena and findings for each test, and how a found text is compared. */
#ifndef TEST_HTTP_FIXTURE_H
#define TEST_HTTP_FIXTURE_H

#include "unit/arena_fixture.h"
#include "shienkin/http.h"

#define SAME(found, expected) assert_true(str_eq((found), STR(expected)))

#endif
