cloche run hello.js --json | python3 -c 'import json, sys; r = json.load(sys.stdin); print(r["status"], r["value"], [o["content"] for o in r["output"]])'
