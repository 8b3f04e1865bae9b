# status: ok
# value: 1
# why: NUL and control characters
print('\0\x1b[31m\r')
1
