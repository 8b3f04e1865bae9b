cloche help > /dev/full
