cloche run hello.js --memory 2MiB 2>&1 | sed 's/[0-9]\{6,\}/N/'
