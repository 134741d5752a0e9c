#!/bin/sh
# docker/make-secrets.sh [FOLDER]: random passwords for each role of the database, and the two key files, into FOLDER, which is
# docker/secrets/ unless named. What is there already is left alone. The files belong to the user of the image, 10001, who
# alone reads them.
set -eu
umask 077
secrets=${1:-$(dirname "$0")/secrets}
mkdir -p "$secrets"
hex() { od -An -tx1 -N32 /dev/urandom | tr -d ' \n'; }
for role in admin owner clinic staff log auditor; do
  [ -s "$secrets/$role" ] || hex >"$secrets/$role"
done
[ -s "$secrets/master-keys" ] || printf 'first %s\nblind-index %s\n' "$(hex)" "$(hex)" >"$secrets/master-keys"
[ -s "$secrets/cursor-key" ] || printf '%s\n' "$(hex)" >"$secrets/cursor-key"
if [ "$(id -u)" -eq 0 ]; then
  chown -R 10001:10001 "$secrets"
fi
