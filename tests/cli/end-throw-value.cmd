echo 'throw { a: 1 }' | cloche run -
