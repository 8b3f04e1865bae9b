cat > x.js <<'E'
display("\x1b]0;t\x07a\x1b[31mb"); display([{a: "\x1b[2Jx\x9b"}]); display({"\x9b": 1}); display("\x07", "text/markdown")
E
python3 terminal.py cloche run x.js
