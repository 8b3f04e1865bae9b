cloche run loop.js --timeout 60ms --profile plugin 2> err; echo $?; head -1 err | sed 's/ at .*//'
