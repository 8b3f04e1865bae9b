cloche run hello.js --limit source=20
