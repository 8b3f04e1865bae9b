echo 'undefined' | cloche run -; echo 'let x = 1' | cloche run -
