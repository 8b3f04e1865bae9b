# status: timeout
# code: wall_time_limit
# why: a display hook that never returns
class A:
    def _repr_html_(self):
        while True: pass
display(A())
