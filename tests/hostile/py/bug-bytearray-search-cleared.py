# status: ok
# value: [1,99971,1,99999,99999,true,"ValueError",null]
# why: python/cpython issues 142558, 142559 and 142560: the number that is searched for clears the bytearray on its way to a number
seen = []
for name in ('find', 'count', 'index', 'rfind', 'rindex', '__contains__', 'remove', 'append'):
    victim = bytearray(b'A' * 100000)
    class Evil:
        def __index__(self):
            victim.clear()
            seen.append(bytearray(b'B' * 100))
            return 65
    try: seen.append(getattr(victim, name)(Evil()))
    except Exception as e: seen.append(type(e).__name__)
[s for s in seen if not isinstance(s, bytearray)]
