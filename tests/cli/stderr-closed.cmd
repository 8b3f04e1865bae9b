echo "console.error(1); 2" > x.js; cloche run x.js 2>&-
