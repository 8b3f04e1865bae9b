echo 'for (const k of ["log", "info", "warn", "error", "debug"]) console[k](k)' > x.js; cloche run x.js
