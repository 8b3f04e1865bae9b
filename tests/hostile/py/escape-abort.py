# status: error|limit
# code: uncaught_error|trap
# why: abort ends the guest, never the host
import os
os.abort()
