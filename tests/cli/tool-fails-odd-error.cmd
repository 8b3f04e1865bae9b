printf '%s\n' 'echo "{\"error\": \"text\"}" >&2; exit 1' > f.sh; cloche run call.js --tool t='sh f.sh'
