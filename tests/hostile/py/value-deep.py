# status: ok|limit|error
# code: value_limit|uncaught_error
# timeout: 5s
# why: a value nested too deeply
x = []
for i in range(100000): x = [x]
x
