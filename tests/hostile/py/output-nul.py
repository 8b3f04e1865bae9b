# status: ok
# value: 1
# timeout: 3s
# why: NUL and control characters
print('\0\x1b[31m\r')
1
