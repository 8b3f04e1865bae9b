cloche run hello.js --json=yes
