echo '{"a": [1]}' > c.json; cloche run -e '"use strict"; try { context.a.push(2) } catch (e) { e.name }' --context c.json
