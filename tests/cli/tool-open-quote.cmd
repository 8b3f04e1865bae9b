cloche run call.js --tool "t=a 'b"; cloche run call.js --tool 't=a "b'; cloche run call.js --tool 't=a\'
