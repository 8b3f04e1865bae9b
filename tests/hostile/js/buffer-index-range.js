// status: ok
// timeout: 20s
// value: [null,null,null,null,0]
// why: reads and writes of indices around and beyond the end
const t = new Uint8Array(16);
for (const i of [16, -1, 2 ** 31, 2 ** 32, 2 ** 32 + 1, 2 ** 53, 1.5, '-0', NaN]) t[i] = 255;
[t[16] ?? null, t[-1] ?? null, t[2 ** 32] ?? null, t['-0'] ?? null, t.reduce((x, y) => x + y)];
