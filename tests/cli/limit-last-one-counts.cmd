cloche run loop.js --limit wall=30s --timeout 50ms 2> err; echo $?; head -1 err | sed 's/ at .*//'
