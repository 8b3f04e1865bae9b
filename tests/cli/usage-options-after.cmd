cloche run --seed 1 hello.js --timeout=5s
