printf 'const a = 1;\na +* 2;\n' > x.js; cloche run x.js
