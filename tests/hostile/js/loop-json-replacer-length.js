// status: timeout
// code: wall_time_limit
// why: a replacer array whose length is the highest integer
JSON.stringify({}, new Proxy([], { get: (t, k) => (k === 'length' ? 2 ** 53 - 1 : undefined) }));
