for i in 1 2; do cloche run -e 'Math.random()' --record $i.rec >$i.out; cloche run --replay $i.rec | cmp - $i.out && echo same; done; cmp -s 1.out 2.out || echo another
