# status: ok
# why: sys.exit ends the run
import sys
sys.exit(7)
