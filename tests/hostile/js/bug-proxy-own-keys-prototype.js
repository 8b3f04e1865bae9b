// status: ok
// value: 100
// why: bellard/quickjs issue 53: for-in over an object whose prototype becomes a proxy that puts itself there again
const a = { first: 1 };
let depth = 0, n = 0;
const again = () => { if (depth++ < 50) Object.setPrototypeOf(a, new Proxy({}, { ownKeys: again, getOwnPropertyDescriptor: again })); return []; };
for (let i = 0; i < 100; i++) { depth = 0; try { for (const k in a) { again(); n++; } } catch (e) { n = e.name; break; } }
n;
