cloche run hello.js --json > /dev/full
