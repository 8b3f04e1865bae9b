cloche run call.js --tool t='echo 12345' --limit result=6; cloche run call.js --tool t='echo 12345' --limit result=5
