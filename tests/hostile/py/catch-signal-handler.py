# status: timeout
# code: wall_time_limit
# why: a handler of its own for SIGINT
import signal
try:
    signal.signal(signal.SIGINT, lambda *a: None)
except Exception:
    pass
while True: pass
