cloche run call.js --tool t="sh -c 'yes é | head -c 5000 | tr -d \\\\n >&2; exit 1'" | python3 -c 'import json, sys; m = json.load(sys.stdin)["message"]; print(m[:32], len(m.split(": ")[1]))'
