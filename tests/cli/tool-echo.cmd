cloche run call.js --tool t=cat
