cloche run hello.js --module m=hello.js --module m=loop.js
