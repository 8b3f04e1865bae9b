cloche run hello.js --events > /dev/full; echo $?; echo 'for (;;) console.log(1)' > x.js; cloche run x.js --events > /dev/full; echo $?; cloche run x.js --events >&-
