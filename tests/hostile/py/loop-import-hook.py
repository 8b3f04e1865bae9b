# status: timeout
# code: wall_time_limit
# why: a finder that never returns
import sys
class F:
    def find_spec(self, *a):
        while True: pass
sys.meta_path.insert(0, F())
import no_such_thing
