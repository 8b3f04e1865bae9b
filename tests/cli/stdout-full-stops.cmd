echo "console.log(1); for (;;) ;" > x.js; cloche run x.js > /dev/full
