printf 'Error.stackTraceLimit = 60;\nconst a = n => { if (n) a(n - 1); else null.x };\na(40)' > x.js; cloche run x.js 2>&1 | grep -c '    at'; cloche run x.js 2>&1 | tail -1
