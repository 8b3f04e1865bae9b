# status: ok
# why: a value with a lone surrogate
'\ud800'
