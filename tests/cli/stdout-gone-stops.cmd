echo "for (;;) { console.log(1); await new Promise(r => setTimeout(r, 20)); }" > x.js; { cloche run x.js; echo "exit $?" >&2; } | head -1
