# status: ok
# value: 1
# timeout: 3s
# why: atexit handlers never run: the interpreter never ends
import atexit
def h():
    while True: pass
atexit.register(h)
1
