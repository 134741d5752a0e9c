#!/usr/bin/env bash
# answers.sh PROGRAM FOLDER: all answers in FOLDER, which goes empty again, against the documentation that PROGRAM prints.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
"$here/../openapi/install.sh"
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
"$1" >"$scratch/openapi.json"
cat "$2"/*.ndjson >"$scratch/answers.ndjson"
rm -f "$2"/*.ndjson
node "$here/answers.mjs" "$scratch/openapi.json" "$scratch/answers.ndjson"
