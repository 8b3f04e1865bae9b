# status: error|limit
# code: uncaught_error|memory_limit
# why: an array of doubles
import array
array.array('d', bytes(8)) * (1 << 28)
