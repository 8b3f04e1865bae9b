# status: ok
# value: false
# timeout: 3s
# why: the host's environment is not seen
import os
'SECRET' in os.environ or any('/root' in v for v in os.environ.values())
