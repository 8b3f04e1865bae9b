# status: ok|limit|timeout|error
# code: memory_limit|wall_time_limit|uncaught_error
# timeout: 3s
# why: a pattern that is huge when compiled
import re
re.compile('(' * 90 + 'a' + '){65535}' * 90)
