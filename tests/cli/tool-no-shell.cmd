cloche run call.js --tool "t=cat | cat"; cloche run call.js --tool "t=true && true"
