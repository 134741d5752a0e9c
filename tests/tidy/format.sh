#!/usr/bin/env bash
# Formats the C files that it is given, in place, as .clang-format says; with --check it only tells which would change.
#   tests/tidy/format.sh src/value/yen.c
#   tests/tidy/format.sh --check $(git ls-files 'src/*.c')
# Contract headers under include/ lay their comments out in columns by hand and are left alone.
set -euo pipefail
mode=(-i)
if [ "${1-}" = --check ]; then
  mode=(--dry-run -Werror)
  shift
fi
[ "$#" -gt 0 ] || { sed -n '2,5s/^# //p' "$0"; exit 2; }
for file in "$@"; do
  case $file in
    include/* | */include/*) echo "left alone: $file" ;;
    *) clang-format --style=file "${mode[@]}" "$file" ;;
  esac
done
