echo "null.x" | cloche run -
