echo 'export const = 1' > m.js; cloche run -e 'import m from "m"' --module m=m.js 2>&1 | head -1 | cut -d' ' -f1,2; cloche run -e 'import m from "m"' --module m=m.js 2>/dev/null; echo $?
