echo 'for (let i = 0; i < 5; i++) { console.log(i); console.warn(i) }' | cloche run - 2>&1
