cloche run -e 'const a = 1;
null.x'
