# status: limit
# code: value_limit
# why: a value larger than allowed
'x' * (4 << 20)
