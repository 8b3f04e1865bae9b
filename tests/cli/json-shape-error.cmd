printf 'console.warn(1);\nnull.x' > x.js; cloche run x.js --json | python3 shape.py
