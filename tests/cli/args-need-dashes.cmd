cloche run hello.js a
