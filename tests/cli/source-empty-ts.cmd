: > x.ts; cloche run x.ts; printf '\357\273\277' > y.ts; cloche run y.ts; printf '#!/usr/bin/env deno' > z; cloche run z
