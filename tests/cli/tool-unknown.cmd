echo 'tools.nope()' | cloche run - --tool t=cat
