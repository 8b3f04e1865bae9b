cloche run nope.js --events; cloche run hello.js --events=1
