# status: ok
# value: true
# timeout: 8s
# why: moving folders into themselves, over each other, and over what is open
import os, itertools, random
random.seed(1)
os.chdir('/tmp')
names = ['a', 'b', 'a/b', 'b/a', 'a/b/c', '..', '.', 'a/..', '/', '/usr', '/usr/lib/python3.11', 'c', 'b/a/']
opened = []
for i in range(20000):
    x, y = random.choice(names), random.choice(names)
    try:
        random.choice([os.mkdir, os.rmdir, os.remove, lambda p: os.rename(p, y), lambda p: os.link(p, y),
                       lambda p: os.symlink(y, p), lambda p: opened.append(open(p, 'ab+')), os.listdir, os.stat])(x)
    except OSError:
        pass
    if len(opened) > 100: opened.clear()
import colorsys
colorsys.__name__ == 'colorsys' and os.path.isdir('/')
