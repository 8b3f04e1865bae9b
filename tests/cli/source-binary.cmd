printf 'abc\n\0def' > x.js; cloche run x.js
