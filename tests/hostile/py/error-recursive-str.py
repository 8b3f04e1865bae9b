# status: error|limit
# code: uncaught_error|stack_limit
# why: an error whose text raises itself
class E(Exception):
    def __str__(self): raise E()
raise E()
