# Runs a command on a terminal of its own and prints what the terminal got, escapes made visible.
import os, pty, sys
pid, fd = pty.fork()
if pid == 0:
    os.execvp(sys.argv[1], sys.argv[1:])
out = b""
while True:
    try:
        piece = os.read(fd, 65536)
    except OSError:
        break
    if not piece:
        break
    out += piece
os.waitpid(pid, 0)
for line in out.decode().splitlines():
    print(ascii(line)[1:-1])
