printf '%s\n' 'echo "{\"error\": {\"message\": \"m\", \"code\": 7}}" >&2; exit 1' > f.sh; cloche run call.js --tool t='sh f.sh'
