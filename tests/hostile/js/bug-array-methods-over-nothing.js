// status: timeout
// code: wall_time_limit
// polls: no
// why: quickjs-ng issue 1672: one after the other, each would take minutes
const hollow = { length: 2 ** 32 - 1 };
for (const name of ['copyWithin', 'includes', 'indexOf', 'lastIndexOf', 'join', 'reverse', 'sort', 'every', 'reduceRight', 'findLast'])
  Array.prototype[name].call(name === 'copyWithin' ? { length: 2 ** 53 - 1 } : hollow, name === 'copyWithin' ? 1 : () => true, 0);
