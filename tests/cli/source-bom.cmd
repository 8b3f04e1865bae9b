printf '\357\273\277null.x' > x.js; cloche run x.js
