echo '"a\"b"' | cloche run -
