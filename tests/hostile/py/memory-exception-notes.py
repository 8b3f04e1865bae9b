# status: limit
# code: memory_limit
# timeout: 8s
# why: an error that grows
e = ValueError()
while True: e.add_note('x' * 65536)
