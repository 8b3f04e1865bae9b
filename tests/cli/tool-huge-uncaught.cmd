cloche run wait.js --tool t="cat /dev/zero" --limit result=64KiB
