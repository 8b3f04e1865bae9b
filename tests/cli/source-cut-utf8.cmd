printf 'let a; // \342\202' | cloche run -
