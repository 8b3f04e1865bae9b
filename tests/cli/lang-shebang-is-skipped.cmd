printf '#!/usr/bin/env node\n1 + 1\n' > a.js; cloche run a.js; printf '#!/usr/bin/env -S cloche run\nreturn 2\n' | cloche run -
printf '#!/usr/bin/env node\r\nlet n: number = 3; n\r\n' > a.ts; cloche run a.ts; printf '\357\273\277#!/usr/bin/env deno\nlet n: number = 4; n\n' > a; cloche run a
printf '#!/usr/bin/env node\nlet n: number = 3;\nnull.x' > a.ts; cloche run a.ts
