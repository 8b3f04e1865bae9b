cat > x.js <<'E'
await tools.t()
E
cloche run x.js --tool 't=python3 words.py a "b c" '\''d "e"'\'' f\ g "" x"y"z '\'''\'' "\$H\n\\" $HOME *.js "|" a=b'
cloche run x.js --tool t='python3	words.py
a  b\
c \
'
