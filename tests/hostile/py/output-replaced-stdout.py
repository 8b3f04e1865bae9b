# status: ok
# value: 1
# timeout: 3s
# why: a guest that replaces its streams harms itself alone
import sys
sys.stdout = sys.stderr = None
1
