printf '{"a": "%0200d"}' 0 > c.json; cloche run hello.js --context c.json --result 100
