#!/bin/sh
# Instructions for one decision (claim, line, model) of each part of `shienkin bench dmn`, counted by callgrind: what one
# run with many rounds takes more than one with a single round, so that loading and starting are left out. Unlike rates,
# these repeat: tests/bench/instructions.sh [PROGRAM] [PART…]
set -eu
here=$(cd "$(dirname "$0")" && pwd)
program=${1:-$here/../../build/shienkin}
case $program in /*) ;; *) program=$PWD/$program ;; esac
[ $# -gt 0 ] && shift
[ $# -gt 0 ] || set -- table-12 table-1001 scheme scheme-trace ndjson load
cd "$here/../.."
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

count() { # PART ROUNDS: instructions and units
  valgrind --tool=callgrind --callgrind-out-file="$work/out" "$program" bench dmn --only "$1" --rounds "$2" \
    >"$work/units" 2>"$work/log"
  sed -n 's/.*Collected : //p' "$work/log"
  sed -n 's/.*: \([0-9]*\) [a-z]*$/\1/p' "$work/units"
}

for part; do
  rounds=11
  case $part in table-*) rounds=101 ;; esac
  few=$(count "$part" 1)
  many=$(count "$part" "$rounds")
  printf '%s %s %s\n' "$part" "$few" "$many" | tr '\n' ' ' |
    awk '{ printf "%-14s %10d instructions\n", $1, ($4 - $2) / ($5 - $3) }'
done
