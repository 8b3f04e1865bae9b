echo 'import "nope"' > x.js; cloche run x.js --module m=hello.js 2>&1 | head -1; cloche run x.js --module m=hello.js 2>/dev/null; echo $?
