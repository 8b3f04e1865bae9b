cloche run call.js --tool t='echo hello'
