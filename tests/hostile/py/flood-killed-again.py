# status: timeout
# code: wall_time_limit
# again: 12
# timeout: 50ms
# why: runs of a session, each killed; the session must be as before after each
before[1]['a'] = 3
import gc, io, json
files = [open('/tmp/%d' % i, 'w') for i in range(20)]
while True: before.append([before])
