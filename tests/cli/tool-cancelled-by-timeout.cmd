cloche run wait.js --tool t="sleep 20" --timeout 100ms; echo $?
