# status: ok
# value: [0,"ValueError",0,"ValueError","BufferError",0,"ValueError"]
# why: python/cpython issues 92888 and 142665: an index or a value releases the view that is written, and its memory has another owner
seen = []
for how in ('index', 'value', 'slice', 'tuple'):
    backing = bytearray(bytearray.__basicsize__)
    view = memoryview(backing).cast('n')
    class Evil:
        def __index__(self):
            view.release()
            seen.append(backing.clear() or bytearray())
            return 2
    try:
        if how == 'index': view[Evil()] = 2**31 - 1
        elif how == 'value': view[1] = Evil()
        elif how == 'slice': view[slice(Evil(), None)][0]
        else: view[Evil(), ]
    except Exception as e: seen.append(type(e).__name__)
[len(s) if isinstance(s, bytearray) else s for s in seen]
