# status: limit
# code: memory_limit
# why: a width of billions
'%2000000000d' % 1
