# status: ok
# value: true
# timeout: 3s
# why: process ids are not the host's
import os
(os.getpid() if hasattr(os, 'getpid') else 1) <= 42
