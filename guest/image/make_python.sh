#!/bin/sh
# Makes the image of Python: PROGRAM ENGINE_ID_FILE OUT PACK. Sanitizers that watch the building program must not fail the
# build for what it leaves to the end of its process.
set -eu
ASAN_OPTIONS=detect_leaks=0 exec "$1" python "$4" "$(cat "$2")" "$3"
