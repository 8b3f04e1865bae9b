cloche run call.js --tool t="sh -c 'sleep 20 >/dev/null 2>&1 & echo \$! > pid; echo 1'"; kill $(cat pid)
