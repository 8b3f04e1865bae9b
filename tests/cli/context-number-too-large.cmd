echo '{"n": 1e400}' > c.json; cloche run hello.js --context c.json
