cloche run lines.js | { sleep 0.4; wc -lc; }
