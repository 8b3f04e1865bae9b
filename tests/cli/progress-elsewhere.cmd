echo 'progress(0.5); await new Promise(r => setTimeout(r, 30)); 1' > x.js; cloche run x.js; TERM=dumb python3 terminal.py cloche run x.js; env -u TERM python3 terminal.py cloche run x.js
