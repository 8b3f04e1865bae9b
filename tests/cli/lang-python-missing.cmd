cloche run --lang py -e 1 > /dev/null 2>&1 && exit 77 # the engine is in this build
echo 'print(1)' > x.py; cloche run x.py; echo $?; cloche run - --lang python < x.py; echo $?
printf '#!/usr/bin/env python3\nprint(1)\n' > x; cloche run x; echo $?; cloche run hello.js --module m=x.py
