# status: timeout
# code: wall_time_limit
# why: a substitution whose function never returns
import re
def forever(m):
    while True: pass
re.sub('a', forever, 'a')
