{ echo "for (let i = 0; i < 9000; i++) console.error(\"some more text\", i); 2" > x.js; cloche run x.js 2>&1 >&3; } 3>&1 | :; :
