# status: ok
# value: {"a":1}
# timeout: 3s
# why: json replaced: the guest harms itself alone
import json
json.dumps = None
json.JSONEncoder = None
{'a': 1}
