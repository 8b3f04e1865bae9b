cloche run --lang py -e 1 > /dev/null 2>&1 || exit 77 # the engine is not in this build
echo 'print(1)' > x.py; cloche run x.py; echo $?; cloche run - --lang python < x.py; echo $?
printf '#!/usr/bin/env python3\nprint("first line")\n' > x; cloche run x; echo $?
cloche run hello.js --module m=x.py; echo $?
cloche run --lang py -e 'import sys; print("out"); print("err", file=sys.stderr); sys.exit(7)'; echo $?
cloche run --lang py -e '{"a": [1, None], "n": 2 ** 70}'; echo $?
cloche run --lang sql -e 'select 1 as a, 2 as b'; echo $?
