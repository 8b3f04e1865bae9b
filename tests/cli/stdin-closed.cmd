cloche run - <&-; cloche run hello.js <&-; cloche run hello.js --context - <&-
