# status: limit|error|timeout
# code: memory_limit|uncaught_error|wall_time_limit
# timeout: 8s
# why: an error with a long chain of causes
e = None
for i in range(20000):
    n = ValueError(i)
    n.__cause__ = e
    e = n
raise e
