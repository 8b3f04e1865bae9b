# status: ok|error
# code: uncaught_error
# timeout: 3s
# why: a dict that changes while it is read
class D(dict):
    def items(self):
        self['x%d' % len(self)] = 1
        return super().items()
D(a=1)
