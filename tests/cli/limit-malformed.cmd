cloche run hello.js --limit memory
