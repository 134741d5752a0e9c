#!/bin/sh
# The migrate job: roles and database as administrator, then the schema as its owner. It may run again at any time, and
# passwords reach libpq by a file of this container's own memory, never by the words of a call.
set -eu
umask 077
pass=/tmp/pgpass
secrets=/run/secrets
printf '%s\n' "postgres:*:*:postgres:$(cat "$secrets/admin")" "postgres:*:*:shienkin_owner:$(cat "$secrets/owner")" >"$pass"
export PGPASSFILE="$pass"
/opt/shienkin/build/shienkin migrate --bootstrap --secrets "$secrets" --database "host=postgres user=postgres dbname=postgres"
/opt/shienkin/build/shienkin migrate --database "host=postgres user=shienkin_owner dbname=shienkin"
