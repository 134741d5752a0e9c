/* people: signing in, and one's own account. */
#include "answers.h"

static const char *const steps[] = { "second_factor", "enrol_totp", "done", NULL };
static const struct spec next = { .kind = SPEC_ENUM, .words = steps, .description = "what is to be done with the ticket" };
static const char *const realms[] = { "clinic", "staff", "auditor", NULL };
static const struct spec realm = { .kind = SPEC_ENUM, .words = realms };
static const struct spec secret = { .kind = SPEC_STRING, .max_length = 512 };
static const struct spec roles = API_ARRAY(api__role);
static const struct spec codes = { .kind = SPEC_ARRAY, .items = &secret, .description = "shown once" };

const struct spec answer__step = {
  .kind = SPEC_OBJECT,
  .component = "SignInStep",
  .description = "one step more, under its ticket; or, with next \"done\", a session",
  .members = API_MEMBERS({ "next", true, &next }, { "ticket", false, &secret }, { "token", false, &secret },
                         { "csrf", false, &secret }, { "session", false, &api__id_session },
                         { "realm", false, &realm }, { "account", false, &api__id_account },
                         { "person", false, &api__id_person }, { "name", false, &api__short },
                         { "roles", false, &roles }, { "expires_at", false, &api__moment },
                         { "recovery_codes", false, &codes }),
};

const struct spec answer__totp = API_OBJECT({ "secret", true, &secret }, { "uri", true, &secret });
const struct spec answer__recovery_codes = API_OBJECT({ "recovery_codes", true, &codes });
const struct spec answer__token = API_OBJECT({ "token_id", true, &api__id_token }, { "token", true, &secret },
                                             { "expires_at", true, &api__moment });

/* ---- one's own */

static const struct spec mandate = API_OBJECT({ "facility", true, &api__id_facility }, { "kind", true, &api__short },
                                              { "name", true, &api__short_null }, { "mandate", false, &api__id_mandate });
static const struct spec mandates = API_ARRAY(mandate);
static const struct spec session =
    API_OBJECT({ "session", true, &api__id_session }, { "began_at", true, &api__moment }, { "seen_at", true, &api__moment_null },
               { "via", true, &api__short_null }, { "this", true, &api__bool_spec });
static const struct spec sessions = API_ARRAY(session);
static const struct spec token =
    API_OBJECT({ "token_id", true, &api__id_token }, { "name", true, &api__short }, { "read_only", true, &api__bool_spec },
               { "expires_on", true, &api__date_null }, { "ended_at", true, &api__moment_null });
static const struct spec tokens = API_ARRAY(token);
const struct spec answer__own = {
  .kind = SPEC_OBJECT,
  .component = "OwnAccount",
  .members = API_MEMBERS({ "account", true, &api__id_account }, { "person", true, &api__id_person },
                         { "login", true, &api__short }, { "name", true, &api__short },
                         { "realm", true, &realm }, { "roles", true, &roles }, { "language", true, &api__short_null },
                         { "second_factor", true, &api__bool_spec }, { "recovery_codes_left", true, &api__integer },
                         { "mandates", true, &mandates }, { "sessions", true, &sessions }, { "tokens", true, &tokens }),
};
const struct spec answer__step_up = { .kind = SPEC_MAP, .items = &api__any };

const struct spec answer__contact = API_OBJECT({ "address", true, &api__short_null }, { "since", false, &api__moment_null });
