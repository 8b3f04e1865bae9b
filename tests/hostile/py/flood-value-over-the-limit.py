# status: limit
# code: value_limit
# timeout: 20s
# why: a value of one byte more than the limit
'x' * ((1 << 20) - 1)
