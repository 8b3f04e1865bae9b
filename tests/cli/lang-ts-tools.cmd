printf '#!/bin/sh\npython3 -c "import json, sys; n = json.load(sys.stdin)[\\"n\\"]; print(n * n)"\n' > sq.sh; chmod +x sq.sh
echo 'const r = await Promise.all([1,2,3].map(n => tools.sq({n}))); return r' | cloche run --lang ts --tool sq=./sq.sh -
