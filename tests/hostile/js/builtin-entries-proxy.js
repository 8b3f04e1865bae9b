// status: timeout
// code: wall_time_limit
// why: Object.entries of a proxy whose every property answers, over and over
const p = new Proxy({}, { ownKeys: () => ['a'], getOwnPropertyDescriptor: () => ({ value: 1, enumerable: true, configurable: true }) });
for (;;) Object.entries(p).flat();
