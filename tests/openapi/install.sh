#!/usr/bin/env bash
# install.sh: the packages that package-lock.json names, once; a checkout that has them needs no network.
set -euo pipefail
cd "$(dirname "$0")"
if [ ! -d node_modules/@redocly ] || [ package-lock.json -nt node_modules/.package-lock.json ]; then
  npm ci --no-audit --no-fund >&2
fi
