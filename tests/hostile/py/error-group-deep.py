# status: error|limit|timeout
# code: uncaught_error|memory_limit|stack_limit|wall_time_limit
# timeout: 8s
# why: a group in a group in a group
e = ValueError(1)
for i in range(5000): e = ExceptionGroup('g', [e])
raise e
