cloche run loop.js --limit cpu=50ms 2> err; echo $?; head -1 err | sed 's/ at .*//'
