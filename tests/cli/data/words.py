import json, sys
json.dump(sys.argv[1:], sys.stdout)
