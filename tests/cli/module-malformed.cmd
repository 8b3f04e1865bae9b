cloche run hello.js --module m; cloche run hello.js --module =x.js; cloche run hello.js --module m=; cloche run hello.js --module m=nope.js; cloche run hello.js --module m=.
