# Runs a command on a terminal, types Ctrl-C as soon as the file `up` is there, and prints what the terminal got and
# the exit code.
import os, pty, sys, termios, time
pid, fd = pty.fork()
if pid == 0:
    mode = termios.tcgetattr(0)
    mode[3] &= ~termios.ECHO
    termios.tcsetattr(0, termios.TCSANOW, mode)
    os.execvp(sys.argv[1], sys.argv[1:])
while not os.path.exists("up"):
    time.sleep(0.02)
os.write(fd, b"\x03")
out = b""
while True:
    try:
        piece = os.read(fd, 65536)
    except OSError:
        break
    if not piece:
        break
    out += piece
status = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
for line in out.decode().splitlines():
    if line.startswith("error:"):
        line = line.split(" at ")[0]
    elif line.startswith((" ", ">")):
        continue  # the frame of wherever it was
    print(ascii(line)[1:-1])
print("exit", status)
