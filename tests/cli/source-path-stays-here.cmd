mkdir -p secret/place; echo "new Error().stack.includes(\"place\")" > secret/place/x.js; cloche run secret/place/x.js
