cloche run call.js --tool t='echo [1,2,3,4,5,6]' --limit result=14; cloche run call.js --tool t='echo [1,2,3,4,5,6]' --limit result=13
