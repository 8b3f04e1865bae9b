# status: timeout
# code: wall_time_limit
# why: max over an endless iterator
import itertools
max(itertools.count())
