# status: ok|error|limit
# code: stack_limit|uncaught_error
# timeout: 20s
# why: a pattern nested deeply
import re
re.compile('(' * 5000 + ')' * 5000)
