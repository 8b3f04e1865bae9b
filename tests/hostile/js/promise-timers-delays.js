// status: ok
// timeout: 20s
// value: 7
// why: delays that are negative, not a number, not finite, huge or objects count as the shortest
let n = 0;
for (const d of [-1, NaN, Infinity, 2 ** 31, -Infinity, undefined, 'soon']) setTimeout(() => { n++; }, d);
await new Promise((r) => setTimeout(r, 50));
n;
