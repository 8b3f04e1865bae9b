# status: ok
# value: true
# timeout: 3s
# why: the collector's view holds no host object
import gc
len(gc.get_objects()) >= 0
