: > x.js; cloche run x.js
