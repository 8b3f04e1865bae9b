cloche run hello.js -e 1
