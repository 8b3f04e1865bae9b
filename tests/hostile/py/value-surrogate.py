# status: ok
# timeout: 3s
# why: a value with a lone surrogate
'\ud800'
