printf 'const a: number = 1;\nlet b: = 2;\n' > x.ts; cloche run x.ts 2>&1 | cut -c1-60; cloche run x.ts 2>/dev/null; echo $?
