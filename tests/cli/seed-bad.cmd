cloche run hello.js --seed -3; cloche run hello.js --seed 99999999999999999999; cloche run hello.js --seed 1x
