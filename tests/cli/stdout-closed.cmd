cloche run hello.js >&-
