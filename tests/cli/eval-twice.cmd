cloche run -e 1 -e 2
