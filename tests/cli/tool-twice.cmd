cloche run call.js --tool t=cat --tool t=cat
