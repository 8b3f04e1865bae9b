printf '\377\376a\0' > x.js; cloche run x.js
