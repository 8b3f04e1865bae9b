# status: limit|error
# code: memory_limit|uncaught_error|files_limit
# timeout: 8s
# why: files without end
i = 0
while True:
    open(f'/tmp/{i}', 'w').close()
    i += 1
