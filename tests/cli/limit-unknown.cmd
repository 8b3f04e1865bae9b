cloche run hello.js --limit tool_cals=3
