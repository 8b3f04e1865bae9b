# status: timeout
# code: wall_time_limit
# why: a factorial that never ends, in C
import math
math.factorial(5_000_000)
