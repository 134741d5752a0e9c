#!/bin/sh
# PostgreSQL for compose, out of the image of the service: makes its cluster once, then becomes it. Whoever comes over the
# network shows a password; the administrator's is a secret file.
set -eu
bin=/usr/lib/postgresql/15/bin
data=/var/lib/shienkin/data
if [ ! -s "$data/PG_VERSION" ]; then
  "$bin/initdb" -D "$data" -U postgres -E UTF8 --locale=C.UTF-8 --auth=scram-sha-256 --pwfile=/run/secrets/admin
  echo 'host all all all scram-sha-256' >>"$data/pg_hba.conf"
fi
exec "$bin/postgres" -D "$data" -c listen_addresses='*' -c unix_socket_directories=/tmp
