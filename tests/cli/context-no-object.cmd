for t in '[1]' '"a"' 7 null true; do printf '\n %s' "$t" > c.json; cloche run hello.js --context c.json; done
