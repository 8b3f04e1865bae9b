echo '({a: [1, "x"], b: null})' | cloche run -
