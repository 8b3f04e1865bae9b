# status: timeout
# code: wall_time_limit
# why: any over an endless run of zeros
import itertools
any(itertools.repeat(0))
