cloche run call.js --tool t="sh -c 'cat /dev/stdin; echo fine > /dev/stderr'"
