echo 'let n: number = 1; n' > x; for l in ts typescript TS tsx mts; do cloche run x --lang $l; done
echo '<b/>' | cloche run - --lang jsx; cloche run -e 'enum A { B = 3 } A.B' --lang=ts; cp x x.js; cloche run x.js --lang ts
