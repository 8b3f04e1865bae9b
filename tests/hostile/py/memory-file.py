# status: limit|error
# code: memory_limit|uncaught_error|files_limit
# timeout: 8s
# why: a file that grows until the quota
with open('/tmp/x', 'wb') as f:
    while True: f.write(bytes(1 << 20))
