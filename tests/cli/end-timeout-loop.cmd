cloche run loop.js --timeout 80ms 2> err; echo $?; head -1 err | sed 's/ at .*//'
