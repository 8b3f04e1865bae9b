cloche run call.js --tool t=./no-such-program; cloche run call.js --tool t=./hello.js
