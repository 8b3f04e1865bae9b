cloche run wait.js --tool t="sh stubborn.sh" & p=$!
while [ ! -e up ]; do sleep 0.02; done
kill -INT $p; sleep 0.2; kill -INT $p; wait $p; echo $?
rm beat; sleep 0.3; [ -e beat ] && echo survived; :
