cloche run -e 'let n: number = 1' 2>&1 >/dev/null | head -1 | cut -d: -f1,2; cloche run -e 'let n: number = 1' --lang js >/dev/null 2>&1; echo $?
