printf 'const a = 1;\r\nnull.x;\r\na\r\n' > x.js; cloche run x.js
