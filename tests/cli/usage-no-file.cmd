cloche run
