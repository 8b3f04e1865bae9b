cloche run hello.js --timeout 999h; cloche run hello.js --memory 64GiB; cloche run hello.js --limit tool_calls=2000000
