cloche run call.js --tool t="sh -c 'yes | head -c 3000000 >&2; echo 1'"
