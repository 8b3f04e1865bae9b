exec 7</dev/null 8>side; cloche run call.js --tool t="python3 fds.py"
