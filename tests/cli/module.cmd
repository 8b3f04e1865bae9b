echo 'export const one = 1; export default n => n * 2' > m.js; echo 'import { one } from "m"; export const two: number = one + 1' > t.ts
echo 'import twice, { one } from "m"; import { two } from "./lib/t"; [twice(4), one, two, (await import("m")).one]' > x.mjs
cloche run x.mjs --module m=m.js --module ./lib/t=t.ts
