cloche run hello.js > /dev/full
