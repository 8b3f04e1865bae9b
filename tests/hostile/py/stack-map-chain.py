# status: limit|error|timeout
# code: stack_limit|uncaught_error|memory_limit|wall_time_limit
# timeout: 20s
# why: a tower of map objects
it = iter([1])
for i in range(200000): it = map(int, it)
list(it)
