# status: timeout
# code: wall_time_limit
# why: error output without end
import sys
while True: sys.stderr.write('x' * 1000)
