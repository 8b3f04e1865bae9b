# status: timeout
# code: wall_time_limit
# why: backtracking over alternatives
import re
re.match(r'(a|aa)+$', 'a' * 200 + 'b')
