# status: ok
# timeout: 20s
# why: a value of exactly the limit of 1 MiB
'x' * ((1 << 20) - 2)
