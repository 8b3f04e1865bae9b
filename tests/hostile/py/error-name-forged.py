# status: error
# code: uncaught_error
# why: an error named as a limit is none
class MemoryError(Exception): pass
raise MemoryError('memory_limit')
