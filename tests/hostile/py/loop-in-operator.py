# status: timeout
# code: wall_time_limit
# why: a search that never finds
import itertools
-1 in itertools.count()
