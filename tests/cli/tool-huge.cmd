cloche run call.js --tool t=yes --limit result=64KiB
