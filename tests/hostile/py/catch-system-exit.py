# status: ok
# value: 3
# timeout: 3s
# why: SystemExit is the guest's to catch
import sys
try:
    sys.exit(3)
except SystemExit as e:
    r = e.code
r
