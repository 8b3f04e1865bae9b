# status: limit
# code: memory_limit
# why: a width of billions in an f-string
f'{1:2000000000}'
