cloche version --json | python3 -c 'import json, sys; v = json.load(sys.stdin); print(sorted(v), sorted(v["engine"]), "quickjs" in v["guest_sha256"], sorted(v["build"]), sorted(v["libraries"]), len(v["engine"]["image_id"]))'
cloche version > a; cloche version --json | grep -o '[0-9a-f]\{64\}' | while read id; do grep -q $id a || echo missing $id; done; cloche version --json > /dev/full
