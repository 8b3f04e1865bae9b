# status: timeout
# code: wall_time_limit
# why: catastrophic backtracking
import re
re.match(r'(a+)+$', 'a' * 64 + 'b')
