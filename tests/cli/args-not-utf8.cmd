cloche run hello.js -- a "$(printf 'b\377')"
