cloche run -e
