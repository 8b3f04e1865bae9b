# status: limit|timeout
# code: memory_limit|wall_time_limit
# memory: 48MiB
# timeout: 3s
# why: a tower of powers
x = 9
while True: x = x ** 9
