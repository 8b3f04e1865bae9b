# status: timeout
# code: wall_time_limit
# why: a callback of the collector that never ends
import gc
def forever(phase, info):
    while True: pass
gc.callbacks.append(forever)
gc.collect()
