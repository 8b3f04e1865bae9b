cloche run call.js --tool t=false
