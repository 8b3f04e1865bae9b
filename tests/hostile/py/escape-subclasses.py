# status: error
# code: uncaught_error
# why: the classic walk over subclasses finds a class that starts processes, which cannot
[c for c in ().__class__.__base__.__subclasses__() if c.__name__ == 'Popen'][0](['id'])
