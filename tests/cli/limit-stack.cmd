echo 'function f() { return f() + 1 } f()' | cloche run - 2> err; echo $?; head -1 err | sed 's/ at .*//'
