# status: error
# code: uncaught_error
# why: no mounts unless the host gives some
import os
os.listdir('/mnt/host')
