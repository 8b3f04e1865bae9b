cloche run hello.js -t
