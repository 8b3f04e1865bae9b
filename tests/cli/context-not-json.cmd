printf '{\n  "a": 1,\n  b\n}' > c.json; cloche run hello.js --context c.json; : > c.json; cloche run hello.js --context c.json
printf '{} {}' > c.json; cloche run hello.js --context c.json
