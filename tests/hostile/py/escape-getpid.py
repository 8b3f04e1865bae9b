# status: ok
# value: true
# why: process ids are not the host's
import os
(os.getpid() if hasattr(os, 'getpid') else 1) <= 42
