cp hello.js ./-x.js; cloche run -- -x.js
