cloche run lines.js --events | python3 -c 'import json, sys; rows = [json.loads(line) for line in sys.stdin]; print(len(rows), rows[0]["type"], rows[-1]["type"], rows[-1]["report"]["status"])'
