printf 'const a: number = 1;\r\nconst b = `x\r\ny`;\r\n[a, b.length]\r\n' > x.ts; cloche run x.ts; printf 'const a: number = 1;\r\nnull.x;\r\n' > x.ts; cloche run x.ts
