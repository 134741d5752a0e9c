#!/usr/bin/env bash
# lint.sh PROGRAM: the documentation that PROGRAM prints, read by @redocly/cli under its strict rules and, as JSON Schema
# 2020-12, by ajv. No error and no warning.
set -euo pipefail
program=$(realpath "$1")
cd "$(dirname "$0")"
./install.sh
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
"$program" > "$scratch/openapi.json"
REDOCLY_TELEMETRY=off node_modules/.bin/redocly lint --config redocly.yaml --max-problems 1000 "$scratch/openapi.json"
node schemas.mjs "$scratch/openapi.json"
