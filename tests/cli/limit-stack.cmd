echo 'function f() { return f() + 1 } f()' | cloche run -
