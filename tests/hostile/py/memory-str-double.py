# status: limit
# code: memory_limit
# timeout: 5s
# why: text that doubles
s = 'x'
while True: s += s
