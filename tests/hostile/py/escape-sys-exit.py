# status: ok
# timeout: 3s
# why: sys.exit ends the run
import sys
sys.exit(7)
