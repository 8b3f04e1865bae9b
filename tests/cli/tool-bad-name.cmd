cloche run call.js --tool then=cat
