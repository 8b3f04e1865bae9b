cloche run /dev/zero
