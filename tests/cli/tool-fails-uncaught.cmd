cloche run wait.js --tool t="sh -c 'echo no luck >&2; exit 1'"
