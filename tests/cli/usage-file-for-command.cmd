cloche hello.js
