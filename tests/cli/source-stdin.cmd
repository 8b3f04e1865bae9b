cloche run - < hello.js
