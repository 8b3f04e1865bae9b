# status: limit
# code: memory_limit
# why: padding of billions
'a'.ljust(1 << 31)
