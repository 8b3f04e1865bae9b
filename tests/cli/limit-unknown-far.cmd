cloche run hello.js --limit zebra=3
