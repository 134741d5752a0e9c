#!/bin/sh
# Installs the peers as their lock file says, and runs them beside the program: tests/bench/peers/run.sh [PROGRAM] [SECONDS]
set -eu
here=$(cd "$(dirname "$0")" && pwd)
program=${1:-$here/../../../build/shienkin}
# The lock file names what is installed, with its digest. `npm ci` would do, but refuses a lock file made where builds for
# other platforms cannot be seen.
(cd "$here" && npm install --no-save --no-audit --no-fund --silent)
exec node "$here/run.mjs" "$program" "${2:-2}"
