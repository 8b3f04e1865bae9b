cloche run -x; cloche run -ee; cloche run hello.js -h | head -1; cloche run hello.js --
