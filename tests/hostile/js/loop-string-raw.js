// status: timeout
// code: wall_time_limit
// why: String.raw of a template whose length is the highest integer and whose pieces are empty
String.raw({ raw: new Proxy([], { get: (t, k) => (k === 'length' ? 2 ** 53 - 1 : '') }) });
