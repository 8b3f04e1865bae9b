cp hello.js ./-x.js; echo 'context.args' > ./-y.js; cloche run -- -x.js; cloche run -- -y.js a -b; cloche run --
