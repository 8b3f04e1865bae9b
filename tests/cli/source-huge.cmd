head -c 3000000 /dev/zero | tr "\\0" ";" > x.js; cloche run x.js
