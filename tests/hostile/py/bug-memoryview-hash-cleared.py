# status: ok
# value: "int"
# why: python/cpython issue 142664: the owner of a view's memory clears it while it is asked for its hash
import array
class Owner(array.array):
    def __hash__(self):
        view.release()
        self[:] = array.array('B')
        return 1
owner = Owner('B', b'x' * 64)
view = memoryview(owner).toreadonly()
try: answer = type(hash(view)).__name__
except Exception as e: answer = type(e).__name__
answer
