echo '{"a": [1, null], "args": ["own"]}' > c.json; echo '{}' > d.json; echo ' { "n" : 12345678901234567890 , "s": "\u00e9\u0000" } ' > e.json
for f in c d; do cloche run -e context --context $f.json; cloche run -e context --context $f.json -- x; cloche run -e context --context $f.json --; done
cloche run -e '[context.n, context.s.length]' --context e.json
