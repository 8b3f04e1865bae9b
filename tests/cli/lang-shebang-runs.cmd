printf '#!/usr/bin/env -S cloche run --lang ts\nconst n: number = 41;\nn + 1\n' > x; chmod +x x; ./x; printf '#!/usr/bin/env -S cloche run\ncontext.args\n' > y; chmod +x y; ./y -- a b
