cloche run call.js --limit result=100 --tool t="python3 -c 'import sys, json; json.dump({\"error\": {\"name\": \"N\", \"message\": \"m\", \"data\": \"x\" * 200}}, sys.stderr); sys.exit(1)'"
