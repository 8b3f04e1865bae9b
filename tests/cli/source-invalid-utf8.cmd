printf 'let a;\n// \303\251\377\n' > x.js; cloche run x.js
