cloche run hello.js --limit memory=much
