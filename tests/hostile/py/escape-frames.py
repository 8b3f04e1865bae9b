# status: ok
# value: false
# timeout: 3s
# why: frames can be walked; none of the host is there
import sys
names = []
f = sys._getframe()
while f:
    names.append(f.f_code.co_filename)
    f = f.f_back
any(n.startswith(('/root', '/work', '/build')) for n in names)
