#!/bin/sh
# docker/make-secrets.sh: random passwords for each role of the database, and the two key files, into docker/secrets/. What is
# there already is left alone. The files belong to the user of the image, 10001, who alone reads them.
set -eu
umask 077
cd "$(dirname "$0")"
mkdir -p secrets
hex() { od -An -tx1 -N32 /dev/urandom | tr -d ' \n'; }
for role in admin owner clinic staff log auditor; do
  [ -s "secrets/$role" ] || hex >"secrets/$role"
done
[ -s secrets/master-keys ] || printf 'first %s\nblind-index %s\n' "$(hex)" "$(hex)" >secrets/master-keys
[ -s secrets/cursor-key ] || printf '%s\n' "$(hex)" >secrets/cursor-key
# PostgreSQL's image reads the administrator's password as its own user; the others are for ours alone.
if [ "$(id -u)" -eq 0 ]; then
  chown 10001:10001 secrets/*
  chmod 644 secrets/admin
fi
