#!/bin/sh
# Makes an image of JavaScript: PROGRAM ENGINE_ID_FILE OUT PART.js... The parts become OUT.js, whose lines error messages name.
# Sanitizers that watch the building program must not fail the build for what it leaves to the end of its process.
set -eu
program=$1 id=$2 out=$3
shift 3
twice=$(sed -n 's/^function \([A-Za-z0-9_$]*\).*/\1/p' "$@" | sort | uniq -d)
[ -z "$twice" ] || { echo "make.sh: the parts are one function, and declare twice: $twice" >&2; exit 1; }
cat "$@" >"$out.js"
ASAN_OPTIONS=detect_leaks=0 exec "$program" js "$out.js" "$(cat "$id")" "$out"
