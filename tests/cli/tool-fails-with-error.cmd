cloche run call.js --tool t="sh fail.sh"
