cloche run hello.js loop.js
