cloche run -e '12345678' --source 5
