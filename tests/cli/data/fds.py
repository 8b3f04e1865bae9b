import json, os, sys
json.dump(sorted(os.listdir("/proc/self/fd")), sys.stdout)  # one of them is that of the folder
