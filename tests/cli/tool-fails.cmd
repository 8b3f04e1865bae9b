cloche run call.js --tool t="sh -c 'echo \"  went wrong  \" >&2; exit 3'"
