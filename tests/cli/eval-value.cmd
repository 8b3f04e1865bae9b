cloche run -e '1 + 2'; cloche run --eval='"a"'; cloche run '-e[1]'; cloche run -e ''
