# status: ok
# value: [true,true]
# timeout: 8s
# why: a long chain of links, and links that double the path with every step
import os
os.chdir('/tmp')
open('end', 'w').write('x')
os.symlink('end', 'l0')
for i in range(60): os.symlink(f'l{i}', f'l{i + 1}')
def refused(path):
    try: open(path)
    except OSError as e: return e.strerror in ('Symbolic link loop', 'Filename too long')
os.mkdir('e')
os.symlink('../e/' * 500, 'e/x0')
for i in range(30): os.symlink(f'x{i}/../e/x{i}', f'e/x{i + 1}')
[refused('l60'), refused('e/x30/f')]
