# status: ok|limit|error
# code: display_limit|uncaught_error
# timeout: 5s
# why: displays without end
for i in range(100): display('x' * (1 << 20))
