#!/bin/sh
# Makes an image: PROGRAM ENGINE_ID_FILE OUT PART.js... The parts become OUT.js, whose lines error messages name.
# Sanitizers that watch the building program must not fail the build for what it leaves to the end of its process.
set -eu
program=$1 id=$2 out=$3
shift 3
cat "$@" >"$out.js"
ASAN_OPTIONS=detect_leaks=0 exec "$program" "$out.js" "$(cat "$id")" "$out"
