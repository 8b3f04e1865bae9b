printf '%s' 'console.log("\x1b[31mred\x1b[0m \x1b]0;title\x07 \x9b2J \ttab\r"); console.log("two\nlines"); "\x7f"' > x.js; TERM=xterm python3 terminal.py cloche run x.js
