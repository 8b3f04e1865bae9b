# status: timeout
# code: wall_time_limit
# why: an endless iterator consumed in C
import itertools, collections
collections.deque(itertools.count(), maxlen=0)
