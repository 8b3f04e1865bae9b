printf 'type A = { a: number };\nconst f = (a: A): number => {\n  throw new RangeError("no " + a.a);\n};\nf({ a: 1 });\n' > x.ts; cloche run x.ts
