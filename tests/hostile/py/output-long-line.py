# status: ok
# value: 1
# timeout: 5s
# why: one line larger than the limit is cut
print('x' * (8 << 20))
1
