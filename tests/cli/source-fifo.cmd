mkfifo p; cat hello.js > p & cloche run p
