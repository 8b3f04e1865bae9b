cloche run hello.js --cpu soon; cloche run hello.js --stack 1GiB; cloche run hello.js --timers -1; cloche run hello.js --tool-calls 99999999999999999999; cloche run hello.js --memory ''
