# status: ok
# value: true
# timeout: 8s
# why: a folder that grows and shrinks while it is read
import os
os.chdir('/tmp')
for i in range(2000): open(f'f{i}', 'w').close()
seen = 0
with os.scandir('.') as entries:
    for e in entries:
        seen += 1
        if seen > 100000: break
        os.remove(e.name)
        if seen < 5000: open(f'g{seen}', 'w').close()
seen < 100000
