# status: ok
# timeout: 3s
# why: keys that are not text
{float('nan'): 1, None: 2, (1, 2): 3}
