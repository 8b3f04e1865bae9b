cloche run --lang py -e 1 > /dev/null 2>&1 || exit 77 # the engine is not in this build
# a guest that may write tries to get out of its mount, by every way that a path has
mkdir -p in/sub out; echo secret > secret; echo secret > out/secret; echo inside > in/file
ln -s ../secret in/up; ln -s /etc/passwd in/abs; ln -s ../out in/dir; ln -s /proc/self/environ in/proc; ln -s file in/fine
mkfifo in/fifo; printf x > in/suid; chmod 4755 in/suid
cat > attack.py <<'END'
import os
def attempt(what, function, *args, **more):
    try:
        print(what, '->', function(*args, **more))
    except Exception as e:
        text = str(e)
        print(what, '->', type(e).__name__, e.strerror if isinstance(e, OSError) else text)
read = lambda path: open(path).read(20)
m = '/mnt/in/'
for name in ['up', 'abs', 'dir/secret', 'proc', 'fine', 'fifo', '../secret', 'sub/../../secret', '/etc/passwd', 'sub/../file',
             '../../etc/passwd', 'FILE', 'file/', 'file/.', 'sub/', 'n' * 255, 'n' * 256, 'sub/' * 1500 + 'x']:
    attempt('read ' + name[:30], read, m + name)
attempt('write up', lambda: open(m + 'up', 'w'))
attempt('write abs', lambda: open(m + 'abs', 'a'))
attempt('write suid', lambda: open(m + 'suid', 'w'))
attempt('create in dir', lambda: open(m + 'dir/new', 'w'))
attempt('mkdir', os.mkdir, m + 'dir/new')
attempt('symlink', os.symlink, '/etc/passwd', m + 'mine')
attempt('symlink from here', os.symlink, m + 'file', '/tmp/l')
attempt('read it', read, '/tmp/l')
attempt('hard link', os.link, m + 'file', '/tmp/hard')
attempt('move a link', os.rename, m + 'up', m + 'sub/up')
attempt('move out', os.rename, m + 'file', '/tmp/file')
attempt('move in', os.rename, '/tmp/l', m + 'l')
attempt('move the mount', os.rename, '/mnt/in', '/mnt/x')
attempt('remove the mount', os.rmdir, '/mnt/in')
attempt('remove the fifo', os.remove, m + 'fifo')
attempt('readlink up', os.readlink, m + 'up')
attempt('readlink abs', os.readlink, m + 'abs')
attempt('realpath', os.path.realpath, m + 'up')
attempt('mkfifo', lambda: os.mkfifo(m + 'p'))
attempt('chmod', lambda: os.chmod(m + 'file', 0o4777))
attempt('read-only', lambda: open('/mnt/ro/file', 'w'))
attempt('read-only remove', os.remove, '/mnt/ro/file')
attempt('read-only touch', os.utime, '/mnt/ro/file')
files = []
def many():
    for i in range(100000):
        files.append(open(m + 'file'))
attempt('100,000 files', many)
print(len(files)); files.clear()
for i in range(5000): open(m + 'file').close()
attempt('sparse', lambda: open(m + 'big', 'w').truncate(1 << 40))
attempt('far', lambda: (lambda f: (f.seek(1 << 62), f.write(b'x'), f.flush()))(open(m + 'big', 'wb')))
attempt('much', lambda: open(m + 'big', 'wb').write(b'x' * 2000000))
attempt('scan', lambda: sorted((e.name, e.is_file(), e.is_symlink()) for e in os.scandir(m)))
attempt('fd', os.fstat, 5)
END
cloche run attack.py --mount in:/mnt/in:rw --mount in:/mnt/ro --files-bytes 1MiB 2>&1 | sed 's/at 0x[0-9a-f]*//'; ls in out; cat secret out/secret; stat -c %a in/suid; stat -c %s in/big
