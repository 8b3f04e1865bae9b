# status: ok
# value: "1,1,1,1,1,ValueError,1,1,ValueError,1"
# why: python/cpython issues 120298, 83634 and 82791: lists are emptied while their elements are compared
seen = []
class Evil:
    def __eq__(self, other):
        left.clear(); right.clear()
        seen.append([object() for _ in range(50)] and 1)
        return False
    __lt__ = __gt__ = __eq__
for use in (lambda: left == right, lambda: left < right, lambda: left >= right, lambda: Evil() in left, lambda: left.index(1), lambda: left.count(3), lambda: left.remove(4), lambda: left != right):
    left, right = [Evil(), Evil()], [Evil(), Evil()]
    try: use()
    except Exception as e: seen.append(type(e).__name__)
','.join(map(str, seen))
