echo 'context' > x.js; cloche run x.js; cloche run x.js --; cloche run x.js -- a '' --json 'é "' -e; cloche run -e 'context.args' -- 1; echo 'context.args' | cloche run - --seed 1 -- 2
