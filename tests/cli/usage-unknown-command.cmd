cloche rnu hello.js
