cloche run hello.js/x.js
