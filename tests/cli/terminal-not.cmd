printf '%s' 'console.log("\x1b]0;t\x07")' > x.js; cloche run x.js | od -An -c
