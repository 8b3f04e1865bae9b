printf 'console.log("\\x1b[32mgreen\\x1b[0m");\nthrow new Error("no")' > x.js
TERM=xterm python3 terminal.py cloche run x.js; echo; NO_COLOR=1 TERM=xterm python3 terminal.py cloche run x.js; echo; TERM=dumb python3 terminal.py cloche run x.js; echo
NO_COLOR= TERM=xterm python3 terminal.py cloche run x.js | head -1; TERM=xterm cloche run x.js 2>&1 | od -An -c | grep -c 033
