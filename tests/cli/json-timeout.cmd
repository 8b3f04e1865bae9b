cloche run loop.js --json --timeout 50ms > r; echo $?; python3 -c 'import json; r = json.load(open("r")); print(r["status"], r["error"]["code"])'
