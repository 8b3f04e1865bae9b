# status: ok
# value: []
# timeout: 2s
# why: nothing of this machine in what describes it
import sys, os, platform
t = ' '.join([sys.platform, sys.version, platform.platform(), platform.node(), str(os.uname()) if hasattr(os, 'uname') else '', sys.prefix, sys.executable or '', os.getcwd()])
[w for w in ('x86_64-linux', '/root', '/work', '/tmp/', 'debian-', 'clang') if w in t.lower() and w != 'clang']
