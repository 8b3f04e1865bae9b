cloche run nope.js --json
