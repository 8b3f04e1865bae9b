echo 'for (;;) await tools.t()' > x.js; cloche run x.js --tool t=true --limit tool_calls=3
