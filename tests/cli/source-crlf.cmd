printf 'const a = 1;\r\nconst b = `x\r\ny`;\r\nb.length\r\n' > x.js; cloche run x.js
