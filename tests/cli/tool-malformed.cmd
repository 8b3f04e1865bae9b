cloche run call.js --tool t; cloche run call.js --tool =x; cloche run call.js --tool t=; cloche run call.js --tool "t=  "
