printf 'const f = x => {\n  throw new TypeError("bad " + x);\n};\nf(1);\n' > x.js; cloche run x.js
