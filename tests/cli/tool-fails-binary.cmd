cloche run call.js --tool t="sh -c 'printf a\\\\377b >&2; exit 1'"
