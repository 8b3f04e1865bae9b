cloche run nope.js
