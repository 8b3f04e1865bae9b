// 0, nothing and nonsense are all 1 ms, so the order is that of their making
const delays = [1, 0, undefined, null, NaN, -1, -Infinity, 'x', {}, 0.5, 1.9, '1', true, [], false, Infinity, 2147483648, 1e300];
let out = '';
for (const [i, delay] of delays.entries()) setTimeout(() => { out += i + ' '; }, delay);
setTimeout(() => console.log(out), 40);
void 0;
