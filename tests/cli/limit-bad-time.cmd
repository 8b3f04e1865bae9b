cloche run hello.js --timeout 1parsec
