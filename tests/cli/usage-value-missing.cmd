cloche run hello.js --timeout
