mkdir -p a/b; echo "null.x" > a/b/x.js; cloche run a/b/x.js
