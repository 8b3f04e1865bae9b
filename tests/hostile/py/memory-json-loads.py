# status: limit
# code: memory_limit
# timeout: 8s
# why: a nested text read into a large structure
import json
json.loads('[' + '[1,2,3,4],' * 3_000_000 + '1]')
