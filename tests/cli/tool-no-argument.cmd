echo 'tools.t()' | cloche run - --tool t='wc -c'
