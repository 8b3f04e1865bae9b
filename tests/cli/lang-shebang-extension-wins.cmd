printf '#!/usr/bin/env deno\nlet n: number = 1\n' > x.js; cloche run x.js >/dev/null 2>&1; echo $?; printf '#!/usr/bin/env node\nlet n: number = 1; n\n' > x.ts; cloche run x.ts
