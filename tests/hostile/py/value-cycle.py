# status: ok
# timeout: 5s
# why: a value that holds itself
x = []
x.append(x)
x
