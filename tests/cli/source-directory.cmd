cloche run .
