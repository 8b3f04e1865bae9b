# status: limit
# code: memory_limit
# why: a product of text
'ab' * (1 << 30)
