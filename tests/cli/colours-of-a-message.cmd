TERM=xterm python3 terminal.py cloche run -e 'throw new Error("\x1b[31mred")' | head -1
