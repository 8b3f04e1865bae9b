#!/bin/sh
# Shows what a run is: TypeScript, and a script with tools as a language model writes it; output, value, report, time.
# usage: demo.sh [PATH/TO/cloche]
set -eu
cloche=${1:-cloche}
here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

command -v "$cloche" >/dev/null || { echo "demo.sh: there is no '$cloche'; name the program: demo.sh build/cloche" >&2; exit 2; }

say() { printf '\n\033[1m%s\033[0m\n' "$*"; }
pick() { # a jq filter over the report; without jq, nothing is picked
  if command -v jq >/dev/null; then jq "$@" "$work/report"; else cut -c 1-1200 "$work/report"; fi
}

say 'TypeScript (examples/hello.ts)'
cat "$here/hello.ts"

say 'cloche run hello.ts'
"$cloche" run "$here/hello.ts"

say 'A script with tools (examples/orders.js)'
cat "$here/orders.js"

say 'cloche run orders.js --tool read_file=... --tool exchange_rate=... --json'
code=0
"$cloche" run "$here/orders.js" \
  --tool read_file="'$here/tools/read_file'" --tool exchange_rate="'$here/tools/exchange_rate'" \
  --timeout 20s --json >"$work/report" || code=$?

if command -v jq >/dev/null; then
  say 'What it printed'
  pick -r '.output[] | "\(.type): \(.content)"'
  say 'Its value'
  pick '.value // .error'
  say 'The calls it made, and what it cost (from the report)'
  pick -c '.calls[] | {tool, status, started_ms, ended_ms, argument_bytes, result_bytes}'
  pick '.metrics'
  say "$(pick -r '"\(.status) after \(.metrics.wall_ms) ms, of which the script computed \(.metrics.cpu_ms) ms"')"
else
  say 'Its report (with jq installed it is shown in parts)'
  pick
fi
exit "$code"
